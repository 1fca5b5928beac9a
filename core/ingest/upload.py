"""An upload from its bytes to a reading: which sheet, which header, and what they mean.

The same for the page and the shell. It works in the process that calls it; what comes from strangers is read in a
child process, which hands back the ``Upload``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from core.ingest.answers import AnswerError, Answers
from core.ingest.grid import Book, Grid
from core.ingest.interpret import interpret
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.read import open_book
from core.ingest.reading import ColumnReading, HeadRow, Question, Reading, Upload, Verdict
from core.ingest.sheet import RawSheet
from core.ingest.tables import FoundTable, find_tables, join_sheets
from core.ingest.words import Who, find_who

#: All sheets of one shape as one table.
ALL_SHEETS = "*"
#: Another sheet is asked about if it has this many rows and people, and as good a header but for this.
ROWS_LEAST, SCORE_LESS = 5, 3.0
#: Rows and columns shown for a click on another header.
HEAD_ROWS, HEAD_COLUMNS = 15, 40
#: Reasons that have a name of their own outside.
_REASONS = {LoadProblem.PROTECTED_EXCEL: "password"}


def read_upload(file: bytes | BinaryIO, *, name: str, answers: Answers | None = None) -> Upload:
    """Read an uploaded file as far as it can be, whatever is in it.

    Args:
        file: The bytes, or an open binary file, read from its beginning.
        name: Its name.
        answers: What the user said; all else is proposed.

    Returns:
        The reading, and the cells that it is of.

    Raises:
        AnswerError: If an answer names a sheet or a column that is not there.
    """
    answers = answers or Answers()
    try:
        book = open_book(file, name=name, encoding=answers.get("encoding"))
        # Of a large file there is room for its cells or its bytes, not for both and what is made of them.
        del file
        tables = _find_tables(book, answers)
        chosen, question = _choose_tables(tables, answers)
        questions = [each for each in (_ask_encoding(book), question) if each is not None]
        sheet, beside, noted = _read_tables(chosen, name), _look_beside(tables), chosen[0].noted_unit
        del book, tables, chosen
    except LoadError as problem:
        return Upload(reading=refuse(problem), sheet=None)
    return Upload(reading=_complete(interpret(sheet, answers, noted=noted), beside, questions, answers), sheet=sheet)


def refuse(problem: LoadError) -> Reading:
    """Return the reading of a file of which nothing can be read."""
    reason = _REASONS.get(problem.problem, str(problem.problem))
    return Reading(verdict=Verdict.REFUSE, reason=reason, blanks=dict(problem.blanks))


def _find_tables(book: Book, answers: Answers) -> list[FoundTable]:
    wanted = answers.get("sheet")
    if wanted not in (None, ALL_SHEETS) and wanted not in [grid.name for grid in book.grids]:
        raise AnswerError("sheet", str(wanted), "a sheet of the file")
    return find_tables(book, sheet=wanted, header_line=answers.number("header_line"))


def _choose_tables(tables: Sequence[FoundTable], answers: Answers) -> tuple[list[FoundTable], Question | None]:
    """Choose the sheets that are read, and what is asked about them."""
    first, wanted = tables[0], answers.get("sheet")
    if wanted not in (None, ALL_SHEETS):
        return [first], None
    alike = [table for table in tables if table.names == first.names]
    names = tuple(table.grid.name for table in tables)
    if len(alike) > 1:
        alike.sort(key=lambda table: first.book.grids.index(table.grid))
        question = Question(key="sheet", reason="sheets", proposed=ALL_SHEETS, choices=(ALL_SHEETS, *names))
        return alike, question
    if any(_is_rival(table, first) for table in tables[1:]):
        return [first], Question(key="sheet", reason="sheets", proposed=first.grid.name, choices=names)
    return [first], None


def _ask_encoding(book: Book) -> Question | None:
    if not book.encodings:
        return None
    return Question(key="encoding", reason="encoding", proposed=book.encodings[0], choices=book.encodings)


def _is_rival(table: FoundTable, first: FoundTable) -> bool:
    """Tell whether another sheet may as well be the one that is meant."""
    has_people = any(find_who(name) in (Who.PERSON, Who.NAME) for name in table.names)
    return has_people and table.n_rows >= ROWS_LEAST and table.score >= first.score - SCORE_LESS


def _read_tables(tables: Sequence[FoundTable], name: str) -> RawSheet:
    read = [table.read(name) for table in tables]
    return read[0] if len(read) == 1 else join_sheets(read)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """What a file holds beside the sheet that is read: names of its sheets, columns left unread, the first rows."""

    sheets: tuple[str, ...]
    unread: tuple[str, ...]
    head: tuple[HeadRow, ...]


def _look_beside(tables: Sequence[FoundTable]) -> _Beside:
    first = tables[0]
    sheets = tuple(table.grid.name for table in tables)
    return _Beside(sheets=sheets, unread=first.book.unread, head=_take_head(first.grid))


def _complete(reading: Reading, beside: _Beside, questions: list[Question], answers: Answers) -> Reading:
    """Add what is known of the file beside the sheet that was read."""
    nested = tuple(ColumnReading(name=name, used=False, why="nested") for name in beside.unread)
    read = (*(reading.sheet.split(", ") if reading.sheet else []), reading.sheet)
    reading = replace(
        reading,
        columns=(*reading.columns, *nested),
        other_sheets=tuple(name for name in beside.sheets if name not in read),
        head=beside.head,
    )
    open_ones = [question for question in questions if answers.get(question.key) is None]
    if not open_ones or reading.verdict is Verdict.REFUSE:
        return reading
    asked = (*open_ones, *reading.questions)
    return replace(reading, verdict=Verdict.ASK, reason=asked[0].reason, questions=asked)


def _take_head(grid: Grid) -> tuple[HeadRow, ...]:
    head = grid.head
    rows = zip(head.rows[:HEAD_ROWS], head.lines[:HEAD_ROWS], strict=True)
    return tuple(HeadRow(line=line, cells=tuple(row[:HEAD_COLUMNS])) for row, line in rows)
