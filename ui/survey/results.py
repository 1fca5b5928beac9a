"""A room's results, live: bars, understanding before and after, the randomised response's estimate; and 2020."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.survey import results_2020
from core.survey.limits import SHOWN_FROM
from core.survey.problems import SurveyError
from core.survey.questions import HELPFUL, LACKING, LATE, SURVEY, UNDERSTANDING, USE, Question
from core.survey.results_2020 import Theme
from core.survey.rooms import WEB_ROOM, Room
from core.survey.store import SurveyStore
from core.survey.tally import Tally
from core.survey.texts import FreeText
from ui import figures, frame
from ui.markup import render, show
from ui.survey import refusal
from ui.survey.participation import Participation
from ui.text import language, phrase

#: Rooms whose results are kept drawn, in both languages.
DRAWN_ROOMS = 64
TEXTS_SHOWN = 12


def draw(mine: Participation) -> None:
    """Draw the room's results; before the presenter shows them, only how many have answered."""
    room = mine.room
    if not room.is_revealed and room.code != WEB_ROOM:
        show("results_hidden", finished=figures.people(room.finished), joined=figures.people(room.joined))
        return
    try:
        st.html(_render(room, language().key, mine.store))
    except SurveyError as error:
        st.warning(refusal.write_sentence(error.problem), icon=":material/cloud_off:")


@st.cache_data(
    max_entries=DRAWN_ROOMS,
    show_spinner=False,
    hash_funcs={Room: lambda room: f"{room.code}|{room.generation}|{room.changed}"},
)
def _render(room: Room, language: str, _store: SurveyStore) -> str:  # noqa: ARG001 - cache
    """Draw results once for all who look at them, until something changes."""
    return render("results", **describe(_store.tallies(room), _store.approved_texts(room)))


def describe(tallies: Mapping[str, Tally], texts: tuple[FreeText, ...]) -> dict[str, Any]:
    """Return what is drawn of a room's answers."""

    def tally(question: Question) -> Tally:
        return tallies.get(question.key, Tally())

    return {
        "understanding": [_describe_understanding(words, tallies) for words in UNDERSTANDING],
        "helpful": _make_bars(HELPFUL, tally(HELPFUL)),
        "helpful_2020": _make_bars_2020(),
        "lacking": _make_bars(LACKING, tally(LACKING)),
        "use": _make_bars(USE, tally(USE)),
        "late": _describe_late(tally(LATE)),
        "texts": [text.text for text in texts[-TEXTS_SHOWN:]],
    }


def _make_bars(question: Question, tally: Tally) -> dict[str, Any]:
    """Return a bar for each choice, or how many answers are still missing."""
    bars = [
        _make_bar(phrase(f"asked.{question.words}_{choice}"), tally.count(choice), tally.share(choice))
        for choice in question.choices
    ]
    return {
        "title": phrase(f"asked.{question.words}"),
        "people": figures.people(tally.people),
        "bars": bars if tally.is_shown else [],
        "waiting": _write_waiting(tally.people),
    }


def _make_bar(label: str, count: int, share: float | None) -> dict[str, Any]:
    width = 0.0 if share is None else 100.0 * share
    text = "" if share is None else f"{figures.people(count)} · {figures.share(share)}"
    return {"label": label, "width": f"{width:.1f}", "text": text}


def _write_waiting(n_people: int) -> str:
    return phrase("results.waiting", least=SHOWN_FROM, people=figures.people(n_people))


def _make_bars_2020() -> dict[str, Any]:
    n_people = results_2020.N_PEOPLE
    return {
        "title": phrase("results.of_2020"),
        "people": figures.people(n_people),
        "bars": [
            _make_bar(phrase(f"asked.helpful_{choice}"), count, count / n_people)
            for choice, count in results_2020.HELPFUL_COUNTS.items()
        ],
        "waiting": "",
    }


def _describe_understanding(words: str, tallies: Mapping[str, Tally]) -> dict[str, Any]:
    """Return the shares of right answers before and after trying things out."""
    sides = {}
    for when in ("before", "after"):
        question = SURVEY.question(f"{words}_{when}")
        tally = tallies.get(question.key, Tally())
        share = tally.share(question.right or "")
        sides[when] = {
            "at": "" if share is None else f"{100.0 * share:.1f}",
            "text": _write_waiting(tally.people)
            if share is None
            else phrase(f"results.right_{when}", share=figures.share(share), people=figures.people(tally.people)),
        }
    return {"title": phrase(f"asked.{words}"), "right": phrase(f"asked.{words}_{question.right}"), **sides}


def _describe_late(tally: Tally) -> dict[str, Any]:
    """Return the share of noisy replies, and the share of true ones that is estimated from it."""
    assert LATE.randomised_response is not None  # noqa: S101 - the question has its coins
    found = LATE.randomised_response.estimate_share(tally.count("yes"), tally.people)
    waiting: dict[str, Any] = {
        "title": phrase("asked.late"),
        "waiting": _write_waiting(tally.people),
        "is_shown": False,
    }
    if found.clipped is None or not tally.is_shown:
        return waiting
    return waiting | {
        "is_shown": True,
        "said": _make_bar(phrase("results.said"), tally.count("yes"), tally.share("yes")),
        "estimate": phrase("results.estimate", share=figures.share(found.clipped)),
        "interval": phrase("results.interval", low=figures.share(found.lower), high=figures.share(found.upper)),
        "at": f"{100.0 * found.clipped:.1f}",
        "low": f"{100.0 * found.lower:.1f}",
        "span": f"{100.0 * (found.upper - found.lower):.1f}",
        "epsilon": figures.decimals(LATE.randomised_response.epsilon),
    }


def show_2020() -> None:
    """Draw the results of 2020 as its report gives them, each finding with where its answer is today."""
    with st.container(key="results_2020"):
        show(
            "results_2020",
            helpful=_make_bars_2020(),
            share=f"{figures.decimals(100.0 * results_2020.helpful_share(), 1)}%",
            people=figures.people(results_2020.N_PEOPLE),
        )
        with st.container(key="themes"):
            for theme in results_2020.THEMES:
                _draw_theme(theme)


def _draw_theme(theme: Theme) -> None:
    with st.container(key=f"theme_{theme.topic}", gap="xsmall"):
        show("theme", found=phrase(f"asked.lacking_{theme.topic}"), since=phrase(f"results.since_{theme.topic}"))
        frame.draw_link(theme.page, label=f"{theme.page}.nav", icon=frame.PAGES[theme.page])
