"""“This is how it was read”: a line of chips, the button that confirms them, and what is left out in a sentence."""

from collections import Counter
from dataclasses import dataclass

import streamlit as st

from core.ingest import Layout
from core.ingest.reading import LeftOut, Reading, Verdict
from ui import figures
from ui.markup import show
from ui.text import known, phrase

#: Rows that are named when they are left out; the others are counted.
NAMED_MOST = 3
#: Other sheets that are named.
SHEETS_NAMED = 4
#: What is left out by a name that it bears.
TOTAL = "total_row"


@dataclass(frozen=True, slots=True)
class Pressed:
    """Which way the user goes on.

    Attributes:
        compare: Take the data and compare it.
        look: Take the data and look at it first.
    """

    compare: bool
    look: bool

    def __bool__(self) -> bool:
        return self.compare or self.look


def draw(reading: Reading) -> Pressed:
    """Draw the strip; a file that is refused or still has to be asked about has no button."""
    with st.container(key="reading"):
        show("reading_head", title=phrase(f"reading.title_{reading.verdict}"))
        pressed = _draw_buttons() if reading.verdict is Verdict.READ else Pressed(compare=False, look=False)
        if reading.header_line is not None or reading.layout is not None:
            show("reading_chips", chips=describe_chips(reading))
        for sentence in describe_left_out(reading):
            show("reading_left_out", text=sentence)
    return pressed


def _draw_buttons() -> Pressed:
    with st.container(key="confirm", horizontal=True, vertical_alignment="center"):
        compare = st.button(
            phrase("data.next"),
            key="compare_file",
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
        )
        look = st.button(phrase("upload.use"), key="use_file", type="tertiary")
    return Pressed(compare=compare, look=look)


def describe_chips(reading: Reading) -> list[dict[str, str]]:
    """Return what the strip says of a reading: name and value of each chip, in the order of reading."""
    used = sum(column.used for column in reading.columns if not column.is_category)
    n_columns = sum(not column.is_category for column in reading.columns)
    chips = [
        ("sheet", reading.sheet),
        ("header_line", phrase("reading.line", n=figures.number(reading.header_line)) if reading.header_line else ""),
        *_describe_roles(reading),
        ("decimal", phrase(f"reading.decimal_{name_mark(reading.decimal)}")),
        ("months", figures.number(reading.months)),
        ("people", "" if reading.nonprivate_people is None else figures.people(reading.nonprivate_people)),
        ("used", phrase("reading.used_n", n=figures.number(used), of=figures.number(n_columns)) if used else ""),
    ]
    return [{"name": phrase(f"reading.{name}"), "value": value, "key": name} for name, value in chips if value]


def _describe_roles(reading: Reading) -> list[tuple[str, str]]:
    if reading.layout is None:
        return [("amount", reading.amount or "")]
    people = [
        ("layout", phrase(f"upload.layout_{reading.layout}")),
        ("person", reading.person or phrase("mapping.numbered")),
    ]
    if reading.layout != Layout.LONG:
        return people
    return [
        *people,
        ("category", reading.category or phrase("reading.no_category")),
        ("amount", reading.amount or ""),
        ("sign", phrase(f"reading.sign_{reading.sign}") if reading.sign else ""),
    ]


def name_mark(mark: str) -> str:
    """Name a decimal mark as the phrases do."""
    return "comma" if mark == "," else "dot"


def describe_left_out(reading: Reading) -> list[str]:
    """Say in a sentence each which rows and which sheets are left out."""
    sentences = []
    if reading.nonprivate_left_out_total:
        sentences.append(
            phrase(
                "reading.left_out",
                n=figures.number(reading.nonprivate_left_out_total),
                rows=", ".join(_name_rows(reading)),
            )
        )
    if reading.other_sheets and reading.sheet != "*":
        names = ", ".join(reading.other_sheets[:SHEETS_NAMED])
        more = len(reading.other_sheets) - SHEETS_NAMED
        sentences.append(
            phrase("reading.other_sheets", names=names)
            if more <= 0
            else phrase("reading.other_sheets_more", names=names, n=figures.number(more))
        )
    return sentences


def _name_rows(reading: Reading) -> list[str]:
    """Return total rows by their name and line, and the others counted by reason."""
    totals = [row for row in reading.nonprivate_left_out if row.reason == TOTAL]
    named = [_name_total(row) for row in totals[:NAMED_MOST]]
    counts = Counter(row.reason for row in reading.nonprivate_left_out if row not in totals[:NAMED_MOST])
    rest = reading.nonprivate_left_out_total - len(reading.nonprivate_left_out)
    counted = [
        phrase("reading.counted", what=describe_reason(reason), n=figures.number(n)) for reason, n in counts.items()
    ]
    return named + counted + ([phrase("reading.more_rows", n=figures.number(rest))] if rest > 0 else [])


def _name_total(row: LeftOut) -> str:
    return phrase("reading.total_row", name=row.value, n=figures.number(row.line))


def describe_reason(reason: str) -> str:
    """Say why a row is left out."""
    return phrase(f"rejection.{reason}") if known(f"rejection.{reason}") else phrase("rejection.other")
