"""Presenting: the key, rooms, scenes, and what goes wrong, as a presenter meets it."""

import re
import secrets
from datetime import UTC, datetime

import pytest

from core.survey.answers import Answer
from core.survey.guess_stage import GuessStage, vote_key
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.questions import SURVEY
from core.survey.rooms import WEB_ROOM
from store.survey import survey_store
from tests.pages.visit import calm, markup, notices, press, visit
from ui.languages import LANGUAGES
from ui.present import presenter_auth
from ui.present.presenter_auth import server_auth
from ui.present.scenes.registry import SCENES
from ui.text import phrase_in, phrases

WORDS = {language: phrases(language) for language in ("ko", "en")}
KO = WORDS["ko"]
SCENE_LAST = max(SCENES)


def unlock(app, typed=None):
    """Type a key, the right one unless told, and send it."""
    app.get_by_key("presenter_key").set_value(server_auth().key if typed is None else typed)
    return press(app, "key_done")


def present(**link):
    """Open the page as the presenter."""
    return unlock(visit("present", **link))


def in_room():
    """Open a room and return the presenter in it."""
    return press(present(), "room_open")


def room(app):
    """Read the presenter's room."""
    return survey_store().room(app.session_state["room"])


def warnings(app):
    return [warning.value for warning in app.warning]


def keys_of(app):
    return {button.key for button in app.button}


# --- the key -----------------------------------------------------------------------------------------------------


def test_without_the_key_nobody_opens_a_room():
    app = visit("present")

    assert "room_open" not in keys_of(app)
    assert "room_open" in keys_of(unlock(app))


def test_a_wrong_key_is_told_and_opens_nothing():
    app = unlock(visit("present"), "not the key")

    assert KO["present.key_wrong"] in warnings(app)
    assert "room_open" not in keys_of(app)


def test_guessing_keys_is_slowed_down():
    app = visit("present")
    for _ in range(4):
        unlock(app, "guess")

    assert any(re.fullmatch(KO["present.key_wait"].format(seconds=r"\d+"), said) for said in warnings(app))


@pytest.fixture
def device(monkeypatch):
    """Let every visit of a test be by the same device."""
    device = secrets.token_urlsafe(16)
    monkeypatch.setattr(presenter_auth, "current_device", lambda: device)


@pytest.mark.usefixtures("device")
def test_a_reload_on_the_stage_asks_for_no_key():
    app = press(in_room(), "scene_next")
    reloaded = visit("present", **app.query_params)

    assert {"scene_next", "scene_former", "played_on"} <= keys_of(reloaded)


@pytest.mark.usefixtures("device")
def test_a_device_that_gave_the_key_back_is_unknown_in_every_tab_and_after_a_reload():
    app = press(in_room(), "notes_open")
    other_tab = visit("present", **app.query_params)
    assert "scene_next" in keys_of(other_tab)
    press(app, "forget")

    assert "scene_next" not in keys_of(calm(other_tab.run()))
    assert "scene_next" not in keys_of(visit("present", **app.query_params))


@pytest.mark.usefixtures("device")
def test_a_store_that_does_not_answer_keeps_nobody_from_presenting(monkeypatch):
    def away(*_arguments, **_named):
        raise SurveyError(SurveyProblem.UNAVAILABLE)

    monkeypatch.setattr(survey_store(), "keep_presenter", away)
    monkeypatch.setattr(survey_store(), "presenter_until", away)

    assert "room_open" in keys_of(present())


def test_the_key_never_stands_in_the_page_or_its_link():
    app = in_room()

    assert server_auth().key not in markup(app)
    assert server_auth().key not in str(app.query_params)


# --- scenes without a room ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize(("number", "name"), [(scene.number, scene.name) for scene in list(SCENES.values())[1:]])
def test_each_scene_is_a_link_that_needs_no_room_and_no_key(lang, number, name):
    app = visit("present", scene=str(number), lang=lang)

    assert f"<h1>{WORDS[lang][f'scene.{name}']}</h1>" in markup(app)
    assert "stage-room" not in markup(app).replace(".stage-room", "")


