"""The privacy receipt: what was promised and paid for one data set, as values that may be shown to anyone.

Nothing here is exact and nothing is a sentence: codes stand for what the reader's language says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.data.labels import choose_label
from core.data.table import Column
from core.privacy.accounting import BudgetCheck, compose
from core.privacy.ledger import Entry, Keeping, Ledger, LedgerMode
from core.privacy.mechanisms import ADJACENCY, PrivacyEvent

_FORMAT = 1
UNIT = "one_person_one_row"
#: Name of the parameter of an entry that keeps the columns and bounds the release was made within.
COLUMNS = "columns"


class SeedPolicy(StrEnum):
    """Where the noise comes from.

    OPERATING_SYSTEM: a cryptographic stream keyed by the operating system; the key is never kept. PUBLIC: a seed that
    anybody may know, for synthetic data only; the noise is known and protects nobody.
    """

    OPERATING_SYSTEM = "operating_system"
    PUBLIC = "public"


class NotCovered(StrEnum):
    """What the guarantee says nothing about."""

    INSIDER_VIEWS = "insider_views"
    THE_FILE_ITSELF = "the_file_itself"
    PUBLIC_BOUNDS = "public_bounds"
    OTHER_DATA_SETS = "other_data_sets"
    OTHER_SESSIONS = "other_sessions"
    OTHER_DEVICES = "other_devices"
    UNRECOGNISED_PEOPLE = "unrecognised_people"
    GROUP_FACTS = "group_facts"
    SEVERAL_ROWS_OF_ONE_PERSON = "several_rows_of_one_person"
    RUNNING_TIME = "running_time"
    REAL_NUMBER_SAMPLING = "real_number_sampling"
    KNOWN_NOISE = "known_noise"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One release on a receipt.

    Attributes:
        number: Place in the ledger.
        what: Kind of release.
        when: When it was charged, if known.
        epsilon: ε declared.
        composed: Sum of ε that its noise calls report; None if they have not reported.
        verdict: Whether the two agree.
        parameters: Public choices it was made with: numbers, truths and texts.
        columns: Columns with the public bounds it was made within; None if they were not kept.
        charges: What each of its noise calls spent, and by which mechanism.
    """

    number: int
    what: str
    when: datetime | None
    epsilon: float
    composed: float | None
    verdict: BudgetCheck
    parameters: Mapping[str, bool | int | float | str | None]
    columns: tuple[Column, ...] | None
    charges: tuple[PrivacyEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was promised and paid for one data set.

    Attributes:
        mode: Synthetic or people's data.
        cap: Largest sum of ε, or None.
        spent: Sum of all losses.
        remaining: What may still be spent; None without a cap.
        lines: The releases, oldest first; empty if nothing was released.
        columns: What is known about a person, with public bounds.
        seed_policy: Where the noise comes from.
        not_covered: What the guarantee says nothing about.
        keeping: How long the ledger is kept, and whose it is.
    """

    mode: LedgerMode
    cap: float | None
    spent: float
    remaining: float | None
    lines: tuple[ReceiptLine, ...]
    columns: tuple[Column, ...]
    seed_policy: SeedPolicy
    not_covered: tuple[NotCovered, ...]
    keeping: Keeping

    @property
    def delta(self) -> float:
        """Always 0."""
        return 0.0

    @classmethod
    def of(cls, ledger: Ledger, *, columns: Iterable[Column]) -> "Receipt":
        """Write the receipt of ``ledger`` as it stands.

        Keys of entries stay out: they may hold a fingerprint of the data, which is an exact function of it.

        Args:
            ledger: Ledger of the data set.
            columns: Columns of its table; only what is public about them is used.
        """
        entries = ledger.entries
        lines = tuple(_line(entry, ledger.check(entry)) for entry in entries)
        is_synthetic = ledger.mode is LedgerMode.SYNTHETIC
        return cls(
            mode=ledger.mode,
            cap=ledger.cap,
            spent=ledger.spent,
            remaining=None if is_synthetic else ledger.remaining,
            lines=lines,
            columns=tuple(columns),
            seed_policy=SeedPolicy.PUBLIC if is_synthetic else SeedPolicy.OPERATING_SYSTEM,
            not_covered=_not_covered(lines, ledger),
            keeping=ledger.keeping,
        )

    def to_dict(self) -> dict[str, object]:
        """Return the receipt as numbers, texts, lists and dictionaries, ready for JSON."""
        return {
            "format": _FORMAT,
            "mode": str(self.mode),
            "guarantee": {"epsilon": self.spent, "delta": self.delta, "adjacency": ADJACENCY, "unit": UNIT},
            "cap": self.cap,
            "keeping": str(self.keeping),
            "remaining": self.remaining,
            "releases": [_line_dict(line) for line in self.lines],
            "columns": [_column_dict(column) for column in self.columns],
            "seed_policy": str(self.seed_policy),
            "not_covered": [str(each) for each in self.not_covered],
        }


def _line(entry: Entry, checked: BudgetCheck) -> ReceiptLine:
    charges = entry.charges or ()
    return ReceiptLine(
        number=entry.number,
        what=entry.what,
        when=entry.when,
        epsilon=entry.epsilon,
        composed=None if entry.charges is None else compose(charges),
        verdict=checked,
        parameters={name: _plain(value) for name, value in entry.parameters.items() if name != COLUMNS},
        columns=_columns(entry.parameters.get(COLUMNS)),
        charges=charges,
    )


def _columns(kept: object) -> tuple[Column, ...] | None:
    if not isinstance(kept, tuple):
        return None
    return tuple(column for column in kept if isinstance(column, Column))


def _plain(value: object) -> bool | int | float | str | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, StrEnum):
        return str(value)
    return value if isinstance(value, int | float | str) else str(value)


def _not_covered(lines: tuple[ReceiptLine, ...], ledger: Ledger) -> tuple[NotCovered, ...]:
    is_synthetic = ledger.mode is LedgerMode.SYNTHETIC
    is_exact = all(charge.mechanism.is_exact for line in lines for charge in line.charges)
    sometimes = {
        NotCovered.OTHER_SESSIONS: ledger.keeping is Keeping.SESSION,
        NotCovered.OTHER_DEVICES: ledger.keeping is Keeping.DEVICE,
        NotCovered.UNRECOGNISED_PEOPLE: ledger.is_kept,
        NotCovered.REAL_NUMBER_SAMPLING: not is_exact,
        NotCovered.KNOWN_NOISE: is_synthetic,
    }
    return tuple(each for each in NotCovered if sometimes.get(each, True))


def _line_dict(line: ReceiptLine) -> dict[str, object]:
    return {
        "number": line.number,
        "what": line.what,
        "when": None if line.when is None else line.when.isoformat(),
        "epsilon": line.epsilon,
        "composed": line.composed,
        "verdict": str(line.verdict),
        "parameters": dict(line.parameters),
        "columns": None if line.columns is None else [_column_dict(column) for column in line.columns],
        "charges": [
            {"name": each.name, "epsilon": each.epsilon, "noise": str(each.mechanism)} for each in line.charges
        ],
    }


def _column_dict(column: Column) -> dict[str, object]:
    return {
        "key": column.key,
        # Readers of the first version look for these two.
        **{f"label_{language}": choose_label(column.labels, language) for language in ("ko", "en")},
        **{f"label_{language}": label for language, label in column.labels.items()},
        "unit": column.unit,
        "lower": column.lower,
        "upper": column.upper,
        "transform": str(column.transform),
    }
