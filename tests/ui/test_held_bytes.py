"""Bytes that the server holds for its visitors, and sessions that are gone."""

import pytest

from ui.server import held_bytes
from ui.server.held_bytes import GONE_SECONDS, HeldBytes


def _upload(held, session, file, size, *, is_kept=True):
    upload = object()
    held.begin(session, upload, file=file, declared=0)
    held.receive(session, upload, received=size, more=size)
    held.settle(session, upload, received=size, is_kept=is_kept)


def test_a_file_sent_again_takes_its_own_place():
    held = HeldBytes(total_max=100)
    _upload(held, "s", "f", 60)
    _upload(held, "s", "f", 40)
    _upload(held, "s", "g", 50)
    _upload(held, "s", "h", 10)

    assert held.is_full
    held.delete("s", "f")
    assert not held.is_full


def test_nothing_is_kept_of_an_upload_that_failed():
    held = HeldBytes(total_max=10)
    _upload(held, "s", "f", 10, is_kept=False)

    assert not held.is_full
    assert not held._sessions


def test_deletes_of_what_is_not_there_forgive_nothing():
    held = HeldBytes(total_max=10)
    _upload(held, "s", "f", 10)
    for session, file in (("s", "other"), ("other", "f")):
        held.delete(session, file)

    assert held.is_full


def test_a_session_that_is_gone_frees_its_bytes_once_it_can_no_longer_come_back(monkeypatch):
    here, now = {"s"}, [0.0]
    monkeypatch.setattr(held_bytes, "monotonic", lambda: now[0])
    held = HeldBytes(knows=here.__contains__, total_max=10)
    _upload(held, "s", "f", 10)
    here.clear()

    assert not held.has_room("t")
    now[0] = GONE_SECONDS - 1
    assert not held.has_room("t")
    now[0] = GONE_SECONDS + 1
    assert held.has_room("t")
    assert not held._sessions


def test_a_session_that_came_back_keeps_its_bytes(monkeypatch):
    here, now = set(), [0.0]
    monkeypatch.setattr(held_bytes, "monotonic", lambda: now[0])
    held = HeldBytes(knows=here.__contains__, total_max=10)
    _upload(held, "s", "f", 10)
    held.has_room("t")
    here.add("s")
    held.has_room("t")
    here.clear()
    now[0] = GONE_SECONDS + 1

    assert not held.has_room("t")


def test_no_more_sessions_are_remembered_than_can_be_and_none_is_forgotten_for_another(monkeypatch):
    monkeypatch.setattr(held_bytes, "SESSIONS_MAX", 2)
    held = HeldBytes()
    for session in ("a", "b"):
        _upload(held, session, "f", 1)

    assert [held.has_room(session) for session in ("a", "b", "c")] == [True, True, False]


@pytest.mark.parametrize("exists", [True, False])
def test_without_a_server_every_session_is_known_and_with_one_only_those_who_are_in_it(monkeypatch, exists):
    class Runtime:
        def is_active_session(self, session):
            return session == "here"

    monkeypatch.setattr(held_bytes.runtime, "exists", lambda: exists)
    monkeypatch.setattr(held_bytes.runtime, "get_instance", Runtime)

    assert [held_bytes.is_session(name) for name in ("here", "invented")] == [True, not exists]