def test_the_buttons_lead_through_all_scenes_and_back_to_the_front():
    app = visit("present", scene="1")
    for _ in range(SCENE_LAST - 1):
        press(app, "scene_next")
    assert app.session_state["scene"] == SCENE_LAST
    assert app.get_by_key("scene_next").disabled

    for _ in range(SCENE_LAST):
        press(app, "scene_former")
    assert "room_open" not in keys_of(app)
    assert "start_1" in keys_of(app)


def test_a_scene_goes_on_where_it_was_left():
    app = visit("present", scene="1")
    press(app, "played_on")
    press(app, "played_on")
    shown = markup(app)
    press(app, "scene_next")
    press(app, "scene_former")

    assert KO["scene.played_turn"].format(n=1) in shown
    assert KO["scene.played_turn"].format(n=1) in markup(app)


def test_notes_are_on_the_presenters_own_screen_only():
    note = KO["scene.noise_notes"].split("|")[0]

    assert note not in markup(visit("present", scene="2"))
    assert note in markup(visit("present", scene="2", notes="1"))


def test_scenes_show_practice_data_whatever_else_this_visitor_looks_at():
    assert markup(visit("present", scene="5", data="sample")).count("stage-products") >= 1


@pytest.mark.parametrize("number", range(1, SCENE_LAST + 1))
def test_the_public_view_of_a_scene_shows_nothing_exact(number):
    shown = re.sub(
        r"<style>.*?</style>", "", markup(visit("present", scene=str(number), only_public="1")), flags=re.DOTALL
    )

    assert KO["marks.insider"] not in shown
    assert "guess-frame" not in shown
    assert 'class="dots"' not in shown


# --- a room ------------------------------------------------------------------------------------------------------


def test_a_new_room_shows_its_code_and_a_code_to_scan():
    app = present()
    calm(app.get_by_key("join_address").set_value("192.168.0.5:8501").run())
    press(app, "room_open")
    code = room(app).code

    assert f"{code[:3]} {code[3:]}" in markup(app)
    assert '<img class="qr" src="data:image/svg+xml' in markup(app)
    assert "192.168.0.5:8501" in markup(app)
    assert room(app).scene == 0


def test_the_room_follows_the_presenter():
    app = press(press(in_room(), "scene_next"), "scene_next")

    assert room(app).scene == 2


def test_two_presenters_see_the_same_and_the_later_one_wins():
    first = press(in_room(), "scene_next")
    code = room(first).code
    second = unlock(visit("present", room=code))
    press(second, "scene_next")
    assert room(first).scene == 2

    calm(first.run())
    assert f"<h1>{KO['scene.noise']}</h1>" in markup(first)
    press(first, "scene_former")
    assert room(first).scene == 1


def test_an_onlooker_without_the_key_follows_but_cannot_lead():
    leader = press(in_room(), "scene_next")
    code = room(leader).code
    onlooker = visit("present", room=code, scene="5")

    assert f"<h1>{KO['scene.played']}</h1>" in markup(onlooker)
    assert not keys_of(onlooker) & {"scene_next", "scene_former", "room_reveal", "room_close", "reset", "played_on"}


def test_results_are_revealed_and_hidden_and_the_room_closed_and_reopened():
    app = in_room()
    press(app, "room_reveal")
    assert room(app).is_revealed
    press(app, "room_hide")
    assert not room(app).is_revealed
    press(app, "room_close")
    assert not room(app).is_open
    press(app, "room_reopen")
    assert room(app).is_open


def menu(app):
    """Return the name of the presenter's menu: one of another name is a new one, which is folded."""
    (found,) = app.get("popover")
    return found.proto.id


@pytest.mark.parametrize("choice", ["room_reveal", "room_close", "scene_next"])
def test_the_menu_folds_away_after_a_choice(choice):
    app = in_room()
    before = menu(app)
    assert menu(calm(app.run())) == before

    assert menu(press(app, choice)) != before


def test_the_epsilon_of_the_stage_is_told_to_the_room_and_taken_from_it():
    app = press(press(in_room(), "scene_next"), "scene_next")
    calm(app.get_by_key("epsilon").set_value(0.1).run())
    assert room(app).stage["epsilon"] == "0.1"

    survey_store().change_room(room(app).code, stage={"epsilon": "5"})
    calm(app.run())
    assert app.session_state["epsilon"] == 5.0


