"""Updates of a room: phones ask over HTTP, learn nothing without the room's tag, and share one look at the room."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import anyio
import pytest
from starlette.applications import Starlette

from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import Room
from tests.ui import aside
from ui.survey import room_updates
from ui.survey.room_updates import RoomVersion, RoomVersions

ROOM = Room(
    code="123456",
    survey=1,
    generation=1,
    scene=3,
    stage={"round": "1", "epsilon": "1"},
    is_open=True,
    is_revealed=False,
    joined=5,
    finished=2,
    created=datetime.now(UTC),
    changed=17,
)


class Store:
    """A store with one room, that counts how often it is looked at."""

    def __init__(self):
        self.room = ROOM
        self.looks = 0
        self.problem = None
        self.wait = threading.Event()
        self.wait.set()

    def glance(self, code):
        self.looks += 1
        self.wait.wait(5)
        if self.problem or code != self.room.code:
            raise SurveyError(self.problem or SurveyProblem.UNKNOWN_ROOM)
        return self.room


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def ask(store, monkeypatch):
    monkeypatch.setattr(room_updates, "_versions", RoomVersions(store))

    def asked(code=ROOM.code, tag=None):
        return aside.run(_answer, f"{room_updates.PATH}/{code}/{tag or room_updates._authenticate(code)}")

    return asked


async def _answer(path):
    """Return status, text and headers of what is served at ``path``."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b"", "root_path": ""}
    await Starlette(routes=[room_updates.route])(scope, receive, send)
    start, *bodies = sent
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], b"".join(body["body"] for body in bodies).decode(), headers


def test_who_asks_is_told_what_the_room_shows_and_counts(ask):
    status, text, headers = ask()

    assert (status, text) == (200, RoomVersion.from_room(ROOM).write())
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("tag", ["0" * 16, "열려라", "x"])
def test_without_the_rooms_tag_a_room_and_no_room_are_the_same(ask, store, tag):
    for code in (ROOM.code, "999999"):
        assert ask(code, tag)[:2] == (404, "")
    assert store.looks == 0


def test_every_room_has_a_tag_of_its_own(ask):
    assert ask("999999", room_updates._authenticate(ROOM.code))[0] == 404


@pytest.mark.parametrize("problem", [SurveyProblem.UNAVAILABLE, SurveyProblem.UNKNOWN_ROOM])
def test_while_the_store_does_not_answer_no_version_is_known(ask, store, problem):
    store.problem = problem

    assert ask()[:2] == (200, "")


@pytest.mark.parametrize(
    "change",
    [
        {"scene": 4},
        {"stage": {"round": "2", "epsilon": "1"}},
        {"stage": {}},
        {"is_open": False},
        {"is_revealed": True},
        {"generation": 2},
    ],
)
def test_whatever_moves_phones_changes_the_version_of_the_view(change):
    assert RoomVersion.from_room(replace(ROOM, **change)).view != RoomVersion.from_room(ROOM).view


def test_an_answer_changes_the_version_of_the_results_alone():
    before = RoomVersion.from_room(ROOM)
    after = RoomVersion.from_room(replace(ROOM, changed=18, finished=3, joined=6))

    assert before.view == after.view
    assert before.results != after.results


def test_the_order_of_a_stage_changes_no_version():
    turned = replace(ROOM, stage={"epsilon": "1", "round": "1"})

    assert RoomVersion.from_room(turned) == RoomVersion.from_room(ROOM)


def test_phones_that_ask_at_the_same_moment_share_one_look(store, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(room_updates.time, "monotonic", lambda: now[0])
    versions = RoomVersions(store)

    async def many():
        return [await versions.get_or_read(ROOM.code) for _ in range(50)]

    assert len(set(aside.run(many))) == 1
    assert store.looks == 1
    now[0] += 2 * room_updates.FRESH_SECONDS
    aside.run(versions.get_or_read, ROOM.code)
    assert store.looks == 2


def test_one_slow_look_keeps_nobody_else_waiting(store):
    versions = RoomVersions(store)

    async def scenario():
        known = await versions.get_or_read(ROOM.code)
        await anyio.sleep(2 * room_updates.FRESH_SECONDS)
        store.wait.clear()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(versions.get_or_read, ROOM.code)
            await anyio.sleep(0.05)
            others = [await versions.get_or_read(ROOM.code) for _ in range(50)]
            store.wait.set()
        return known, others

    known, others = aside.run(scenario)
    assert set(others) == {known}
    assert store.looks == 2


def test_only_so_many_rooms_are_remembered(store, monkeypatch):
    monkeypatch.setattr(room_updates, "ROOMS_ASKED_ABOUT", 3)
    versions = RoomVersions(store)

    async def many():
        for number in range(10):
            await versions.get_or_read(f"{number:06}")

    aside.run(many)
    assert len(versions._read) == 3
