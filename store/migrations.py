"""Migrations: numbered steps from an empty database to the newest tables; each runs once, all in one transaction."""

from collections.abc import Sequence

from sqlalchemy import Connection, inspect, text

from core.survey.problems import SurveyError, SurveyProblem

#: One entry a step, in order; a step that was released is never changed. ``{id}`` is a self-numbering key.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE rooms (
            code TEXT NOT NULL PRIMARY KEY,
            survey INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            scene INTEGER NOT NULL,
            stage TEXT NOT NULL,
            is_open BOOLEAN NOT NULL,
            is_revealed BOOLEAN NOT NULL,
            created BIGINT NOT NULL,
            changed BIGINT NOT NULL
        )""",
        """CREATE TABLE participants (
            id {id},
            room TEXT NOT NULL REFERENCES rooms (code),
            generation INTEGER NOT NULL,
            token_hash TEXT NOT NULL,
            joined BIGINT NOT NULL,
            finished BIGINT,
            CONSTRAINT participants_once UNIQUE (room, generation, token_hash)
        )""",
        "CREATE INDEX participants_by_time ON participants (room, generation, joined)",
        """CREATE TABLE answers (
            id {id},
            participant BIGINT NOT NULL REFERENCES participants (id),
            room TEXT NOT NULL REFERENCES rooms (code),
            generation INTEGER NOT NULL,
            survey INTEGER NOT NULL,
            question TEXT NOT NULL,
            choices TEXT NOT NULL,
            text TEXT NOT NULL,
            submission TEXT NOT NULL,
            given BIGINT NOT NULL,
            CONSTRAINT answers_once UNIQUE (participant, question, submission)
        )""",
        "CREATE INDEX answers_by_time ON answers (room, generation, given)",
        """CREATE TABLE judgements (
            answer BIGINT NOT NULL PRIMARY KEY REFERENCES answers (id),
            state TEXT NOT NULL
        )""",
    ),
    (
        """CREATE TABLE ledgers (
            id {id},
            cap DOUBLE PRECISION NOT NULL
        )""",
        """CREATE TABLE ledger_names (
            name TEXT NOT NULL PRIMARY KEY,
            ledger BIGINT NOT NULL REFERENCES ledgers (id)
        )""",
        "CREATE INDEX ledger_names_by_ledger ON ledger_names (ledger)",
        """CREATE TABLE charges (
            id {id},
            ledger BIGINT NOT NULL REFERENCES ledgers (id),
            submission TEXT NOT NULL,
            what TEXT NOT NULL,
            epsilon DOUBLE PRECISION NOT NULL,
            loss DOUBLE PRECISION NOT NULL,
            charged BIGINT NOT NULL,
            CONSTRAINT charges_once UNIQUE (submission)
        )""",
        "CREATE INDEX charges_by_ledger ON charges (ledger)",
    ),
    (
        """CREATE TABLE presenters (
            name TEXT NOT NULL PRIMARY KEY,
            ends BIGINT NOT NULL
        )""",
    ),
)

_ID = {
    "sqlite": "INTEGER NOT NULL PRIMARY KEY",
    "postgresql": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
}
#: Names the lock that servers doing the same at the same moment wait for in PostgreSQL.
_LOCK = 20_260_528
#: Names the lock that all who charge a ledger wait for there: charges are few, and two at once must not pass a cap.
LEDGERS_LOCK = 20_261_129


def migrate(connection: Connection, steps: Sequence[Sequence[str]] = MIGRATIONS) -> int:
    """Take the database to the newest version; free if it is there. Call it inside a writing transaction.

    Returns:
        The version the database had before: the number of steps that had run.
    """
    lock_writers(connection)
    dialect = connection.dialect.name
    connection.execute(text("CREATE TABLE IF NOT EXISTS migrations (number INTEGER NOT NULL PRIMARY KEY)"))
    before = version(connection)
    for number, statements in enumerate(steps[before:], start=before + 1):
        for statement in statements:
            connection.execute(text(statement.replace("{id}", _ID[dialect])))
        connection.execute(text("INSERT INTO migrations (number) VALUES (:number)"), {"number": number})
    return before


def lock_writers(connection: Connection, lock: int = _LOCK) -> None:
    """Wait until no other transaction that took this lock is under way; SQLite lets in one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def is_newest(connection: Connection) -> bool:
    """Return whether there is nothing to migrate.

    Raises:
        SurveyError: If a newer version of the app has migrated further (NEWER): what its tables mean is not known here.
    """
    number = version(connection) if inspect(connection).has_table("migrations") else 0
    if number > len(MIGRATIONS):
        detail = f"the database is at step {number}, and this version of the app knows {len(MIGRATIONS)}"
        raise SurveyError(SurveyProblem.NEWER, detail)
    return number == len(MIGRATIONS)


def version(connection: Connection) -> int:
    """Return the number of the last step that has run."""
    return int(connection.execute(text("SELECT COALESCE(MAX(number), 0) FROM migrations")).scalar_one())
