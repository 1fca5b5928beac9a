"""The survey on a phone, without a browser: whole flows, resuming, double taps, and every refusal in a sentence."""

import json
from datetime import UTC, datetime
from itertools import count

import pytest
from markupsafe import escape
from streamlit.runtime.context import ContextProxy

from core.survey.guess_stage import GuessStage
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.questions import LACKING, SURVEY
from core.survey.rooms import WEB_ROOM
from core.survey.texts import TextState
from store import database
from store import survey as survey_module
from store.database import URL_VARIABLE
from store.survey import DatabaseStore
from tests.pages.visit import calm, go, markup, move, press, visit
from ui.present.scenes import beside, guess, noise, played, products, voices
from ui.server.pace import CrowdPace
from ui.survey import coin, participation, results
from ui.survey.participation import SCREENS
from ui.survey.room_updates import RoomVersion
from ui.text import phrases

KOREAN = phrases("ko")
numbers = count(1)


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    """Give every test a database of its own."""
    monkeypatch.setenv(URL_VARIABLE, str(tmp_path / "survey.db"))
    for opened in (survey_module.survey_store, database.server_database):
        opened.clear()
    results._render.clear()
    yield survey_module.survey_store()
    for opened in (survey_module.survey_store, database.server_database):
        opened.clear()


def phone(room, token=None, **link):
    """Open the survey as a phone that has said who it is: without a browser, nothing says it."""
    token = token or f"{next(numbers):032x}"
    app = visit("home", **link)
    app.session_state["tokens"] = {room: token}
    app.session_state["room"] = room
    return go(app, "survey")


def screen(app):
    return app.session_state["participation"].screen


def tap(app, question, choice):
    return press(app, f"{question}_{choice}")


def answer_all(app, *, text="", use="maybe"):
    for question in SURVEY.before:
        tap(app, question.key, question.right)
    press(app, "tried")
    for question in SURVEY.after[:3]:
        tap(app, question.key, question.choices[0])
    app.get_by_key("lacking_unseen").check()
    app.get_by_key("lacking_text").set_value(text)
    press(app, "form_next")
    app.get_by_key("use_choice").set_value(use)
    press(app, "form_next")
    return press(app, "skip")


def links(app):
    return [link.proto.label for link in app.get("page_link")]


def errors(app):
    return [error.value for error in app.error]


@pytest.fixture
def room(store):
    return store.open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=voices.SCENE.number)


# --- whole flows -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_whole_survey_is_answered_and_every_answer_is_kept(store, lang):
    # AppTest asks for a widget's words outside the session, where Korean is spoken.
    use = "maybe" if lang == "ko" else None
    app = answer_all(phone(WEB_ROOM, token="a" * 32, lang=lang), text="재미있어요", use=use)

    kept = store.answers_of(WEB_ROOM, "a" * 32)
    assert list(SCREENS)[-1] == screen(app)
    assert set(kept) == {question.key for question in SURVEY.questions}
    assert kept["epsilon_before"].choices == ("safer",)
    assert (kept["lacking"].choices, kept["lacking"].text) == (("unseen",), "재미있어요")
    assert kept["late"].choices == ()
    assert store.room(WEB_ROOM).finished == 1
    assert escape(phrases(lang)["survey.thanks_text"]) in markup(app)


def test_every_answer_is_on_disk_as_soon_as_its_screen_is_left(store):
    app = phone(WEB_ROOM, token="b" * 32)
    tap(app, "epsilon_before", "faster")

    assert store.answers_of(WEB_ROOM, "b" * 32)["epsilon_before"].choices == ("faster",)
    assert screen(app) == "trace_before"


def test_a_reload_goes_on_where_it_was():
    app = phone(WEB_ROOM, token="c" * 32)
    tap(app, "epsilon_before", "safer")
    tap(app, "trace_before", "never")

    assert screen(phone(WEB_ROOM, token="c" * 32)) == "try"
    tap(press(app, "tried"), "epsilon_after", "safer")
    assert screen(phone(WEB_ROOM, token="c" * 32)) == "trace_after"
    assert screen(phone(WEB_ROOM, token="d" * 32)) == "epsilon_before"


def test_a_mind_may_be_changed_and_the_latest_answer_counts(store):
    app = phone(WEB_ROOM, token="e" * 32)
    tap(app, "epsilon_before", "faster")
    press(app, "back")
    assert app.get_by_key("epsilon_before_faster").proto.type == "primary"
    tap(app, "epsilon_before", "safer")

    assert store.answers_of(WEB_ROOM, "e" * 32)["epsilon_before"].choices == ("safer",)
    assert store.tallies(store.room(WEB_ROOM))["epsilon_before"].people == 1


