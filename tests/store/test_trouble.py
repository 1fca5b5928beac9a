"""A disk that is full or read-only, a database that goes away: a refusal with its name, and nothing lost."""

import time
from contextlib import contextmanager
from threading import Timer

import pytest
from sqlalchemy import create_engine, event

from core.survey.problems import SurveyError, SurveyProblem
from core.survey.texts import TextState
from store.database import Database
from store.survey import DatabaseStore
from tests.store.people import NOON, answer, later, token


def refused_with(call, *arguments, **named):
    try:
        call(*arguments, **named)
    except SurveyError as refused:
        return refused.problem
    return None


# --- a full disk -------------------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path):
    """Give a file of SQLite on a disk that a test can fill and empty."""
    engine = create_engine(f"sqlite:///{tmp_path / 'survey.db'}")
    allowed = {"pages": 2**30}

    @event.listens_for(engine, "checkout")
    def limit(connection, _record, _proxy):
        # SQLite sets no limit below the pages there are: none of those can be taken away, only new ones refused.
        connection.execute(f"PRAGMA max_page_count = {allowed['pages']}")

    yield engine, allowed
    engine.dispose()


def test_a_full_disk_is_named_keeps_what_was_confirmed_and_takes_answers_again_once_there_is_space(disk):
    engine, allowed = disk
    store = DatabaseStore(Database(engine, write_seconds=1.0))
    room, kept = store.open_room(survey=1, at=NOON), set()
    allowed["pages"] = 1

    def send(number):
        sent = [answer(f"q{number}", text="가" * 500) for number in range(9)]
        store.submit(room, f"{number:032}", sent, at=later(number))
        kept.update(each.submission for each in sent)

    number = 0
    while (problem := refused_with(send, number)) is None:
        number += 1

    assert problem is SurveyProblem.DISK_FULL
    assert {row.answer.submission for row in store.rows(room.code)} == kept
    assert store.room(room.code).joined == number

    allowed["pages"] = 2**30
    send(number)
    assert {row.answer.submission for row in store.rows(room.code)} == kept


# --- a read-only database ----------------------------------------------------------------------------------------


@contextmanager
def read_only(engine):
    """Open the same database so that it may only be read."""
    if engine.dialect.name == "sqlite":
        opened = create_engine(f"sqlite:///file:{engine.url.database}?mode=ro&uri=true")
    else:
        opened = create_engine(engine.url.update_query_dict({"options": "-c default_transaction_read_only=on"}))
    yield opened
    opened.dispose()


def test_a_read_only_database_is_read_and_names_itself_to_who_writes_and_to_the_log(engine, store, caplog):
    room, mine = store.open_room(survey=1, at=NOON), token()
    store.submit(room, mine, [answer("use", "yes", text="말")], at=NOON)

    with read_only(engine) as opened:
        frozen = DatabaseStore(Database(opened, write_seconds=1.0, read_seconds=1.0))
        assert frozen.room(room.code) == store.room(room.code)
        assert frozen.join(room.code, mine, at=NOON).joined == 1
        (waiting,) = frozen.texts(frozen.room(room.code))
        for write in (
            lambda: frozen.submit(room, mine, [answer("use", "no")], at=NOON),
            lambda: frozen.join(room.code, token(), at=NOON),
            lambda: frozen.open_room(survey=1, at=NOON),
            lambda: frozen.change_room(room.code, scene=2),
            lambda: frozen.reset_room(room.code),
            lambda: frozen.judge(waiting.id, TextState.APPROVED),
        ):
            assert refused_with(write) is SurveyProblem.READ_ONLY

    assert len(store.rows(room.code)) == 1
    assert [said.partition(" (")[0] for said in caplog.messages] == ["The survey's database: it may only be read"]


def test_a_writer_waits_for_its_turn_no_longer_than_was_promised(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'survey.db'}")
    store = DatabaseStore(Database(engine, write_seconds=0.3))
    room = store.open_room(survey=1, at=NOON)
    with store._database._transaction(1.0):
        start = time.monotonic()
        assert refused_with(store.submit, room, token(), [answer()], at=NOON) is SurveyProblem.UNAVAILABLE
        assert time.monotonic() - start < 2
    # Another process's writer is waited for no longer either.
    with create_engine(engine.url).connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        start = time.monotonic()
        assert refused_with(store.submit, room, token(), [answer()], at=NOON) is SurveyProblem.UNAVAILABLE
        assert time.monotonic() - start < 2

    assert store.submit(room, token(), [answer()], at=NOON) == 1


