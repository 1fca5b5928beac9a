"""Scene 6: the survey, and what the room answered, a page at a time."""

from collections.abc import Mapping

import streamlit as st

from core.survey.limits import SHOWN_FROM
from core.survey.problems import SurveyError
from core.survey.questions import HELPFUL, LACKING, LATE, SURVEY, UNDERSTANDING, USE, Question
from core.survey.rooms import Room
from core.survey.tally import Tally
from store.survey import SurveyStore
from ui import figures, frame
from ui.markup import show
from ui.present import stage_state
from ui.present.scenes import lobby
from ui.survey import results
from ui.text import phrase

#: A screen that is busy draws a second late: looking every two seconds is three behind.
REFRESH_SECONDS = 1.0
#: The pages of results in order, each with the questions that it answers; the last one has people's own words.
PAGES: dict[str, tuple[Question, ...]] = {
    "understanding": tuple(question for question in SURVEY.questions if question.words in UNDERSTANDING),
    "helpful": (HELPFUL,),
    "lacking": (LACKING, USE),
    "late": (LATE,),
    "voices": (),
}


def draw(store: SurveyStore, now: stage_state.Shown) -> None:
    """Draw how to answer while results are hidden, and the results once they are shown."""
    if now.room is None:
        show("stage_alone")
        return
    if now.room.is_revealed:
        _results(store, now)
        return
    with st.container(key="lobby", horizontal=True, vertical_alignment="center"):
        lobby.way_in(now)
        _answering(store, now)


def step(store: SurveyStore, now: stage_state.Shown, by: int) -> None:
    """Show the next page of results, or the one before."""
    stage_state.move(store, now, stage={**now.stage, "page": str((_number(now) + by) % len(PAGES))})


def _number(now: stage_state.Shown) -> int:
    told = now.stage.get("page", "0")
    return int(told) if told in {str(i) for i in range(len(PAGES))} else 0


@st.fragment(run_every=REFRESH_SECONDS)
def _answering(store: SurveyStore, now: stage_state.Shown) -> None:
    frame.begin_fragment()
    room = stage_state.glance(store, now)
    if room is not None:
        show("stage_answering", joined=figures.number(room.joined), finished=figures.number(room.finished))


@st.fragment(run_every=REFRESH_SECONDS)
def _results(store: SurveyStore, now: stage_state.Shown) -> None:
    """Draw one page of results, again when something has changed; too few answers leave room for the way in."""
    frame.begin_fragment()
    room = stage_state.glance(store, now)
    if room is None:
        return
    try:
        page = _page(store, room, _number(now))
    except SurveyError as error:
        st.warning(phrase(stage_state.problem_key(error.problem)), icon=":material/cloud_off:")
        return
    with st.container(key="voices", horizontal=True):
        show("stage_results", **page)
        if page["waits"]:
            lobby.way_in(now)


def _page(store: SurveyStore, room: Room, number: int) -> dict[str, object]:
    tallies, texts = store.tallies(room), store.approved_texts(room)
    name, questions = list(PAGES.items())[number]
    if questions:
        waiting = _waiting(questions, tallies)
    else:
        asked = [phrase("results.words")]
        waiting = {"waits": not texts, "asked": asked, "least": 0, "people": 0, "waiting": phrase("scene.voices_none")}
    return {"page": name, "number": number + 1, "of": len(PAGES), **waiting, **results.described(tallies, texts)}


def _waiting(questions: tuple[Question, ...], tallies: Mapping[str, Tally]) -> dict[str, object]:
    """Say what is asked and how many have answered; while they are too few, nothing else is shown."""
    counted = [tallies.get(question.key, Tally()) for question in questions]
    people = max(tally.people for tally in counted)
    return {
        "waits": not any(tally.is_shown for tally in counted),
        "asked": list(dict.fromkeys(phrase(f"asked.{question.words}") for question in questions)),
        "least": SHOWN_FROM,
        "people": people,
        "waiting": phrase("results.waiting", least=SHOWN_FROM, people=figures.people(people)),
    }
