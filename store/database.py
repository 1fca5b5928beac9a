"""The database: opened through Streamlit's connection, so that every answer it confirms is on disk."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, TypeVar, cast

import streamlit as st
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL
from streamlit.runtime.secrets import secrets_singleton

from core.survey.problems import SurveyError, SurveyProblem
from store.complaints import Complaints
from store.migrations import is_newest, migrate
from store.retry import READ_SECONDS, WRITE_SECONDS, with_retries

Result = TypeVar("Result")

#: A file's path or a database's address; `[connections.survey]` of secrets.toml goes before it.
URL_VARIABLE = "SAGRAM_SURVEY"
DEFAULT_FILE = Path(__file__).parents[1] / "survey.db"

CONNECT_SECONDS = 3
STATEMENT_SECONDS = 5
#: Writers of this process queue before the database; only another process's writer is waited for this long.
BUSY_SECONDS = 5
#: Look whether a connection still lives before using it; keep what people wrote out of error messages.
#: A connection is waited for no longer than a look: SQLAlchemy's own half a minute is longer than anybody stays.
_ENGINE: dict[str, Any] = {"pool_pre_ping": True, "hide_parameters": True, "pool_timeout": READ_SECONDS}


class Database:
    """An engine whose transactions read fresh or write durably, migrated before its first use.

    Args:
        engine: Of SQLite in a file or of PostgreSQL.
        write_seconds: How long a write is retried while the database is away.
        read_seconds: How long a look is.
    """

    def __init__(
        self, engine: Engine, *, write_seconds: float = WRITE_SECONDS, read_seconds: float = READ_SECONDS
    ) -> None:
        self._readers = engine
        self._writers = engine.execution_options(writes=True)
        self._is_file = engine.dialect.name == "sqlite"
        self._write_seconds = write_seconds
        self._read_seconds = read_seconds
        # SQLite lets writers in at random, so that an unlucky one of fifty may wait for very long; a lock is fair.
        self._write_lock = Lock()
        self._complaints = Complaints()
        self._migration_lock = Lock()
        self._is_migrated = False
        _listen(engine)

    def read(self, query: Callable[[Connection], Result]) -> Result:
        """Return what ``query`` finds in the database as it is now."""

        def once(seconds: float) -> Result:
            self._migrate(seconds)
            with self._readers.begin() as connection:
                return query(connection)

        with self._complaints.telling():
            return with_retries(once, seconds=self._read_seconds)

    def write(self, change: Callable[[Connection], Result]) -> Result:
        """Do ``change`` in a transaction: all of it is on disk when this returns, nothing when it raises.

        It may run again although it succeeded, if its confirmation was lost: done twice, it must be the same.
        """

        def once(seconds: float) -> Result:
            self._migrate(seconds)
            with self._transaction(seconds) as connection:
                return change(connection)

        with self._complaints.telling():
            return with_retries(once, seconds=self._write_seconds)

    @contextmanager
    def _transaction(self, seconds: float) -> Iterator[Connection]:
        """Begin to write once it is this writer's turn, for which it waits so many seconds in all."""
        until = monotonic() + seconds
        with self._turn(seconds):
            busy = min(max(until - monotonic(), 0.0), BUSY_SECONDS)
            with self._writers.execution_options(busy_seconds=busy).begin() as connection:
                yield connection

    @contextmanager
    def _turn(self, seconds: float) -> Iterator[None]:
        if not self._is_file:
            yield
            return
        if not self._write_lock.acquire(timeout=seconds):
            raise SurveyError(SurveyProblem.UNAVAILABLE, "writers queue for longer than one may wait")
        try:
            yield
        finally:
            self._write_lock.release()

    def _migrate(self, seconds: float) -> None:
        if self._is_migrated:
            return
        with self._migration_lock:
            # Looking first lets a database that may only be read be read.
            with self._readers.begin() as connection:
                self._is_migrated = is_newest(connection)
            if not self._is_migrated:
                with self._transaction(seconds) as connection:
                    migrate(connection)
                self._is_migrated = True


@st.cache_resource(show_spinner=False)
def server_database() -> Database:
    """Return the server's one database, which answers and ledgers share."""
    return connect()


def connect() -> Database:
    """Open the database: where secrets.toml says, else where the environment says, else a file beside app.py.

    Nothing is asked of the database yet, so that a page can tell a database that is away from a broken app.
    """
    options = _ENGINE if _is_in_secrets() else _ENGINE | {"url": database_url(os.environ.get(URL_VARIABLE, ""))}
    return Database(st.connection("survey", type="sql", **options).engine)


def database_url(text: str) -> str:
    """Return the database's address from what the environment says: an address, a file's path, or nothing."""
    if "://" in text:
        return text
    path = Path(text).expanduser().absolute() if text else DEFAULT_FILE
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def _is_in_secrets() -> bool:
    # Asking `st.secrets` itself shows an error on the page where there is no file.
    if not secrets_singleton.load_if_toml_exists():
        return False
    return "survey" in cast("dict[str, Any]", secrets_singleton.get("connections", {}))


def _listen(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_file)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "do_connect", _limit_waiting)


def _prepare_file(connection: sqlite3.Connection, _record: object) -> None:
    """Set up a connection to SQLite: readers and a writer at once, every commit on disk, transactions begun by us."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A writer that begins as a reader is refused at once when another writes first: it must say so at its beginning.
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(1000 * options.get('busy_seconds', BUSY_SECONDS))}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _limit_waiting(_dialect: object, _record: object, _arguments: object, parameters: dict[str, Any]) -> None:
    parameters.setdefault("connect_timeout", CONNECT_SECONDS)
    parameters.setdefault("options", f"-c statement_timeout={STATEMENT_SECONDS * 1000} -c synchronous_commit=on")
