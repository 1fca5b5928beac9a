"""Every answer of a room as a row of the export."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select

from core.survey.export import Row
from core.survey.texts import TextState
from store.answers import decode_answer, rank_answers
from store.rooms import read_room
from store.schema import answers, judgements, participants
from store.texts import TEXT_STATE

#: As much of a token's hash as the export shows: enough to tell participants apart.
PSEUDONYM_LENGTH = 12

_all = rank_answers(answers.c.room == bindparam("room")).subquery()
_SELECT = (
    select(_all, participants.c.token_hash, TEXT_STATE)
    .join(participants, participants.c.id == _all.c.participant)
    .outerjoin(judgements, judgements.c.answer == _all.c.id)
    .order_by(_all.c.generation, _all.c.given, _all.c.id)
)


def read_rows(connection: Connection, code: str) -> tuple[Row, ...]:
    """Return every answer of a room, of all its generations, oldest first."""
    read_room(connection, code)
    return tuple(_decode_row(dict(row)) for row in connection.execute(_SELECT, {"room": code}).mappings())


def _decode_row(row: Mapping[str, object]) -> Row:
    answer = decode_answer(row)
    return Row(
        room=str(row["room"]),
        generation=int(str(row["generation"])),
        survey=int(str(row["survey"])),
        participant=f"p{str(row['token_hash'])[:PSEUDONYM_LENGTH]}",
        answer=answer,
        counts=row["rank"] == 1,
        state=TextState(str(row["state"])) if answer.text else None,
    )
