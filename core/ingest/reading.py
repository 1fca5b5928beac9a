"""How a file was read: what the page shows before anything is done with it, and what the shell prints.

``read_upload(content, name=…, answers=…)`` makes an ``Upload``; it never raises for what is in the file. The fields are
plain values: a reading crosses to and from a child process, beside its ``RawSheet``. What is confirmed goes on as
``load(upload.sheet, upload.reading.mapping)``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from core.ingest.mapping import LongMapping, WideMapping
from core.ingest.sheet import RawSheet


class Verdict(StrEnum):
    """Whether a file can be used as it was read."""

    READ = "read"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What only the user knows.

    Attributes:
        key: Key of the answer in ``Answers``; the page asks there, the shell with ``--answer``.
        reason: Stable code, such as ``"ambiguous_decimal"``; its sentence is ``ask.{reason}`` in the phrases.
        proposed: The answer in force until another is given.
        choices: What may be answered; empty: anything of the key's kind.
        columns: Names of the columns that it is about.
    """

    key: str
    reason: str
    proposed: str
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnReading:
    """What becomes of one column of the file, or of one spelling in its column of categories.

    Attributes:
        name: Header; of a long file's categories, the spelling.
        used: Whether it is in the table.
        why: Stable code of the reason; its sentence is ``column.{why}`` in the phrases.
        is_category: Whether it is a spelling of the category column instead of a column of the file.
        group: Key of the column that it becomes; empty if none.
        unit: Unit in the file; empty if unknown.
        lower: Public lower bound in the file's unit, as everything below; None if it has none.
        upper: Public upper bound.
        nonprivate_sum: Sum over the people; None if it holds no figures.
        nonprivate_clipped_share: Part of the people outside the bounds.
        nonprivate_cells: Its first three filled cells, as they stand in the file.
    """

    name: str
    used: bool
    why: str
    is_category: bool = False
    group: str = ""
    unit: str = ""
    lower: float | None = None
    upper: float | None = None
    nonprivate_sum: float | None = None
    nonprivate_clipped_share: float | None = None
    nonprivate_cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One row that is in the file and not in the table.

    Attributes:
        line: Line in the file, from 1.
        reason: Stable code: a ``RejectionReason``.
        value: What stands there, shortened.
    """

    line: int
    reason: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadRow:
    """One of the first rows of a sheet, for a click on another header.

    Attributes:
        line: Line in the file, from 1.
        cells: As they stand there.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a file was read. Of ``verdict`` ask and refuse too, everything is told that could be read.

    Attributes:
        verdict: Whether it can be used as it stands.
        reason: Stable code; of ask that of the first question, empty where all was read.
        blanks: Figures that the sentence of ``reason`` needs.
        sheet: Name of the sheet; empty unless a workbook's.
        other_sheets: Names of the others.
        header_line: Line of the header, from 1; None if there is none.
        encoding: Text encoding; None unless text.
        separator: Character between cells; None unless text.
        decimal: Decimal mark, ``"."`` or ``","``.
        layout: ``"wide"`` or ``"long"``; None where nothing can be made of it.
        person: Header of the people; None: rows are people, or nobody was found.
        category: Header of the categories; None: none, or a wide file.
        amount: Header of the amounts, or two with ``×`` between them; None in a wide file.
        sign: ``"positive_is_spending"`` or ``"negative_is_spending"``; None in a wide file.
        months: Months that bounds of money are meant for: a public constant unless the user typed another.
        nonprivate_people: Number of people.
        columns: Every column of the file, used or not with the reason; of a long file, its categories too.
        nonprivate_left_out: The first rows that are left out, by line.
        nonprivate_left_out_total: Number of such rows.
        questions: What stands between the reading and its use; empty if ``verdict`` is read.
        head: The first rows of the sheet.
        mapping: What ``load`` takes; None where nothing can be made of it.
    """

    verdict: Verdict
    reason: str = ""
    blanks: Mapping[str, object] = field(default_factory=dict)
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    header_line: int | None = None
    encoding: str | None = None
    separator: str | None = None
    decimal: str = "."
    layout: str | None = None
    person: str | None = None
    category: str | None = None
    amount: str | None = None
    sign: str | None = None
    months: int = 12
    nonprivate_people: int | None = None
    columns: tuple[ColumnReading, ...] = ()
    nonprivate_left_out: tuple[LeftOut, ...] = ()
    nonprivate_left_out_total: int = 0
    questions: tuple[Question, ...] = ()
    head: tuple[HeadRow, ...] = ()
    mapping: WideMapping | LongMapping | None = None

    def to_dict(self) -> dict[str, object]:
        """Return what ``python -m core.ingest --json`` prints; its names are a contract."""
        plain = ("verdict", "reason", "sheet", "header_line", "encoding", "separator", "decimal", "layout")
        roles = ("person", "category", "amount", "sign", "months")
        return {
            **{name: _to_plain(getattr(self, name)) for name in (*plain, *roles)},
            "other_sheets": list(self.other_sheets),
            "n_people": self.nonprivate_people,
            "columns": [_describe_column(column) for column in self.columns],
            "left_out": [
                {"line": row.line, "reason": row.reason, "value": row.value} for row in self.nonprivate_left_out
            ],
            "n_left_out": self.nonprivate_left_out_total,
            "questions": [
                {
                    "key": question.key,
                    "reason": question.reason,
                    "proposed": question.proposed,
                    "choices": list(question.choices),
                    "columns": list(question.columns),
                }
                for question in self.questions
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A reading with the cells that it is of.

    Attributes:
        reading: How the file was read.
        sheet: The cells below the header; None where the file is none.
    """

    reading: Reading
    sheet: RawSheet | None = field(repr=False)


#: Names in the contract of the shell where they differ from the attributes.
_COLUMN_NAMES = MappingProxyType({"sum": "nonprivate_sum", "clipped_share": "nonprivate_clipped_share"})


def _describe_column(column: ColumnReading) -> dict[str, object]:
    names = ("name", "used", "why", "is_category", "group", "unit", "lower", "upper")
    return {name: getattr(column, name) for name in names} | {
        name: getattr(column, attribute) for name, attribute in _COLUMN_NAMES.items()
    }


def _to_plain(value: object) -> object:
    return str(value) if isinstance(value, StrEnum) else value
