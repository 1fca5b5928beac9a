"""What the user says about a file, in words that the page and the shell share.

====================  ==========================================================================================
``sheet``             name of a sheet; ``*``: all sheets of one shape as one table
``header_line``       line of the header in the file, from 1
``encoding``          how the text is written, where that is in doubt: ``cp949``, ``shift_jis`` or ``cp1252``
``decimal``           ``.`` or ``,``
``layout``            ``wide`` (one row is one person) or ``long`` (one row is one transaction)
``person``            header of the people; empty: rows are people and numbered
``category``          header of the categories; empty: one total a person
``amount``            header of the amounts; two with `` × `` between them are multiplied
``sign``              ``positive_is_spending`` or ``negative_is_spending``
``months``            months that the amounts cover; proposed bounds of money grow with them
``repeats``           ``sum`` or ``first``: what becomes of a person's second row in a wide file
``totals``            ``leave_out`` or ``keep``: rows that are named total, 합계, Summe
``kinds``             ``spending`` or ``all``: rows that a column of types calls income or transfers
``categories``        ``public``, ``own`` or ``none``: into which columns spellings of categories go
``bounds``            ``accept``: clip as proposed although more than half of a column lies outside
``rows``              ``leave_out``: go on without the rows that cannot be read
``use:HEADER``        ``yes`` or ``no``
``bounds:HEADER``     ``LOWER..UPPER`` in the unit that the reading names
``group:SPELLING``    key of a public category; empty: its own column
====================  ==========================================================================================

A question of a reading has one of these as its key, and its proposed answer is in force until another is given; so
giving the proposed answer is how one agrees.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from core.limits import BOUND_LIMIT

#: Answers that stand alone, and those that each name a column or a spelling behind a colon.
KEYS = (
    "sheet",
    "header_line",
    "encoding",
    "decimal",
    "layout",
    "person",
    "category",
    "amount",
    "sign",
    "months",
    "repeats",
    "totals",
    "kinds",
    "categories",
    "bounds",
    "rows",
)
NAMED_KEYS = ("use", "bounds", "group")
CHOICES = MappingProxyType(
    {
        "encoding": ("cp949", "shift_jis", "cp1252"),
        "decimal": (".", ","),
        "layout": ("wide", "long"),
        "sign": ("positive_is_spending", "negative_is_spending"),
        "repeats": ("sum", "first"),
        "totals": ("leave_out", "keep"),
        "kinds": ("spending", "all"),
        "categories": ("public", "own", "none"),
        "bounds": ("accept",),
        "rows": ("leave_out",),
        "use": ("yes", "no"),
    }
)
MONTHS_MAX = 1_200
COUNT_DIGITS = 9
#: Between the two ends of bounds, and between two columns that are multiplied.
RANGE, TIMES = "..", " × "


class AnswerError(ValueError):
    """An answer that is none.

    Attributes:
        key: The answer's key.
        value: What was answered.
        wanted: What may be.
    """

    def __init__(self, key: str, value: str, wanted: str) -> None:
        super().__init__(f"{key} must be {wanted}, not {value!r}")
        self.key, self.value, self.wanted = key, value, wanted


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by key, checked; hashable by content through ``key`` and safe to send to another process.

    Attributes:
        given: The answers as text.
    """

    given: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, value in self.given.items():
            _check(key, value)

    @classmethod
    def from_pairs(cls, pairs: Iterable[str]) -> "Answers":
        """Read ``KEY=VALUE`` texts, as a shell gives them.

        Raises:
            AnswerError: If one has no ``=``, or is none of the answers above.
        """
        given: dict[str, str] = {}
        for pair in pairs:
            key, equals, value = pair.partition("=")
            if not equals:
                raise AnswerError(pair, "", "KEY=VALUE")
            given[key.strip()] = value.strip()
        return cls(given)

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """The answers in order, to cache readings by."""
        return tuple(sorted(self.given.items()))

    def get(self, key: str) -> str | None:
        """Return the answer under ``key``; None if it was not given."""
        return self.given.get(key)

    def number(self, key: str) -> int | None:
        """Return a whole number; None if it was not given."""
        value = self.given.get(key)
        return None if value is None else int(value)

    def uses(self, header: str) -> bool | None:
        """Return whether a column is wanted; None if that was not said."""
        value = self.given.get(f"use:{header}")
        return None if value is None else value == "yes"

    def bounds(self, header: str) -> tuple[float, float] | None:
        """Return the bounds given for a column, in the file's own unit; None if none were."""
        value = self.given.get(f"bounds:{header}")
        return None if value is None else _read_range(value)

    def with_answer(self, key: str, value: str) -> "Answers":
        """Return these answers and one more, or another in its place."""
        return Answers({**self.given, key: value})


def _check(key: str, value: str) -> None:
    kind, colon, name = key.partition(":")
    if (colon and (kind not in NAMED_KEYS or not name)) or (not colon and key not in KEYS):
        raise AnswerError(key, value, "an answer that is known")
    if colon and kind == "bounds":
        _check_range(key, value)
    elif kind in CHOICES and value not in CHOICES[kind]:
        raise AnswerError(key, value, " or ".join(CHOICES[kind]))
    elif key in {"header_line", "months"} and not _is_count(value):
        raise AnswerError(key, value, "a whole number from 1")
    elif key == "months" and int(value) > MONTHS_MAX:
        raise AnswerError(key, value, f"at most {MONTHS_MAX}")


def _is_count(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= COUNT_DIGITS and int(value) >= 1


def _check_range(key: str, value: str) -> None:
    try:
        lower, upper = _read_range(value)
    except ValueError:
        raise AnswerError(key, value, f"LOWER{RANGE}UPPER") from None
    if not -BOUND_LIMIT <= lower < upper <= BOUND_LIMIT:
        raise AnswerError(key, value, f"increasing and within ±{BOUND_LIMIT:g}")


def _read_range(value: str) -> tuple[float, float]:
    lower, _, upper = value.partition(RANGE)
    return float(lower), float(upper)
