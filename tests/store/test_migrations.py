from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import MetaData, UniqueConstraint, create_engine, inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from core.survey.problems import SurveyProblem
from store import migrations
from store.database import Database
from store.migrations import MIGRATIONS, is_newest, migrate, version
from store.schema import tables
from store.survey import DatabaseStore
from tests.store.people import NOON, answer, refusal, token

#: A step as a later version of the app may bring it.
LATER = ("ALTER TABLE rooms ADD COLUMN title TEXT NOT NULL DEFAULT ''", "CREATE INDEX rooms_by_title ON rooms (title)")


@pytest.fixture
def database(engine):
    return Database(engine)


def run(database, steps=MIGRATIONS):
    with database._transaction(1.0) as connection:
        return migrate(connection, steps)


def test_the_steps_end_at_the_tables_that_the_store_uses(engine, database):
    run(database)
    found = MetaData()
    found.reflect(engine)

    assert set(found.tables) == {*tables.tables, "migrations"}
    for name, table in tables.tables.items():
        columns = {column.name: column for column in found.tables[name].columns}
        assert list(columns) == [column.name for column in table.columns]
        for column in table.columns:
            assert columns[column.name].nullable == column.nullable, column
            assert columns[column.name].primary_key == column.primary_key, column
            assert columns[column.name].type._type_affinity == column.type._type_affinity, column
            assert len(columns[column.name].foreign_keys) == len(column.foreign_keys), column


def test_the_steps_make_the_indexes_and_what_must_be_there_once(engine, database):
    run(database)
    looked = inspect(engine)

    for name, table in tables.tables.items():
        indexes = {index["name"]: index["column_names"] for index in looked.get_indexes(name)}
        for index in table.indexes:
            assert indexes[index.name] == [column.name for column in index.columns]
        once = {frozenset(unique["column_names"]) for unique in looked.get_unique_constraints(name)}
        wanted = [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
        assert once == {frozenset(column.name for column in rule.columns) for rule in wanted}


def test_each_step_runs_once(database):
    assert run(database) == 0
    assert run(database) == len(MIGRATIONS)
    assert database.read(version) == len(MIGRATIONS)
    assert database.read(is_newest)


def test_an_older_database_comes_to_the_newest_version_with_everything_in_it(engine, database, monkeypatch):
    older = DatabaseStore(database)
    room, mine = older.open_room(survey=1, at=NOON), token()
    older.submit(room, mine, [answer("helpful", "yes", text="말")], at=NOON)

    assert run(database, (*MIGRATIONS, LATER)) == len(MIGRATIONS)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT code, title FROM rooms")).all() == [(room.code, "")]
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, LATER))
    newer = DatabaseStore(Database(engine))
    assert newer.answers_of(room.code, mine) == older.answers_of(room.code, mine)
    assert len(newer.rows(room.code)) == 1


def test_a_database_of_a_newer_version_is_neither_written_nor_read_and_the_log_says_why(engine, database, caplog):
    room = DatabaseStore(database).open_room(survey=1, at=NOON)
    run(database, (*MIGRATIONS, LATER))
    older = DatabaseStore(Database(engine))

    assert refusal(older.open_room, survey=1, at=NOON) is SurveyProblem.NEWER
    assert refusal(older.room, room.code) is SurveyProblem.NEWER
    (said,) = caplog.messages
    assert f"step {len(MIGRATIONS) + 1}" in said
    assert f"knows {len(MIGRATIONS)}" in said


def test_a_step_that_fails_leaves_the_database_as_it_was(engine, database):
    run(database)
    with pytest.raises((OperationalError, ProgrammingError)):
        run(database, (*MIGRATIONS, (*LATER, "CREATE TABLE rooms (code TEXT)")))

    assert "title" not in {column["name"] for column in inspect(engine).get_columns("rooms")}
    assert database.read(version) == len(MIGRATIONS)


def test_servers_that_start_at_the_same_moment_migrate_once(url):
    together = Barrier(4)

    def start(_):
        engine = create_engine(url)
        store = DatabaseStore(Database(engine))
        together.wait()
        room = store.open_room(survey=1, at=NOON, code="WEB")
        engine.dispose()
        return room

    with ThreadPoolExecutor(4) as servers:
        assert len(set(servers.map(start, range(4)))) == 1