# --- a database that is away -------------------------------------------------------------------------------------


def test_a_file_that_is_no_database_is_told_as_one_that_is_away_and_to_the_log(tmp_path, caplog):
    path = tmp_path / "survey.db"
    path.write_text("not a database" * 1000, encoding="utf-8")
    engine = create_engine(f"sqlite:///{path}")
    store = DatabaseStore(Database(engine, write_seconds=0.1, read_seconds=0.1))

    assert refused_with(store.room, "123456") is SurveyProblem.UNAVAILABLE
    assert refused_with(store.open_room, survey=1, at=NOON) is SurveyProblem.UNAVAILABLE
    assert path.read_text(encoding="utf-8").startswith("not a database")
    assert caplog.messages == [
        "The survey's database: it does not answer, or is no database (unavailable: DatabaseError)."
    ]
    engine.dispose()


def test_a_folder_that_is_not_there_is_told_as_a_database_that_is_away(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'gone' / 'survey.db'}")
    store = DatabaseStore(Database(engine, write_seconds=0.1, read_seconds=0.1))

    assert refused_with(store.open_room, survey=1, at=NOON) is SurveyProblem.UNAVAILABLE
    assert refused_with(store.glance, "123456") is SurveyProblem.UNAVAILABLE


@pytest.fixture
def away(cluster):
    """Let a test stop PostgreSQL, and start it again after the test at the latest."""
    stopped = []

    class Away:
        def stop(self):
            cluster.stop()
            stopped.append(True)

        def start(self):
            if stopped:
                cluster.start()
                stopped.clear()

    switch = Away()
    yield switch
    switch.start()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_postgresql_that_stays_away_is_told_and_comes_back_without_a_restart_of_the_app(store, away):
    room, mine = store.open_room(survey=1, at=NOON), token()
    first, second = answer("use", "yes"), answer("use", "no", at=later(1))
    store.submit(room, mine, [first], at=NOON)

    away.stop()
    assert refused_with(store.submit, room, mine, [second], at=NOON) is SurveyProblem.UNAVAILABLE
    assert refused_with(store.room, room.code) is SurveyProblem.UNAVAILABLE
    assert refused_with(store.glance, room.code) is SurveyProblem.UNAVAILABLE
    assert refused_with(store.tallies, room) is SurveyProblem.UNAVAILABLE

    away.start()
    assert store.submit(room, mine, [first, second], at=NOON) == 1
    assert store.answers_of(room.code, mine) == {"use": second}


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_an_answer_that_was_sent_while_postgresql_restarted_is_kept(engine, away):
    store = DatabaseStore(Database(engine, write_seconds=60.0))
    room = store.open_room(survey=1, at=NOON)
    away.stop()
    back = Timer(0.5, away.start)
    back.start()

    assert store.submit(room, token(), [answer("use", "yes")], at=NOON) == 1
    back.join()
    assert store.tallies(store.room(room.code))["use"].people == 1


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_postgresql_that_accepts_nobody_is_not_waited_for_longer_than_said(engine, away):
    store = DatabaseStore(Database(engine, read_seconds=0.2))
    away.stop()
    start = time.monotonic()

    assert refused_with(store.room, "123456") is SurveyProblem.UNAVAILABLE
    assert time.monotonic() - start < 30


def setting(engine, name):
    with engine.connect() as connection:
        word = "PRAGMA" if engine.dialect.name == "sqlite" else "SHOW"
        return str(connection.exec_driver_sql(f"{word} {name}").scalar_one())


def test_every_commit_waits_for_the_disk(engine, store):
    store.open_room(survey=1, at=NOON)

    if engine.dialect.name == "sqlite":
        # 2 is FULL: the log is on disk before a commit returns.
        assert (setting(engine, "synchronous"), setting(engine, "journal_mode")) == ("2", "wal")
    else:
        assert (setting(engine, "synchronous_commit"), setting(engine, "fsync")) == ("on", "on")


def test_nothing_waits_for_another_for_ever(engine, store):
    store.open_room(survey=1, at=NOON)

    if engine.dialect.name == "sqlite":
        assert setting(engine, "busy_timeout") == "5000"
    else:
        assert setting(engine, "statement_timeout") == "5s"