def test_the_recommendations_of_a_room_are_at_the_epsilon_of_its_dial_on_every_screen():
    app = press(press(press(in_room(), "scene_next"), "scene_next"), "scene_next")
    calm(app.get_by_key("epsilon").set_value(0.1).run())
    press(press(app, "scene_next"), "scene_next")
    onlooker = visit("present", room=room(app).code)

    assert room(app).stage["epsilon"] == "0.1"
    assert "ε 0.13" in markup(onlooker)


def test_a_black_screen_is_black_on_every_screen_of_the_room_until_the_scene_goes_on():
    app = press(press(in_room(), "scene_next"), "notes_open")
    press(app, "scene_black")
    onlooker = visit("present", room=room(app).code)
    assert 'class="stage-black"' in markup(onlooker)

    press(app, "scene_next")
    press(app, "scene_former")
    assert 'class="stage-black"' not in markup(calm(onlooker.run()))


def test_a_reset_asks_first_and_then_empties_the_room():
    app = press(in_room(), "notes_open")
    code = room(app).code
    survey_store().join(code, "t" * 22, at=datetime.now(UTC))
    press(app, "reset")
    assert KO["present.reset_unsure"] in notices(app)
    assert room(app).joined == 1

    app.get_by_key("reset_sure").set_value(True)
    press(app, "reset")
    assert (room(app).joined, room(app).generation) == (0, 2)


# --- guess who ---------------------------------------------------------------------------------------------------


def vote(app, number, *votes):
    """Let so many phones vote in a round."""
    for i, choice in enumerate(votes):
        answer = Answer(
            question=vote_key(number), choices=(choice,), submission=f"vote-{number}-{i}", at=datetime.now(UTC)
        )
        survey_store().submit(room(app), f"phone-{i:016d}", [answer], at=datetime.now(UTC))


def test_votes_are_held_against_the_truth_once_it_is_revealed_and_not_before():
    app = in_room()
    for _ in range(4):
        press(app, "scene_next")
    vote(app, 1, "in", "in", "out")
    calm(app.run())
    assert 'class="votes-bars"' not in markup(app)
    assert KO["scene.guess_voted"].format(people="3명") in markup(app)
    assert GuessStage.read(room(app).stage).revealed == ()

    press(app, "guess_step")
    truth = GuessStage.read(room(app).stage).revealed[0]
    right = "67%" if truth == "in" else "33%"
    assert f"<b>{right}</b>" in markup(app)
    assert KO[f"attack.{truth}"] in markup(app)


def test_the_picture_of_guess_who_says_what_its_marks_mean():
    shown = markup(visit("present", scene="4"))

    assert all(KO[f"attack.key_{mark}"] in shown for mark in ("person", "in", "out", "center", "other"))


def test_the_presenter_reads_who_has_joined_before_how_many():
    app = in_room()
    survey_store().join(room(app).code, "t" * 22, at=datetime.now(UTC))
    press(app, "notes_open")

    assert f"<span>{KO['present.joined_label']}</span><strong>1</strong>" in markup(app)


def test_private_rounds_are_counted_against_the_bound_and_the_plain_one_is_not():
    app = in_room()
    for _ in range(4):
        press(app, "scene_next")
    press(app, "guess_step")
    press(app, "guess_step")
    vote(app, 2, "in", "in", "in", "out")
    press(app, "guess_step")
    truths = GuessStage.read(room(app).stage).revealed

    share = "75%" if truths[1] == "in" else "25%"
    assert len(truths) == 2
    assert KO["scene.guess_reached"].format(reached=share) in markup(app)
    assert KO["scene.guess_bound"].format(bound="73%") in markup(app)


def test_votes_stay_counted_while_the_store_does_not_answer(monkeypatch):
    app = in_room()
    for _ in range(4):
        press(app, "scene_next")
    vote(app, 1, "in", "in", "out")
    calm(app.run())

    def away(*_arguments, **_named):
        raise SurveyError(SurveyProblem.UNAVAILABLE)

    for call in ("room", "glance", "tallies"):
        monkeypatch.setattr(survey_store(), call, away)
    calm(app.run())

    assert KO["scene.guess_voted"].format(people="3명") in markup(app)


# --- the survey's results ----------------------------------------------------------------------------------------


