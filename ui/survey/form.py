"""The survey, one question a screen: a tap answers, keeps the answer and goes on."""

import streamlit as st

from core.survey.limits import TEXT_MAX
from core.survey.questions import SURVEY, Kind, Question
from ui import frame
from ui.markup import show
from ui.survey import coin, draft, refusal, results
from ui.survey.participation import LAST, SCREENS, THANKS, TRY, Participation
from ui.text import known, phrase

#: Thanks is no screen to be done.
N_SCREENS = len(SCREENS) - 1


def screen(mine: Participation) -> None:
    """Draw the present screen with the ways back and on."""
    if mine.screen == THANKS:
        _thanks(mine)
        return
    # Two names in turn: each new screen lets the last tap pass before it takes taps itself.
    with st.container(key=f"screen_{'even' if mine.position % 2 == 0 else 'odd'}"):
        if mine.screen == TRY:
            _try_out(mine)
        else:
            _ask(mine, SURVEY.question(mine.screen))


def _head(mine: Participation, *, title: str, hint: str = "", part: str = "") -> None:
    show("asked", number=mine.position + 1, of=N_SCREENS, title=title, hint=hint, part=part)


def _ask(mine: Participation, question: Question) -> None:
    _head(mine, title=phrase(f"asked.{question.words}"), hint=_hint(question), part=_part(question))
    if question.kind is Kind.COIN:
        coin.ask(mine, question)
    elif question.takes_text:
        _form(mine, question)
        return
    else:
        _choices(mine, question)
    refusal.show(mine)
    _ways(mine)


def _hint(question: Question) -> str:
    """Return what stands below a question: one of its own where what is asked twice needs another the second time."""
    own = f"asked.{question.key}_hint"
    return phrase(own if known(own) else f"asked.{question.words}_hint")


def _part(question: Question) -> str:
    if question.key.endswith(("_before", "_after")):
        return phrase(f"survey.part_{question.key.rsplit('_', 1)[1]}")
    return ""


def _choices(mine: Participation, question: Question) -> None:
    with st.container(key="choices_of_one", gap="small"):
        for choice in question.choices:
            is_chosen = choice in mine.chosen(question.key)
            st.button(
                phrase(f"asked.{question.words}_{choice}"),
                key=f"{question.key}_{choice}",
                type="primary" if is_chosen else "secondary",
                icon=":material/check:" if is_chosen else None,
                on_click=mine.choose,
                args=(question, choice),
                width="stretch",
            )


def _form(mine: Participation, question: Question) -> None:
    """Draw a question that takes own words, too: nothing is sent before the button is tapped."""
    inside = f"{question.key}_form"
    with st.container(key=inside):
        with st.form(f"{question.key}_sheet", border=False, enter_to_submit=False):
            _sheet(mine, question)
        draft.keep(mine, question, inside=inside)


def _sheet(mine: Participation, question: Question) -> None:
    if question.kind is Kind.TOPICS:
        _topics(mine, question)
    else:
        _radio(mine, question)
    kept = mine.answers.get(question.key)
    st.text_area(
        phrase(f"asked.{question.words}_text"),
        value=kept.text if kept else "",
        max_chars=TEXT_MAX,
        height=110,
        key=f"{question.key}_text",
    )
    show("quiet", text=phrase("asked.text_hint"))
    refusal.show(mine, can_send=False)
    with st.container(horizontal=True, key="thumb_form"):
        st.form_submit_button(
            phrase("survey.back"), key="form_back", on_click=mine.move, args=(-1,), icon=":material/arrow_back:"
        )
        st.form_submit_button(
            phrase("survey.next"),
            key="form_next",
            type="primary",
            on_click=_send_form,
            args=(mine, question),
            width="stretch",
        )


def _topics(mine: Participation, question: Question) -> None:
    for choice in question.choices:
        st.checkbox(
            phrase(f"asked.{question.words}_{choice}"),
            value=choice in mine.chosen(question.key),
            key=f"{question.key}_{choice}",
        )


def _radio(mine: Participation, question: Question) -> None:
    chosen = mine.chosen(question.key)
    st.radio(
        phrase(f"asked.{question.words}"),
        question.choices,
        index=question.choices.index(chosen[0]) if chosen else None,
        format_func=lambda choice: phrase(f"asked.{question.words}_{choice}"),
        key=f"{question.key}_choice",
        label_visibility="collapsed",
        width="stretch",
    )


def _send_form(mine: Participation, question: Question) -> None:
    if question.kind is Kind.TOPICS:
        choices = [choice for choice in question.choices if st.session_state.get(f"{question.key}_{choice}")]
    else:
        choice = st.session_state.get(f"{question.key}_choice")
        choices = [] if choice is None else [choice]
    text = st.session_state.get(f"{question.key}_text") or ""
    mine.choose(question, *choices, text=text)


def _ways(mine: Participation) -> None:
    """Draw the ways back, on, and past the last question, at the thumb."""
    with st.container(horizontal=True, key="thumb"):
        if mine.position:
            st.button(phrase("survey.back"), key="back", on_click=mine.move, args=(-1,), icon=":material/arrow_back:")
        if mine.screen in mine.answers:
            st.button(phrase("survey.next"), key="next", on_click=mine.move, args=(+1,), width="stretch")
        elif mine.screen == LAST:
            st.button(
                phrase("survey.skip"),
                key="skip",
                on_click=mine.choose,
                args=(SURVEY.question(LAST),),
                width="stretch",
            )


def _try_out(mine: Participation) -> None:
    _head(mine, title=phrase("survey.try"), hint=phrase("survey.try_hint"))
    with st.container(key="try_ways", gap="small"):
        frame.draw_link("compare", label="survey.try_compare", icon=":material/compare:")
        frame.draw_link("recommend", label="survey.try_recommend", icon=":material/redeem:")
    with st.container(horizontal=True, key="thumb"):
        st.button(phrase("survey.back"), key="back", on_click=mine.move, args=(-1,), icon=":material/arrow_back:")
        st.button(phrase("survey.tried"), key="tried", type="primary", on_click=mine.move, args=(+1,), width="stretch")


def _thanks(mine: Participation) -> None:
    show("thanks")
    results.draw(mine)
    with st.container(horizontal=True, key="thumb"):
        st.button(phrase("survey.change"), key="back", on_click=mine.move, args=(-1,), icon=":material/arrow_back:")
