"""What a language is: its names, and the rules that no phrase can say by itself."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter

#: Forms of a word by number, after the blank that counts or before it: ``{n} [person|people]``.
_FORMS = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")
_NUMBER = re.compile(r"\d[\d.,]*")
#: Below a thousand won, tens count.
_WON_STEP, _WON_STEP_SMALL = 1_000, 10


def one_or_many(count: str) -> int:
    """Return which of two forms fits what was counted, as it is written: the first for exactly one."""
    number = _NUMBER.search(count)
    return 0 if number and number[0] == "1" else 1


def same_for_all(count: str) -> int:  # noqa: ARG001 - as every rule
    """Return the only form of a language that does not bend words by number."""
    return 0


def round_won(won: float) -> float:
    """Round an amount in won to what is worth reading."""
    step = _WON_STEP if abs(won) >= _WON_STEP else _WON_STEP_SMALL
    return math.floor(won / step + 0.5) * step


def write_won(won: float) -> str:
    """Write an amount in won with its sign: ``₩32,000``."""
    return f"₩{round_won(won):,.0f}"


def leave(literal: str, before: str) -> str:  # noqa: ARG001 - as every rule
    """Return what a phrase says after a blank as it stands."""
    return literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language that the app speaks; its phrases are in ``assets/text/<key>.toml``.

    Attributes:
        key: Its code in links, in the document and in the names of files, such as ``"ko"``; never changes.
        name: What its speakers call it, on the switch.
        locales: Primary codes of the browser's locales that it serves: ``("ko",)`` serves ko and ko-KR.
        thousands: What stands between groups of three digits.
        decimal: What stands before the decimals.
        plural: Which form of a word fits a number as it is written, counted from 0.
        write_won: Writes an amount in won.
        agree: Lets what a phrase says after a blank agree with what was filled in, which is its second argument.
    """

    key: str
    name: str
    locales: tuple[str, ...]
    thousands: str = ","
    decimal: str = "."
    plural: Callable[[str], int] = one_or_many
    write_won: Callable[[float], str] = write_won
    agree: Callable[[str, str], str] = leave

    def write(self, number: str) -> str:
        """Return a number written by Python, as in 1,234.5, with this language's separators."""
        return number.translate({ord(","): self.thousands, ord("."): self.decimal})

    def choose_form(self, forms: str, count: str) -> str:
        """Return the one of ``forms``, which bars divide, that fits ``count``."""
        each = forms.split("|")
        return each[min(self.plural(count), len(each) - 1)]

    def fill(self, phrase: str, blanks: Mapping[str, object]) -> str:
        """Fill in the ``{blanks}`` of ``phrase``; forms of words and particles follow what was filled in.

        Raises:
            KeyError: If a blank is missing.
        """
        if "{" not in phrase:
            return phrase
        said: list[str] = []
        before = None
        for literal, blank in _parse(phrase):
            filled = "" if blank is None else f"{blanks[blank]}"
            counted = filled if before is None else before
            if "[" in literal:
                literal = self._choose_forms(literal, counted)  # noqa: PLW2901 - as it is said
            said += [literal if before is None else self.agree(literal, before), filled]
            before = filled
        return "".join(said)

    def _choose_forms(self, literal: str, count: str) -> str:
        return _FORMS.sub(lambda forms: self.choose_form(forms[1], count), literal)


@cache
def _parse(phrase: str) -> tuple[tuple[str, str | None], ...]:
    """Divide a phrase into pairs of what it says and the blank after it."""
    return tuple((literal, blank) for literal, blank, _, _ in Formatter().parse(phrase))