def answered(app, n_people):
    """Let so many phones find it helpful."""
    for i in range(n_people):
        answer = Answer(question="helpful", choices=("much",), submission=f"helpful-{i}", at=datetime.now(UTC))
        survey_store().submit(room(app), f"phone-{i:016d}", [answer], at=datetime.now(UTC))


def at_survey():
    """Open a room and lead it to the survey."""
    app = in_room()
    for _ in range(SCENE_LAST):
        press(app, "scene_next")
    return app


def test_results_stay_hidden_until_they_are_revealed_and_then_come_a_page_at_a_time():
    app = at_survey()
    answered(app, 5)
    assert "stage-results" not in markup(app).replace(".stage-results", "")

    press(app, "room_reveal")
    assert 'class="stage-waiting"' in markup(app)
    survey_store().change_room(room(app).code, stage={"page": "1"})
    calm(app.run())
    assert 'class="stage-results helpful"' in markup(app)
    assert "5명 · 100%" in markup(app)


def test_no_share_is_shown_of_four():
    app = at_survey()
    answered(app, 4)
    press(app, "room_reveal")
    survey_store().change_room(room(app).code, stage={"page": "1"})
    calm(app.run())

    assert "4명 · 100%" not in markup(app)
    assert KO["results.waiting"].format(least=5, people="4명") in markup(app)


# --- what goes wrong ---------------------------------------------------------------------------------------------


def test_a_room_that_is_gone_is_told_and_the_front_page_stands():
    app = visit("present", room="999999")

    assert KO["present.problem_unknown_room"] in notices(calm(app.run())) or "start_1" in keys_of(app)
    assert app.session_state["room"] == ""


def test_who_has_the_key_sees_the_open_room_fill_and_closes_and_clears_it():
    survey_store().open_room(survey=SURVEY.version, at=datetime.now(UTC), code=WEB_ROOM)
    anew = survey_store().reset_room(WEB_ROOM).generation
    survey_store().join(WEB_ROOM, "t" * 22, at=datetime.now(UTC))
    assert "room_close" not in keys_of(visit("present"))
    app = present()
    assert f"<span>{KO['present.lately_label']}</span><strong>1</strong>" in markup(app)

    press(app, "room_close")
    assert not survey_store().room(WEB_ROOM).is_open
    press(app, "room_reopen")
    app.get_by_key("reset_sure").set_value(True)
    press(app, "reset")
    assert (survey_store().room(WEB_ROOM).joined, survey_store().room(WEB_ROOM).generation) == (0, anew + 1)


def test_a_wrong_room_number_is_told():
    app = present()
    app.get_by_key("room_code").set_value("abc")
    press(app, "room_enter")

    assert KO["present.problem_unknown_room"] in notices(app)


def test_an_address_that_phones_cannot_reach_or_open_is_told():
    app = present()
    for typed, said in (
        ("javascript:alert(1)", KO["present.address_scheme"]),
        ("http://me:pw@host", KO["present.address_extra"]),
        ("localhost:8501", phrase_in(LANGUAGES["ko"], "present.address_local", address="localhost:8501")),
    ):
        calm(app.get_by_key("join_address").set_value(typed).run())
        assert said in warnings(app)


def test_a_store_that_does_not_answer_stops_no_scene(monkeypatch):
    app = press(in_room(), "scene_next")

    def away(*_arguments, **_named):
        raise SurveyError(SurveyProblem.UNAVAILABLE)

    for call in ("room", "glance", "change_room", "tallies"):
        monkeypatch.setattr(survey_store(), call, away)
    press(app, "scene_next")

    assert KO["present.problem_unavailable"] in warnings(app)
    assert f"<h1>{KO['scene.noise']}</h1>" in markup(app)


def test_words_of_the_audience_are_text_and_wait_for_the_presenter():
    app = in_room()
    words = "<script>alert(1)</script> **굵게** :smile:"
    answer = Answer(question="lacking", choices=(), text=words, submission="text-0001", at=datetime.now(UTC))
    survey_store().submit(room(app), "p" * 22, [answer], at=datetime.now(UTC))
    press(app, "notes_open")

    assert words in [text.value for text in app.text]
    assert survey_store().approved_texts(room(app)) == ()
    (waiting,) = survey_store().texts(room(app))
    press(app, f"text_{waiting.id}_approved")
    assert [text.text for text in survey_store().approved_texts(room(app))] == [words]
    assert words in [text.value for text in app.text]
