"""The tables as the newest migration leaves them. Times are microseconds since 1970, UTC."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

tables = MetaData()
#: SQLite numbers rows by itself only in a column of exactly this type.
_Id = BigInteger().with_variant(Integer, "sqlite")

rooms = Table(
    "rooms",
    tables,
    Column("code", Text, primary_key=True),
    Column("survey", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("scene", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("is_revealed", Boolean, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
)

participants = Table(
    "participants",
    tables,
    Column("id", _Id, primary_key=True),
    Column("room", Text, ForeignKey("rooms.code"), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("token_hash", Text, nullable=False),
    Column("joined", BigInteger, nullable=False),
    Column("finished", BigInteger),
    UniqueConstraint("room", "generation", "token_hash", name="participants_once"),
    Index("participants_by_time", "room", "generation", "joined"),
)

answers = Table(
    "answers",
    tables,
    Column("id", _Id, primary_key=True),
    Column("participant", _Id, ForeignKey("participants.id"), nullable=False),
    Column("room", Text, ForeignKey("rooms.code"), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("survey", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("choices", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("submission", Text, nullable=False),
    Column("given", BigInteger, nullable=False),
    UniqueConstraint("participant", "question", "submission", name="answers_once"),
    Index("answers_by_time", "room", "generation", "given"),
)

judgements = Table(
    "judgements",
    tables,
    Column("answer", _Id, ForeignKey("answers.id"), primary_key=True),
    Column("state", Text, nullable=False),
)

ledgers = Table(
    "ledgers",
    tables,
    Column("id", _Id, primary_key=True),
    Column("cap", Double, nullable=False),
)

ledger_names = Table(
    "ledger_names",
    tables,
    Column("name", Text, primary_key=True),
    Column("ledger", _Id, ForeignKey("ledgers.id"), nullable=False),
    Index("ledger_names_by_ledger", "ledger"),
)

charges = Table(
    "charges",
    tables,
    Column("id", _Id, primary_key=True),
    Column("ledger", _Id, ForeignKey("ledgers.id"), nullable=False),
    Column("submission", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("epsilon", Double, nullable=False),
    Column("loss", Double, nullable=False),
    Column("charged", BigInteger, nullable=False),
    UniqueConstraint("submission", name="charges_once"),
    Index("charges_by_ledger", "ledger"),
)

presenters = Table(
    "presenters",
    tables,
    Column("name", Text, primary_key=True),
    Column("ends", BigInteger, nullable=False),
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(at: datetime) -> int:
    """Return the whole microseconds between 1970 and ``at``."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def moment(count: int) -> datetime:
    """Return the time ``count`` microseconds after 1970; the inverse of ``microseconds``."""
    return _EPOCH + timedelta(microseconds=count)
