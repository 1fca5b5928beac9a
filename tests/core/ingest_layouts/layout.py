"""A layout as data, and the file that is written from it."""

import csv
import html
import io
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import openpyxl

from tests.core.ingest_layouts.expectation import Expected
from tests.core.ingest_layouts.recipes import Sketch

Row = Sequence[object]


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text file in a dialect."""

    separator: str = ","
    encoding: str = "utf-8"
    quoting: int = csv.QUOTE_MINIMAL
    newline: str = "\n"
    #: Lines before everything else, as they are.
    first: tuple[str, ...] = ()

    def write(self, rows):
        file = io.StringIO()
        writer = csv.writer(file, delimiter=self.separator, quoting=self.quoting, lineterminator=self.newline)
        for row in rows:
            # A row without cells is a line without anything.
            file.write(self.newline) if not row else writer.writerow(["" if cell is None else cell for cell in row])
        text = "".join(line + self.newline for line in self.first) + file.getvalue()
        # UTF-16 with its mark, in the order that the name says.
        mark = "\ufeff" if self.encoding in {"utf-16-le", "utf-16-be"} else ""
        return (mark + text).encode(self.encoding)


@dataclass(frozen=True, kw_only=True)
class Book:
    """A workbook: the sheet of the table, sheets before and after, what is merged and hidden."""

    sheet: str = "Sheet1"
    before: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    after: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    hidden: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    corner: tuple[int, int] = (1, 1)
    #: Names of sheets among which the rows are dealt out, each with the header; all of them are one table.
    parts: tuple[str, ...] = ()

    def write(self, rows):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, cells in (*self.before, *self._deal(rows), *self.after):
            sheet = book.create_sheet(title)
            _fill(sheet, cells, self.corner if title == self.sheet else (1, 1))
            sheet.sheet_state = "hidden" if title in self.hidden else "visible"
        for area in self.merged:
            book[self.sheet].merge_cells(area)
        book.active = len(self.before)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    def _deal(self, rows):
        if not self.parts:
            return ((self.sheet, rows),)
        header, rest = rows[0], rows[1:]
        return tuple((title, [header, *rest[place :: len(self.parts)]]) for place, title in enumerate(self.parts))


def _fill(sheet, rows, corner):
    for row, cells in enumerate(rows, start=corner[0]):
        for column, cell in enumerate(cells, start=corner[1]):
            if cell not in {"", None}:
                sheet.cell(row, column, cell)


@dataclass(frozen=True, kw_only=True)
class Html:
    """A table of HTML, as banks name ``.xls``."""

    encoding: str = "utf-8"

    def write(self, rows):
        lines = ("".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) for row in rows)
        body = "\n".join(f"<tr>{line}</tr>" for line in lines)
        head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={self.encoding}"></head>'
        return f"{head}<body><table border=1>{body}</table></body></html>".encode(self.encoding)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A file that people have.

    Attributes:
        file: Its name.
        kind: What is hard about it.
        columns: Header, recipe and, if cells are spelled otherwise than they are, the spelling.
        n: Rows of data.
        form: How it is written.
        above: Rows over the header; an empty one is a line without anything.
        over: A row of headings right above the header.
        under: Rows right under the header: units.
        below: Rows under the table.
        total: Place and word of a row of totals, every ``subtotals`` rows and at the end.
        again: Repeat the header every so many rows, as printed lists do.
        header: Whether there is a header at all.
        expect: What a right reading is, from the columns as invented.
    """

    file: str
    kind: str
    columns: tuple[tuple, ...]
    expect: Callable[[dict[str, list]], Expected]
    n: int = 60
    form: Text | Book | Html = field(default_factory=Text)
    above: tuple[Row, ...] = ()
    over: Row = ()
    under: tuple[Row, ...] = ()
    below: tuple[Row, ...] = ()
    total: tuple[int, str] | None = None
    subtotals: tuple[int, str] | None = None
    again: int | None = None
    header: bool = True

    def __str__(self):
        return self.file

    def build(self) -> tuple[bytes, Expected]:
        """Write the file; return it with what is expected of it."""
        sketch = Sketch(np.random.default_rng(zlib.crc32(self.file.encode())), self.n)
        cells: list[tuple[str, list]] = []
        for header, recipe, *_ in self.columns:
            sketch.columns[header] = recipe(sketch)
            cells.append((header, sketch.columns[header]))
        rows, header_line, left_out = self._lay_out(cells)
        expected = self.expect(sketch.columns)
        lines = (header_line, *((header_line - 1,) if self.over else ())) if self.header else ()
        every = tuple(header for header, *_ in self.columns) if self.header else ()
        return self.form.write(rows), replace(
            expected,
            header_lines=expected.header_lines or lines,
            left_out=(*expected.left_out, *left_out),
            every=expected.every or every,
        )

    def _lay_out(self, cells):
        spellings = [rest[0] if rest else None for _, _, *rest in self.columns]
        spelled = [
            [spell(cell) if spell else cell for cell in column]
            for spell, (_, column) in zip(spellings, cells, strict=True)
        ]
        names = [header for header, _ in cells]
        rows: list[Row] = [*self.above, *([self.over] if self.over else [])]
        rows += [names] if self.header else []
        first = len(rows) + len(getattr(self.form, "first", ())) + getattr(self.form, "corner", (1, 1))[0] - 1
        rows += self.under
        body, summed = [], []
        for place, row in enumerate(zip(*spelled, strict=True)):
            if self.again and place and place % self.again == 0:
                body.append(names)
            body.append(list(row))
            every, word = self.subtotals or (0, "")
            if every and (place + 1) % every == 0:
                summed.append(len(body))
                body.append(
                    self._add_up(
                        cells, spellings, slice(place + 1 - every, place + 1), (self.total or (0, ""))[0], word
                    )
                )
        if self.total:
            summed.append(len(body))
            body.append(self._add_up(cells, spellings, slice(None), *self.total))
        start = first + len(self.under) + 1
        return [*rows, *body, *self.below], first, tuple(start + place for place in summed)

    def _add_up(self, cells, spellings, rows, place, word):
        added = []
        for index, (spell, (_, column)) in enumerate(zip(spellings, cells, strict=True)):
            figures = [cell for cell in column[rows] if isinstance(cell, int | float)]
            total = round(sum(figures), 2) if len(figures) * 2 > len(column[rows]) else ""
            added.append(word if index == place else spell(total) if spell and total != "" else total)
        return added
