"""Scene 6: the survey, and what the room answered, a page at a time."""

import streamlit as st

from core.survey.problems import SurveyError
from core.survey.rooms import Room
from core.survey.store import SurveyStore
from ui import figures, frame
from ui.markup import show
from ui.present import lead
from ui.present.scenes import lobby
from ui.survey import results
from ui.text import phrase

REFRESH_SECONDS = 2.0
PAGES = ("understanding", "helpful", "lacking", "late", "voices")


def draw(store: SurveyStore, now: lead.Shown) -> None:
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


def step(store: SurveyStore, now: lead.Shown, by: int) -> None:
    """Show the next page of results, or the one before."""
    lead.move(store, now, stage={**now.stage, "page": str((_number(now) + by) % len(PAGES))})


def _number(now: lead.Shown) -> int:
    told = now.stage.get("page", "0")
    return int(told) if told in {str(i) for i in range(len(PAGES))} else 0


@st.fragment(run_every=REFRESH_SECONDS)
def _answering(store: SurveyStore, now: lead.Shown) -> None:
    frame.begin_fragment()
    room = lead.glance(store, now)
    if room is not None:
        show("stage_answering", joined=figures.number(room.joined), finished=figures.number(room.finished))


@st.fragment(run_every=REFRESH_SECONDS)
def _results(store: SurveyStore, now: lead.Shown) -> None:
    """Draw one page of results, again when something has changed."""
    frame.begin_fragment()
    room = lead.glance(store, now)
    if room is None:
        return
    try:
        described = _described(store, room)
    except SurveyError as error:
        st.warning(phrase(lead.problem_key(error.problem)), icon=":material/cloud_off:")
        return
    page = _number(now)
    show("stage_results", page=PAGES[page], number=page + 1, of=len(PAGES), **described)


def _described(store: SurveyStore, room: Room) -> dict[str, object]:
    return results.described(store.tallies(room), store.approved_texts(room))
