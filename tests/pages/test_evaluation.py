"""How good the recommendations are: asked for by a button, answered in figures, for insiders only."""

import pytest

from tests.pages.inline import InlineWorker
from tests.pages.test_without import settled
from tests.pages.visit import press, visit
from ui import jobs
from ui.text import phrases

WORDS = phrases("ko")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Do the work in this process: a worker of its own takes seconds to begin."""
    monkeypatch.setattr(jobs, "Worker", InlineWorker)


def run(app):
    return settled(press(app, "quality_run"))


def frames(app):
    return [frame.value for frame in app.dataframe]


def test_nothing_is_marked_before_it_is_asked_for():
    assert not frames(visit("recommend", people="300"))


def test_the_button_answers_with_every_method_and_with_people_never_seen():
    app = run(visit("recommend", people="300"))

    methods, sizes, unseen = frames(app)
    assert WORDS["quality.ranking_private"] in set(methods[WORDS["quality.method"]])
    assert WORDS["quality.popularity"] in set(methods[WORDS["quality.method"]])
    assert len(sizes) == len(unseen) - 1
    assert sizes["ε"].tolist() == unseen["ε"].tolist()[1:]


def test_real_households_are_marked_by_what_they_bought_next():
    app = run(visit("recommend", data="sample"))

    assert len(frames(app)) == 3


def test_the_public_view_marks_nothing():
    app = visit("recommend", only_public="1")

    assert any(WORDS["quality.insider_only"] in info.value for info in app.info)
    assert not [button for button in app.button if button.key == "quality_run"]
