"""One store for each database: what holds for the file holds for PostgreSQL."""

import pytest
from sqlalchemy import create_engine, text

from store.database import Database, database_url
from store.survey import DatabaseStore
from tests.store import postgres
from tests.store.people import NOON

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def cluster():
    """Start PostgreSQL once."""
    with postgres.running() as started:
        yield started


@pytest.fixture(params=BOTH)
def url(request, tmp_path):
    """Give a test an empty database."""
    if request.param == "sqlite":
        return database_url(str(tmp_path / "survey.db"))
    running = request.getfixturevalue("cluster")
    engine = create_engine(running.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return running.url


@pytest.fixture
def engine(url):
    """Open the database."""
    opened = create_engine(url, pool_pre_ping=True, hide_parameters=True)
    yield opened
    opened.dispose()


@pytest.fixture
def store(engine):
    """Open the store on an empty database; it does not wait for long."""
    return DatabaseStore(Database(engine, write_seconds=1.0, read_seconds=0.5))


@pytest.fixture
def room(store):
    """Open a room."""
    return store.open_room(survey=1, at=NOON)
