"""The statements that phones ask for again and again: put together once, since that costs as much as asking."""

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    insert,
    select,
    update,
)

from core.survey.texts import TextState
from store.schema import answers, judgements, participants, rooms

#: How the store writes that nothing was chosen.
NO_CHOICES = "[]"

_people = and_(participants.c.room == rooms.c.code, participants.c.generation == rooms.c.generation)
_joined = select(func.count()).select_from(participants).where(_people).scalar_subquery()
_finished = select(func.count(participants.c.finished)).where(_people).scalar_subquery()
_this_room = rooms.c.code == bindparam("room")

#: A ``room`` by its code, with its people counted.
ROOM = select(rooms, _joined.label("joined"), _finished.label("finished")).where(_this_room)
#: Holds a ``room`` until the transaction ends.
ROOM_LOCK = select(rooms.c.code).where(_this_room).with_for_update()
#: Lets everybody know that something is new in a ``room``.
ROOM_CHANGED = update(rooms).where(_this_room).values(changed=rooms.c.changed + 1)

_their_room = (participants.c.room == bindparam("room"), participants.c.generation == bindparam("generation"))
_here = and_(answers.c.room == bindparam("room"), answers.c.generation == bindparam("generation"))
_theirs = answers.c.participant == bindparam("participant")
_recent = answers.c.given > bindparam("since")

#: A participant by ``room``, ``generation`` and ``token_hash``.
PARTICIPANT = select(participants.c.id, participants.c.finished).where(
    *_their_room, participants.c.token_hash == bindparam("token_hash")
)
#: How many joined a ``room`` in a ``generation`` after ``since``.
RECENT_JOINS = select(func.count()).where(*_their_room, participants.c.joined > bindparam("since"))
#: Names of those of the ``submissions`` of a ``participant`` that were kept.
KEPT = select(answers.c.question, answers.c.submission).where(
    _theirs, answers.c.submission.in_(bindparam("submissions", expanding=True))
)


def _number(*chosen: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(answers).where(*chosen).scalar_subquery()


#: Answers of a ``participant``; those after ``since``; those of everybody in the ``room`` after it.
PACE = select(
    _number(_theirs).label("mine"),
    _number(_theirs, _recent).label("my_recent"),
    _number(_here, _recent).label("recent"),
)
#: Keeps answers, one row of values each.
KEEP = insert(answers)

#: What the presenter decided about a text, in a SELECT that joins the judgements.
_state = func.coalesce(judgements.c.state, TextState.WAITING.value).label("state")


def _placed(chosen: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Number a participant's answers to a question from the latest, which has ``place`` 1 and alone counts."""
    order = (answers.c.given.desc(), answers.c.submission.desc())
    place = func.row_number().over(partition_by=(answers.c.participant, answers.c.question), order_by=order)
    return select(answers, place.label("place")).where(chosen)


_mine = _placed(_theirs).subquery()
#: The answers of a ``participant`` that count.
MINE = select(_mine).where(_mine.c.place == 1)

_latest = _placed(_here).subquery()
#: How many chose exactly what, by question, in the ``generation`` of a ``room``.
TALLIES = (
    select(_latest.c.question, _latest.c.choices, func.count().label("people"))
    .where(_latest.c.place == 1, (_latest.c.choices != NO_CHOICES) | (_latest.c.text != ""))
    .group_by(_latest.c.question, _latest.c.choices)
)
#: The texts that count in the ``generation`` of a ``room``, oldest first.
TEXTS = (
    select(_latest, _state)
    .outerjoin(judgements, judgements.c.answer == _latest.c.id)
    .where(_latest.c.place == 1, _latest.c.text != "")
    .order_by(_latest.c.given, _latest.c.id)
)

_all = _placed(answers.c.room == bindparam("room")).subquery()
#: Every answer of a ``room``, of all its generations, oldest first.
ROWS = (
    select(_all, participants.c.token_hash, _state)
    .join(participants, participants.c.id == _all.c.participant)
    .outerjoin(judgements, judgements.c.answer == _all.c.id)
    .order_by(_all.c.generation, _all.c.given, _all.c.id)
)
