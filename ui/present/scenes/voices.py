"""The survey, and what the room answered, a page at a time."""

from collections.abc import Mapping

import streamlit as st

from core.survey.limits import SHOWN_FROM
from core.survey.problems import SurveyError
from core.survey.questions import HELPFUL, LACKING, LATE, SURVEY, UNDERSTANDING, USE, Question
from core.survey.rooms import Room
from core.survey.tally import Tally
from ui import figures, frame
from ui.markup import show
from ui.present import trouble
from ui.present.scenes import lobby
from ui.present.stage import Scene, Stage
from ui.survey import form, results
from ui.text import phrase

#: The pages of results in order, each with the questions that it answers; the last one has people's own words.
PAGES: dict[str, tuple[Question, ...]] = {
    "understanding": tuple(question for question in SURVEY.questions if question.words in UNDERSTANDING),
    "helpful": (HELPFUL,),
    "lacking": (LACKING, USE),
    "late": (LATE,),
    "voices": (),
}


def draw(stage: Stage) -> None:
    """Draw how to answer while results are hidden, and the results once they are shown."""
    if stage.room is None:
        show("stage_alone")
        return
    if stage.room.is_revealed:
        _draw_results(stage)
        return
    with st.container(key="lobby", horizontal=True, vertical_alignment="center"):
        lobby.show_way_in(stage)
        _draw_progress(stage)


def step(stage: Stage, by: int) -> bool:
    """Show the next page of results, or the one before; while they are hidden there is none."""
    page = _read_page(stage) + by
    if stage.room is None or not stage.room.is_revealed or not 0 <= page < len(PAGES):
        return False
    stage.set_state(page=str(page))
    return True


def _read_page(stage: Stage) -> int:
    return stage.read_number("page", below=len(PAGES))


@st.fragment
def _draw_progress(stage: Stage) -> None:
    frame.begin_fragment()
    room = stage.hear_room("progress")
    if room is not None:
        show("stage_answering", joined=figures.number(room.joined), finished=figures.number(room.finished))


@st.fragment
def _draw_results(stage: Stage) -> None:
    """Draw one page of results, again when something has changed; too few answers leave room for the way in."""
    frame.begin_fragment()
    room = stage.hear_room("results")
    if room is None:
        return
    try:
        page = _describe_page(stage, room)
    except SurveyError as error:
        trouble.warn(error.problem)
        return
    with st.container(key="voices", horizontal=True):
        show("stage_results", **page)
        if page["waits"]:
            lobby.show_way_in(stage)


def _describe_page(stage: Stage, room: Room) -> dict[str, object]:
    number = _read_page(stage)
    tallies, texts = stage.store.tallies(room), stage.store.approved_texts(room)
    name, questions = list(PAGES.items())[number]
    if questions:
        waiting = _describe_waiting(questions, tallies)
    else:
        asked = [phrase("results.words")]
        waiting = {"waits": not texts, "asked": asked, "least": 0, "people": 0, "waiting": phrase("scene.voices_none")}
    return {"page": name, "number": number + 1, "of": len(PAGES), **waiting, **results.describe(tallies, texts)}


def _describe_waiting(questions: tuple[Question, ...], tallies: Mapping[str, Tally]) -> dict[str, object]:
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


SCENE = Scene(number=6, name="voices", picture="voices", draw=draw, step=step, phone=form.screen)
