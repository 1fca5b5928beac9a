"""Ways to change how a file was read: sheet, header, who is the person, what is the amount, and the marks in it."""

from collections.abc import Callable, Sequence

import streamlit as st

from core.ingest import Layout, LongMapping
from core.ingest.answers import CHOICES, MONTHS_MAX
from core.ingest.reading import Reading
from ui import figures
from ui.data import cells
from ui.data.pending import PendingFile
from ui.data.strip import name_mark
from ui.markup import show
from ui.text import known, phrase

#: Columns that are offered in lists.
OFFERED_MAX = 200
#: Cells of a row that tell which row it is.
CELLS_NAMED = 4
#: All sheets of one shape as one table, and what stands between their names.
ALL_SHEETS, JOINED = "*", ", "


def draw(file: PendingFile, reading: Reading) -> None:
    """Draw one field for each thing that was decided, with the cells that it was decided about."""
    with st.container(key="changes", horizontal=True):
        _draw_sheet(file, reading)
        _draw_header_line(file, reading)
        if not reading.columns:
            return
        _draw_list(file, "layout", [str(layout) for layout in Layout], reading.layout, _name("upload.layout"))
        headers = [column.name for column in reading.columns if not column.is_category][:OFFERED_MAX]
        none = "mapping.none" if reading.layout is None else "mapping.numbered"
        _draw_role(file, reading, "person", headers, none=none)
        if reading.layout != Layout.WIDE:
            _draw_role(file, reading, "category", headers, none="reading.no_category")
            _draw_role(file, reading, "amount", headers)
        if isinstance(reading.mapping, LongMapping) and reading.mapping.category is not None:
            present = "public" if reading.mapping.is_public else "own"
            _draw_list(file, "categories", CHOICES["categories"], present, _name("reply.categories"))
        if reading.sign is not None:
            _draw_list(file, "sign", CHOICES["sign"], reading.sign, _name("reading.sign"))
        _draw_list(
            file,
            "decimal",
            CHOICES["decimal"],
            reading.decimal,
            lambda mark: phrase(f"reading.decimal_{name_mark(mark)}"),
            note=cells.find_example(reading),
        )
        _draw_months(file, reading)


def _draw_sheet(file: PendingFile, reading: Reading) -> None:
    joined = reading.sheet.split(JOINED) if reading.sheet else []
    sheets = [*joined, *reading.other_sheets]
    if len(sheets) > 1:
        present = reading.sheet if len(joined) == 1 else ALL_SHEETS
        names = {ALL_SHEETS: phrase("reply.sheet_all")}
        _draw_list(file, "sheet", [*sheets, ALL_SHEETS], present, lambda name: names.get(name, name))


def _draw_header_line(file: PendingFile, reading: Reading) -> None:
    if len(reading.head) <= 1:
        return
    rows = {row.line: row.cells for row in reading.head}

    def name(line: str) -> str:
        filled = [cell for cell in rows.get(int(line), ()) if cell.strip()]
        told = cells.SEPARATOR.join(cells.shorten(cell) for cell in filled[:CELLS_NAMED])
        return phrase("reading.line_of", n=figures.number(int(line)), cells=told)

    present = str(reading.header_line) if reading.header_line in rows else None
    _draw_list(file, "header_line", [str(line) for line in rows], present, name)


def _draw_role(file: PendingFile, reading: Reading, role: str, headers: list[str], *, none: str | None = None) -> None:
    present = getattr(reading, role)
    offered = [*headers, *([present] if present and present not in headers else [])]
    _draw_list(
        file,
        role,
        offered if none is None else ["", *offered],
        present or "",
        lambda header: header or phrase(none or "mapping.none"),
        note=cells.describe(reading, present)["cells"],
    )


def _draw_months(file: PendingFile, reading: Reading) -> None:
    key = f"months_{file.number}"
    st.session_state[key] = reading.months
    with st.container(key="change_months", width=220):
        st.number_input(
            phrase("reading.months"),
            min_value=1,
            max_value=MONTHS_MAX,
            step=1,
            key=key,
            help=phrase("reading.months_why"),
            on_change=lambda: file.answer("months", str(st.session_state[key])),
        )


def _draw_list(
    file: PendingFile,
    answer: str,
    options: Sequence[str],
    present: str | None,
    name: Callable[[str], str],
    *,
    note: str = "",
) -> None:
    """Draw what may be answered under a key; it shows what is in force, whatever was chosen last."""
    key = f"{answer}_{file.number}"
    st.session_state[key] = present if present in options else None
    help_key = f"reading.{answer}_why"
    with st.container(key=f"change_{answer}", width=220):
        st.selectbox(
            phrase(f"reading.{answer}"),
            options,
            format_func=name,
            key=key,
            placeholder=phrase("mapping.none"),
            help=phrase(help_key) if known(help_key) else None,
            on_change=lambda: file.answer(answer, st.session_state[key]),
        )
        if note:
            show("cells", text=note)


def _name(words: str) -> Callable[[str], str]:
    return lambda choice: phrase(f"{words}_{choice}")