def test_a_crowd_from_one_address_is_told_to_wait_and_who_is_in_comes_back(monkeypatch):
    tap(phone(WEB_ROOM, token="i" * 32), "epsilon_before", "safer")
    monkeypatch.setattr(ContextProxy, "ip_address", property(lambda _: "192.0.2.1"))
    monkeypatch.setattr(participation, "server_crowd", lambda *, is_led: CrowdPace(at_once=0, a_second=0))  # noqa: ARG005

    assert screen(phone(WEB_ROOM, token="i" * 32)) == "trace_before"
    assert [warning.value for warning in phone(WEB_ROOM, token="j" * 32).warning] == [KOREAN["room.too_fast"]]


def test_what_is_asked_again_is_not_promised_to_be_asked_once_more():
    app = phone(WEB_ROOM, token="h" * 32)
    assert KOREAN["asked.epsilon_hint"] in markup(app)
    tap(tap(app, "epsilon_before", "safer"), "trace_before", "never")
    press(app, "tried")

    assert KOREAN["asked.epsilon_hint"] not in markup(app)
    assert KOREAN["asked.epsilon_after_hint"] in markup(app)


def test_a_second_tap_answers_nothing_more(store):
    app = tap(phone(WEB_ROOM, token="f" * 32), "epsilon_before", "safer")
    mine = app.session_state["participation"]

    mine.choose(SURVEY.questions[0], "faster")

    assert mine.screen == "trace_before"
    assert store.answers_of(WEB_ROOM, "f" * 32)["epsilon_before"].choices == ("safer",)


def test_one_goes_back_and_on_without_answering_again(store):
    app = phone(WEB_ROOM)
    tap(app, "epsilon_before", "safer")
    press(app, "back")
    press(app, "next")

    assert screen(app) == "trace_before"
    assert store.tallies(store.room(WEB_ROOM))["epsilon_before"].people == 1


def test_whoever_tries_things_out_finds_the_way_back():
    app = phone(WEB_ROOM)
    tap(app, "epsilon_before", "safer")

    assert KOREAN["survey.come_back"] in links(go(app, "compare"))
    assert KOREAN["survey.come_back"] not in links(visit("compare"))
    assert screen(go(app, "survey")) == "trace_before"


# --- coming in ---------------------------------------------------------------------------------------------------


def test_without_a_room_one_may_answer_alone_or_type_a_number(room):
    app = visit("survey")
    assert KOREAN["survey.title"] in [title.value for title in app.title]
    app.get_by_key("typed_room").set_value(f" {room.code[:3]}-{room.code[3:]} ")
    press(app, "enter")

    assert app.session_state["room"] == room.code
    assert app.query_params["room"] == room.code


def test_a_number_of_no_room_is_refused_in_a_sentence():
    app = visit("survey")
    app.get_by_key("typed_room").set_value("000000")
    press(app, "enter")

    assert errors(app) == [KOREAN["room.unknown_room"]]
    assert not app.session_state["room"]


def test_the_open_room_is_one_tap_away():
    app = press(visit("survey"), "alone")

    assert app.query_params["room"] == WEB_ROOM


def test_a_link_to_a_room_that_is_gone_says_so_and_leads_out():
    app = phone("123456")
    assert [warning.value for warning in app.warning] == [KOREAN["room.unknown_room"]]

    press(app, "leave")
    assert app.get_by_key("alone")


@pytest.mark.parametrize("room", ["12345", "<b>", "1; DROP TABLE", "x" * 300])
def test_a_link_to_no_room_at_all_shows_both_ways_in(room):
    app = visit("survey", room=room)

    assert app.info[0].value == KOREAN["notice.bad_link"].format(setting=KOREAN["settings.room"])
    assert app.get_by_key("alone")


def test_a_closed_room_lets_nobody_new_in(store, room):
    store.change_room(room.code, is_open=False)

    assert [warning.value for warning in phone(room.code).warning] == [KOREAN["room.closed_room"]]


def test_nobody_is_known_by_the_address():
    app = tap(phone(WEB_ROOM, token="a1" * 16), "epsilon_before", "safer")

    assert not any("a1a1" in str(value) for value in app.query_params.values())


# --- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("problem", list(SurveyProblem))
def test_every_refusal_is_a_sentence_and_the_screen_stays(monkeypatch, problem):
    app = phone(WEB_ROOM)
    monkeypatch.setattr(DatabaseStore, "submit", refusing(problem))
    tap(app, "epsilon_before", "safer")

    assert errors(app) == [KOREAN[f"room.{problem}"]]
    assert screen(app) == "epsilon_before"


