"""Without me, on the privacy page: run beside the server, told on one scale, never charged, gone in the public view."""

from time import monotonic, sleep

import pytest

from tests.pages.inline import InlineWorker
from tests.pages.test_data import upload
from tests.pages.visit import calm, go, markup, move, press, visit
from ui import jobs
from ui.text import phrases

WORDS = phrases("ko")
PATIENCE_SECONDS = 120
FEW = {"people": "100", "attack_runs": "50", "engine": "prototype"}


@pytest.fixture
def at_once(monkeypatch):
    """Do the work in this process: a worker of its own takes seconds to begin."""
    monkeypatch.setattr(jobs, "Worker", InlineWorker)


def opened(**link):
    return visit("privacy", part="without", **FEW | link)


def settled(app):
    """Wait for the end of what runs beside the server."""
    until = monotonic() + PATIENCE_SECONDS
    while app.get("progress"):
        assert monotonic() < until, "the attack never ended"
        sleep(0.05)
        calm(app.run())
    return app


def attacked(app):
    return settled(press(app, "attack_run"))


def keys(app):
    return {button.key for button in app.button}


def shown(app):
    return markup(app).partition("<style>")[0]


def spent(app):
    return {bought.ledger.spent for bought in app.session_state["releases"].values()}


def charts(app):
    return len(app.get("plotly_chart"))


@pytest.mark.parametrize("data", ["generated", "prototype", "sample"])
@pytest.mark.usefixtures("at_once")
def test_the_attack_is_told_in_a_sentence_on_a_scale_and_in_two_pictures_and_costs_nothing(data):
    app = opened(data=data)
    assert "success-sentence" not in shown(app)

    attacked(app)

    assert "보호하지 않으면 100%예요" in shown(app)
    assert "한계 73%" in shown(app)
    assert shown(app).count(WORDS["marks.insider"]) >= 4
    assert charts(app) == 2
    assert (WORDS["attack.products"] in shown(app)) == (data == "generated")
    assert spent(app) == {0}


@pytest.mark.parametrize(("data", "remark"), [("generated", "attack.practice"), ("sample", "attack.people")])
def test_it_says_whom_the_experiment_could_hurt(data, remark):
    assert WORDS[remark] in shown(opened(data=data))


def test_many_people_are_bounded_and_that_is_said():
    assert WORDS["attack.bounded"].format(people="5,000명") in shown(opened(people="10000"))
    assert WORDS["attack.bounded"].format(people="5,000명") not in shown(opened(people="3000"))


def test_a_person_who_is_not_there_is_answered_with_who_is_and_not_attacked():
    app = move(opened(), "person", "101")

    assert [warning.value for warning in app.warning] == [WORDS["person.nobody"].format(first="1", last="100")]
    assert "attack_run" not in keys(app)


@pytest.mark.usefixtures("at_once")
def test_somebody_else_is_another_attack():
    app = attacked(move(opened(), "person", "7"))

    assert "success-sentence" not in shown(move(app, "person", "8"))
    assert "success-sentence" in shown(move(app, "person", "7"))


def test_the_one_who_sticks_out_is_the_first_choice_and_a_button_finds_them_again():
    app = opened()
    stray = app.get_by_key("person").value

    press(move(app, "person", "1" if stray != "1" else "2"), "stray")

    assert app.get_by_key("person").value == stray


def test_an_attack_called_off_says_so_and_can_be_begun_again():
    app = press(opened(people="10000", attack_runs="500", seed="31"), "attack_run")
    (call_off,) = [key for key in keys(app) if key.startswith("call_off_")]

    settled(press(app, call_off))

    assert WORDS["jobs.called_off"] in [info.value for info in app.info]
    assert "attack_run" in keys(app)
    assert "success-sentence" not in shown(app)


def test_an_attack_goes_on_while_one_looks_at_another_page():
    app = press(opened(seed="32"), "attack_run")
    go(app, "data")

    assert "success-sentence" in shown(settled(go(app, "privacy")))


@pytest.mark.parametrize("data", ["generated", "prototype"])
@pytest.mark.usefixtures("at_once")
def test_the_public_view_shows_nothing_of_a_finished_attack(data):
    app = move(attacked(opened(data=data, seed="33", k="3")), "only_public", value=True)

    assert [info.value for info in app.info] == [WORDS["attack.insider_only"]]
    assert "success-sentence" not in shown(app)
    assert not charts(app)
    assert not app.text_input


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["1"] * 40, id="everybody alike"),
        pytest.param([str(n % 7) for n in range(30)], id="thirty people"),
    ],
)
@pytest.mark.usefixtures("at_once")
def test_one_column_and_people_who_are_all_alike_are_no_trouble(rows):
    content = "food (10k won)\n" + "\n".join(rows) + "\n"
    app = press(upload(visit("data", **FEW), content.encode()), "use_file")
    move(go(app, "privacy"), "part", "without")

    attacked(app)

    assert "success-sentence" in shown(app)
    assert spent(app) == {0}
