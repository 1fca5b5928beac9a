"""What only the user knows stands in the way as a question, the proposed answer first."""

import streamlit as st

from core.ingest.answers import CHOICES, RANGE
from core.ingest.reading import Question, Reading
from ui import figures
from ui.data import bounds_for_all, cells
from ui.data.pending import PendingFile
from ui.data.strip import name_mark
from ui.markup import show
from ui.text import known, phrase

#: So many choices are buttons; more are a list.
BUTTONS_MOST = 4
#: Columns that are named in a question; the others are counted.
NAMED_MOST = 4
#: Why a column is used whose name says nothing of its values.
UNKNOWN = "use_unknown"
#: Keys whose answer is one of the file's headers.
HEADERS = ("person", "category", "amount")


def draw(file: PendingFile, reading: Reading) -> None:
    """Draw the first question that is open: its answer may settle the others."""
    for number, question in enumerate(reading.questions[:1], start=1):
        with st.container(key=f"question_{number}"):
            show(
                "question",
                text=describe_question(question),
                left=phrase("ask.left", n=figures.number(len(reading.questions) - 1))
                if len(reading.questions) > 1
                else "",
                columns=[cells.describe(reading, name) for name in question.columns[:NAMED_MOST]],
            )
            _draw_answers(file, reading, question)


def describe_question(question: Question) -> str:
    """Ask in a sentence."""
    key = f"ask.{question.reason}"
    return phrase(key if known(key) else "ask.other", columns=name_columns(question.columns))


def name_columns(columns: tuple[str, ...]) -> str:
    """Name columns one after another, the first ones only."""
    named = ", ".join(columns[:NAMED_MOST])
    more = len(columns) - NAMED_MOST
    return named if more <= 0 else phrase("ask.and_more", columns=named, n=figures.number(more))


def _draw_answers(file: PendingFile, reading: Reading, question: Question) -> None:
    choices = order_choices(question, list_choices(reading, question))
    if 0 < len(choices) <= BUTTONS_MOST:
        with st.container(horizontal=True, key="answers"):
            for place, choice in enumerate(choices):
                st.button(
                    describe_choice(reading, question, choice),
                    key=f"answer_{file.number}_{place}",
                    type="secondary" if place else "primary",
                    on_click=file.answer,
                    args=(question.key, choice),
                )
            _draw_private(file, question)
        return
    with st.container(horizontal=True, key="answers", vertical_alignment="bottom"):
        answer = _draw_field(file, reading, question, choices)
        st.button(
            phrase("ask.answer"),
            key=f"answer_{file.number}",
            type="primary",
            disabled=answer is None,
            on_click=file.answer,
            args=(question.key, answer),
        )
        _draw_private(file, question)


def _draw_private(file: PendingFile, question: Question) -> None:
    """Offer to have bounds proposed from the people, where it is them that is asked about."""
    if question.key.partition(":")[0] != "bounds" or not question.proposed:
        return

    def agree() -> None:
        file.answer(question.key, question.proposed)
        bounds_for_all.wish(file.number)

    st.button(phrase("reply.bounds_private"), key=f"private_{file.number}", icon=":material/casino:", on_click=agree)


def list_choices(reading: Reading, question: Question) -> tuple[str, ...]:
    """Return what may be answered, as far as that can be listed."""
    kind = question.key.partition(":")[0]
    if question.choices or question.key == "bounds":
        return question.choices
    headers = tuple(column.name for column in reading.columns if not column.is_category)
    return headers if kind in HEADERS else CHOICES.get(kind, ()) if kind != "bounds" else ()


def order_choices(question: Question, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return what may be answered, the proposed answer first."""
    if question.proposed not in choices:
        return choices
    return (question.proposed, *(choice for choice in choices if choice != question.proposed))


def _draw_field(file: PendingFile, reading: Reading, question: Question, choices: tuple[str, ...]) -> str | None:
    key = f"field_{file.number}_{file.revision}"
    kind = question.key.partition(":")[0]
    if choices:
        return st.selectbox(
            phrase("ask.choice"),
            choices,
            index=choices.index(question.proposed) if question.proposed in choices else None,
            format_func=lambda choice: describe_choice(reading, question, choice),
            placeholder=phrase("mapping.none"),
            key=key,
            width=320,
        )
    if kind == "bounds" and question.key != kind:
        return _draw_range(question.proposed, key=key)
    return st.text_input(phrase("ask.choice"), question.proposed, key=key, width=320) or None


def _draw_range(proposed: str, *, key: str) -> str | None:
    lower, _, upper = proposed.partition(RANGE)
    ends = [
        st.number_input(phrase(f"mapping.{end}"), value=float(text) if text else None, key=f"{key}_{end}", width=160)
        for end, text in (("lower", lower), ("upper", upper))
    ]
    return None if None in ends else f"{ends[0]:g}{RANGE}{ends[1]:g}"


def offer_bounds(file: PendingFile, reading: Reading) -> None:
    """Say of which columns the name does not tell the bounds, and offer to have them proposed."""
    unknown = tuple(column.name for column in reading.columns if column.why == UNKNOWN)
    if not unknown:
        return
    with st.container(key="unknown_bounds"):
        show("quiet", text=phrase("reading.unknown_bounds", columns=name_columns(unknown)))
        st.button(
            phrase("reply.bounds_private"),
            key=f"private_{file.number}",
            icon=":material/casino:",
            on_click=bounds_for_all.wish,
            args=(file.number,),
        )


def describe_choice(reading: Reading, question: Question, choice: str) -> str:
    """Say an answer in words."""
    kind = question.key.partition(":")[0]
    if kind == "decimal":
        return phrase(
            f"reply.decimal_{name_mark(choice)}", example=cells.read_example(reading, question.columns, decimal=choice)
        )
    if kind == "sheet" and choice == "*":
        return phrase("reply.sheet_all")
    if not choice:
        return phrase(f"reply.{kind}_none" if known(f"reply.{kind}_none") else "mapping.none")
    key = f"reply.{kind}_{choice}"
    return phrase(key) if known(key) else choice