@pytest.mark.parametrize("problem", [SurveyProblem.UNAVAILABLE, SurveyProblem.DISK_FULL, SurveyProblem.READ_ONLY])
def test_what_was_not_kept_is_sent_again_with_one_tap(store, problem):
    app = phone(WEB_ROOM, token="b2" * 16)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseStore, "submit", refusing(problem))
        tap(app, "epsilon_before", "safer")
        press(app, "send_again")
        assert errors(app) == [KOREAN[f"room.{problem}"]]
    press(app, "send_again")

    assert not errors(app)
    assert screen(app) == "trace_before"
    assert store.answers_of(WEB_ROOM, "b2" * 16)["epsilon_before"].choices == ("safer",)


def refusing(problem):
    def submit(*_arguments, **_named):
        raise SurveyError(problem)

    return submit


def test_a_room_that_is_started_anew_asks_from_the_beginning(store, room):
    app = phone(room.code)
    tap(app, "epsilon_before", "safer")
    store.reset_room(room.code)
    tap(app, "trace_before", "never")

    assert errors(app) == [KOREAN["room.reset_room"]]
    assert screen(app) == "epsilon_before"
    tap(app, "epsilon_before", "faster")
    assert store.tallies(store.room(room.code))["epsilon_before"].counts == {"faster": 1}


def at_lacking(token="c3" * 16):
    app = phone(WEB_ROOM, token=token)
    for question in SURVEY.before:
        tap(app, question.key, question.right)
    press(app, "tried")
    for question in SURVEY.after[:3]:
        tap(app, question.key, question.choices[0])
    return app


def test_of_ten_thousand_characters_five_hundred_are_kept(store):
    app = at_lacking()
    # The field takes no more than 500; somebody else's program would send them.
    app.get_by_key("lacking_text")._value = "가" * 10_000
    press(app, "form_next")

    assert store.answers_of(WEB_ROOM, "c3" * 16)["lacking"].text == "가" * 500
    assert screen(app) == "use"


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "😀\U0001f469\u200d\U0001f467", "مرحبا", "\u202elufituaeb", "{lang} {{ 7 * 7 }}"],
)
def test_markup_emoji_and_any_script_stay_text_and_are_shown_after_approval_only(store, text):
    app = at_lacking(token="d4" * 16)
    app.get_by_key("lacking_text").set_value(text)
    press(app, "form_next")
    for number in range(5):
        give(store, number, "lacking", "errors")
    (waiting,) = store.texts(store.room(WEB_ROOM))
    assert waiting.text == text
    shown = results.describe(store.tallies(store.room(WEB_ROOM)), store.approved_texts(store.room(WEB_ROOM)))
    assert shown["texts"] == []

    store.judge(waiting.id, TextState.APPROVED)
    press(app, "form_next")
    shown = markup(press(app, "skip"))
    assert str(escape(text)) in shown
    assert "<script>alert" not in shown


# --- results -----------------------------------------------------------------------------------------------------


def give(store, number, key, *choices, at=None):
    """Let somebody answer whose token no phone of these tests draws."""
    now, token = at or datetime.now(UTC), f"somebody-{number:023x}"
    room = store.room(WEB_ROOM)
    answer = SURVEY.question(key).answer(*choices, submission=f"{next(numbers):016x}", at=now)
    store.submit(room, token, [answer], at=now)


def test_shares_are_shown_from_five_answers_on(store):
    app = answer_all(phone(WEB_ROOM))
    for number in range(3):
        give(store, number, "use", "yes")
    waiting = KOREAN["results.waiting"].format(least=5, people="4명")
    assert waiting in markup(again(app))
    give(store, 9, "use", "yes")

    shown = markup(again(app))
    assert waiting not in shown
    assert "4명 · 80%" in shown


def again(app):
    """Run once more, when the glance at the room is old enough."""
    survey_module.survey_store()._glances.forget(WEB_ROOM)
    return calm(app.run())


def test_the_private_question_is_corrected_beside_what_was_said(store):
    app = answer_all(phone(WEB_ROOM))
    for number in range(20):
        give(store, number, "late", "yes" if number < 8 else "no")

    shown = markup(again(app))
    # A quarter says yes by coin alone, and half of the rest is true.
    assert KOREAN["results.estimate"].format(share="30%") in shown
    assert "8명 · 40%" in shown


def test_understanding_is_shown_before_and_after(store):
    app = answer_all(phone(WEB_ROOM))
    for number in range(9):
        give(store, number, "epsilon_before", "safer" if number < 4 else "faster")
        give(store, number, "epsilon_after", "safer" if number < 8 else "unsure")

    shown = markup(again(app))
    assert KOREAN["results.right_before"].format(share="50%", people="10명") in shown
    assert KOREAN["results.right_after"].format(share="80%", people="10명") in shown


def test_a_presenters_room_shows_results_when_the_presenter_does(store, room):
    app = answer_all(phone(room.code))
    assert KOREAN["results.hidden"] in markup(app)

    store.change_room(room.code, is_revealed=True)
    survey_module.survey_store()._glances.forget(room.code)
    assert KOREAN["results.understanding"] in markup(calm(app.run()))


