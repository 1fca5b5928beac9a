"""A scene is one record: stage, phones, keys, notes and links ask it. The example of the docs is drawn as it stands."""

import re
import tomllib
import types
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.survey.limits import SCENE_MAX
from core.survey.questions import SURVEY
from core.survey.rooms import Room
from store.survey import survey_store
from tests.pages.visit import calm, go, markup, move, notices, press, visit
from ui.languages import LANGUAGES
from ui.markup import ASSETS
from ui.present import rehearsal
from ui.present.presenter_auth import server_auth
from ui.present.scenes.registry import SCENES
from ui.text import phrases

EXAMPLE = (Path(__file__).parents[2] / "docs" / "add-a-scene.md").read_text(encoding="utf-8")
KO = phrases("ko")


def blocks(kind):
    """Return the blocks of code of a kind that the example has."""
    return re.findall(rf"```{kind}\n(.*?)```", EXAMPLE, flags=re.DOTALL)


@pytest.fixture
def scene(monkeypatch):
    """Do what the example says, for one test: its module, its record, its phrases."""
    (source,) = blocks("python")
    module = types.ModuleType("ui.present.scenes.questions")
    exec(compile(source, "docs/add-a-scene.md", "exec"), module.__dict__)  # noqa: S102 - our own example
    monkeypatch.setitem(SCENES, module.SCENE.number, module.SCENE)
    for language, text in zip(LANGUAGES, blocks("toml"), strict=True):
        for key, said in tomllib.loads(text).items():
            monkeypatch.setitem(phrases(language), f"scene.{key}", said)
    return module.SCENE


def presenter(**link):
    """Open the page as the presenter."""
    app = visit("present", **link)
    app.get_by_key("presenter_key").set_value(server_auth().key)
    return press(app, "key_done")


def phone(room):
    """Open the survey as a phone in the room that has said who it is."""
    app = visit("home", room=room.code)
    app.session_state["tokens"] = {room.code: "f" * 32}
    return go(app, "survey")


# --- the example -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_new_scene_is_on_the_stage_by_its_link(scene, language):
    app = visit("present", scene=str(scene.number), lang=str(language))

    assert f"<h1>{phrases(language)['scene.questions']}</h1>" in markup(app)
    assert [metric.value for metric in app.metric] == ["ε 0"]


def test_a_new_scene_goes_on_at_the_slider_s_epsilon(scene):
    app = visit("present", scene=str(scene.number), notes="1")
    assert KO["scene.questions_notes"].split("|")[1] in markup(app)
    press(app, "scene_step")
    press(app, "scene_step")
    press(app, "notes_close")
    move(app, "epsilon", 0.5)

    assert [metric.value for metric in app.metric] == ["ε 1"]


def test_a_new_scene_is_on_the_list_and_follows_the_former_last_one(scene):
    app = press(visit("present"), f"start_{scene.number}")
    assert app.get_by_key("scene_next").disabled

    press(app, "scene_former")
    assert f"<h1>{KO['scene.voices']}</h1>" in markup(app)


def test_phones_follow_to_a_new_scene_and_the_room_carries_its_epsilon(scene):
    app = press(presenter(), "room_open")
    code = app.session_state["room"]
    for _ in range(scene.number):
        press(app, "scene_next")
    move(app, "epsilon", 0.1)
    room = survey_store().room(code)

    assert (room.scene, room.stage["epsilon"]) == (scene.number, "0.1")
    shown = markup(phone(room))
    assert KO["scene.questions_phone"] in shown
    assert KO["scene.questions_phone_text"] in shown


def test_a_new_scene_is_rehearsed_and_prepared_if_it_wants_to_be(scene, monkeypatch):
    done = []
    monkeypatch.setitem(SCENES, 7, replace(scene, rehearse=lambda: done.append("rehearsed"), prepare=done.append))
    rehearsal.rehearse()
    press(presenter(), "room_open")

    assert done[0] == "rehearsed"
    assert isinstance(done[1], Room)


# --- the registry ------------------------------------------------------------------------------------------------


def test_no_scene_that_rooms_were_kept_in_has_changed_its_number():
    kept = {0: "lobby", 1: "played", 2: "noise", 3: "beside", 4: "guess", 5: "products", 6: "voices"}

    assert {number: SCENES[number].name for number in kept} == kept


def test_scenes_are_numbered_without_a_gap_as_far_as_a_room_can_count():
    assert list(SCENES) == list(range(len(SCENES)))
    assert max(SCENES) <= SCENE_MAX


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.name)
def test_every_scene_has_its_phrases_and_its_picture(scene):
    ends = ["", "_ask", "_notes"] + (["_phone", "_phone_text"] if scene.phone is None else [])

    assert not [end for end in ends if f"scene.{scene.name}{end}" not in KO]
    assert (ASSETS / "pictures" / f"{scene.picture}.svg").exists()


def test_a_link_to_no_scene_says_so_and_shows_the_front_page():
    app = visit("present", scene=str(max(SCENES) + 1))

    assert notices(app) == [KO["notice.bad_link"].format(setting=KO["settings.scene"])]
    assert app.get_by_key("start_1")


def test_a_room_that_is_further_than_this_server_goes_shows_the_last_scene():
    room = survey_store().open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=SCENE_MAX)

    assert f"<h1>{KO['scene.voices']}</h1>" in markup(calm(visit("present", room=room.code)))