def test_2020_is_told_as_it_was_reported():
    shown = markup(visit("survey"))

    assert "93.3%" in shown
    assert "12명 · 80%" in shown
    assert all(KOREAN[f"asked.lacking_{topic}"] in shown for topic in LACKING.choices)


# --- phones follow -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scene", [played.SCENE, noise.SCENE, beside.SCENE])
def test_a_phone_shows_its_scene_in_one_sentence(store, scene):
    room = store.open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=scene.number)

    assert KOREAN[f"scene.{scene.name}_phone"] in markup(phone(room.code))


def test_a_phone_goes_along_with_the_presenter(store, room):
    app = phone(room.code)
    tap(app, "epsilon_before", "safer")
    store.change_room(room.code, scene=noise.SCENE.number)
    assert KOREAN["scene.noise_phone"] in markup(looked_again(app, room))

    store.change_room(room.code, scene=voices.SCENE.number)
    assert KOREAN["asked.trace"] in markup(looked_again(app, room))

    store.change_room(room.code, is_open=False)
    assert KOREAN["room.over"] in markup(looked_again(app, room))


def looked_again(app, room):
    survey_module.survey_store()._glances.forget(room.code)
    return calm(app.run())


def test_who_comes_back_to_the_survey_finds_the_scene_of_now(store, room):
    app = go(phone(room.code), "compare")
    store.change_room(room.code, scene=noise.SCENE.number)
    survey_module.survey_store()._glances.forget(room.code)

    assert KOREAN["scene.noise_phone"] in markup(go(app, "survey"))


def listening(app):
    """Return what the component that asks for news was told, if it is there."""
    found = [json.loads(each.proto.json) for each in app.get("bidi_component") if "address" in each.proto.json]
    return found[0] if found else None


def test_a_phone_listens_for_where_its_presenter_leads_and_for_answers_only_beside_results(store, room):
    app = phone(room.code)
    assert listening(app)["led"]
    assert not listening(app)["count"]

    store.change_room(room.code, is_revealed=True)
    app = answer_all(looked_again(app, room))
    assert listening(app)["count"] == RoomVersion.from_room(store.room(room.code)).results


def test_alone_there_is_news_of_results_only():
    app = phone(WEB_ROOM)
    assert listening(app) is None

    told = listening(answer_all(app))
    assert (told["led"], bool(told["count"])) == ("", True)


def test_who_has_finished_is_among_the_results_at_once(store):
    app = phone(WEB_ROOM)
    for number in range(4):
        give(store, number, "use", "yes")

    assert "4명 · 80%" in markup(answer_all(app))


def test_coins_that_are_put_away_say_nothing(store, room):
    app = phone(room.code)
    mine = app.session_state["participation"]

    assert coin._read_reply() is None
    coin._keep_reply(mine, SURVEY.question("late"), coin._read_reply())
    assert "late" not in store.answers_of(room.code, mine.token)


def test_an_unknown_scene_asks_to_look_up(store):
    room = store.open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=77)

    assert KOREAN["room.look_up"] in markup(phone(room.code))


def test_a_vote_is_kept_changed_and_told_right_or_wrong(store):
    room = store.open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=guess.SCENE.number)
    store.change_room(room.code, stage=GuessStage(round=1).write())
    app = phone(room.code, token="e5" * 16)
    press(app, "guess.1.out")
    press(app, "guess.1.in")
    assert store.answers_of(room.code, "e5" * 16)["guess.1"].choices == ("in",)
    assert KOREAN["room.voted"] in markup(app)

    store.change_room(room.code, stage=GuessStage(round=1, revealed=("in",)).write())
    shown = markup(looked_again(app, room))
    assert KOREAN["room.right"] in shown
    assert KOREAN["room.hits"].format(hits=1, rounds=1) in shown

    store.change_room(room.code, stage=GuessStage(round=2, revealed=("in", "out")).write())
    assert KOREAN["room.was_out"] in markup(looked_again(app, room))


def test_a_phone_shows_products_at_the_epsilon_of_the_big_screen(store):
    code = store.open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=products.SCENE.number).code
    usual = markup(phone(code))
    store.change_room(code, stage={"epsilon": "0.1"})
    strict = markup(phone(code))
    store.change_room(code, stage={"epsilon": "<b>"})

    assert usual != strict
    assert markup(phone(code)) == usual


def test_a_phone_shows_products_of_the_household_it_chooses(store):
    room = store.open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=products.SCENE.number)
    app = phone(room.code)
    assert KOREAN["scene.products_phone"] in markup(app)

    before = markup(app)
    move(app, "household", 2)
    assert markup(app) != before
    assert KOREAN["products.why"] in markup(app)
