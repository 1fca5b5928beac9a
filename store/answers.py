"""Answers in the database: each submission kept once; of a participant's answers to a question the latest counts."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, insert, select

from core.survey.answers import Answer
from core.survey.limits import ANSWERS_AT_ONCE_MAX, ANSWERS_MAX, ANSWERS_PER_MINUTE_MAX, ROOM_ANSWERS_PER_MINUTE_MAX
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import Room
from core.survey.tally import Tally
from store.participants import Participant, add_participant, find_participant, mark_finished
from store.rooms import check_open, count_change, generation_key, read_room
from store.schema import answers, microseconds, moment

_MINUTE = timedelta(minutes=1)


def rank_answers(chosen: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Number a participant's answers to a question from the latest, whose ``rank`` is 1: it alone counts."""
    order = (answers.c.given.desc(), answers.c.submission.desc())
    rank = func.row_number().over(partition_by=(answers.c.participant, answers.c.question), order_by=order)
    return select(answers, rank.label("rank")).where(chosen)


def _count(*chosen: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(answers).where(*chosen).scalar_subquery()


def encode_choices(choices: tuple[str, ...]) -> str:
    """Encode choices as their column keeps them."""
    return json.dumps(choices, separators=(",", ":"))


# Statements are composed once: composing one costs as much as running it.
_of_generation = and_(answers.c.room == bindparam("room"), answers.c.generation == bindparam("generation"))
_of_participant = answers.c.participant == bindparam("participant")
#: What seems to be of the future was given before the server's clock was set back.
_recent = and_(answers.c.given > bindparam("since"), answers.c.given <= bindparam("now"))

#: All answers in the present generation of a room, ranked.
ranked_in_generation = rank_answers(_of_generation).subquery()
_own = rank_answers(_of_participant).subquery()

_SELECT_OWN = select(_own).where(_own.c.rank == 1)
_SELECT_SUBMISSIONS = select(answers.c.question, answers.c.submission).where(
    _of_participant, answers.c.submission.in_(bindparam("submissions", expanding=True))
)
_COUNT_PACE = select(
    _count(_of_participant).label("own"),
    _count(_of_participant, _recent).label("own_recent"),
    _count(_of_generation, _recent).label("recent"),
)
_COUNT_CHOICES = (
    select(ranked_in_generation.c.question, ranked_in_generation.c.choices, func.count().label("people"))
    .where(
        ranked_in_generation.c.rank == 1,
        (ranked_in_generation.c.choices != encode_choices(())) | (ranked_in_generation.c.text != ""),
    )
    .group_by(ranked_in_generation.c.question, ranked_in_generation.c.choices)
)
_INSERT = insert(answers)


# --- reading -----------------------------------------------------------------------------------------------------


def read_answers(connection: Connection, code: str, token_hash: str) -> Mapping[str, Answer]:
    """Return a participant's answers that count, by question."""
    participant = find_participant(connection, read_room(connection, code), token_hash)
    if participant is None:
        return {}
    rows = connection.execute(_SELECT_OWN, {"participant": participant.id}).mappings()
    return MappingProxyType({row["question"]: decode_answer(dict(row)) for row in rows})


def read_tallies(connection: Connection, room: Room) -> Mapping[str, Tally]:
    """Count the answers that count, by question; one that neither chooses nor says anything was taken back."""
    counts: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for question, choices, n_people in connection.execute(_COUNT_CHOICES, generation_key(room)):
        counts.setdefault(question, []).append((_decode_choices(choices), n_people))
    return MappingProxyType({question: Tally.from_counts(counts[question]) for question in sorted(counts)})


def decode_answer(row: Mapping[str, object]) -> Answer:
    """Return a row of the table as the answer it keeps."""
    return Answer(
        question=str(row["question"]),
        choices=_decode_choices(str(row["choices"])),
        text=str(row["text"]),
        submission=str(row["submission"]),
        at=moment(int(str(row["given"]))),
    )


def _decode_choices(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


# --- writing -----------------------------------------------------------------------------------------------------


def submit(
    connection: Connection, seen: Room, token_hash: str, sent: Sequence[Answer], *, at: datetime, is_last: bool
) -> int:
    """Keep those of the answers that were not kept before, and return how many they are.

    Args:
        connection: Of a writing transaction.
        seen: The room as the phone last saw it.
        token_hash: Of the participant.
        sent: All answers of the submission.
        at: Present time.
        is_last: Whether the participant has finished with them.
    """
    room = read_room(connection, seen.code, lock=True)
    if room.generation != seen.generation:
        raise SurveyError(SurveyProblem.RESET_ROOM, f"{room.code} is in generation {room.generation}")
    if len(sent) > ANSWERS_AT_ONCE_MAX:
        raise SurveyError(SurveyProblem.TOO_MANY, f"{len(sent)} answers, more than {ANSWERS_AT_ONCE_MAX} at once")
    known = find_participant(connection, room, token_hash)
    new = _drop_kept(connection, known, sent)
    finishes = is_last and not (known and known.has_finished)
    if not new and not finishes:
        return 0
    check_open(room)
    participant = known or add_participant(connection, room, token_hash, at)
    if new:
        _check_pace(connection, room, participant, len(new), at)
        _insert(connection, room, participant, new)
    if finishes:
        mark_finished(connection, participant, at)
    count_change(connection, room.code)
    return len(new)


def _drop_kept(connection: Connection, participant: Participant | None, sent: Sequence[Answer]) -> list[Answer]:
    """Return those that were not kept before, each question and submission once."""
    new: dict[tuple[str, str], Answer] = {}
    for answer in sent:
        new.setdefault((answer.question, answer.submission), answer)
    if participant and sent:
        submissions = [answer.submission for answer in sent]
        parameters = {"participant": participant.id, "submissions": submissions}
        for question, submission in connection.execute(_SELECT_SUBMISSIONS, parameters):
            new.pop((question, submission), None)
    return list(new.values())


def _insert(connection: Connection, room: Room, participant: Participant, new: Sequence[Answer]) -> None:
    where = {**generation_key(room), "participant": participant.id, "survey": room.survey}
    rows = [
        {
            **where,
            "question": answer.question,
            "choices": encode_choices(answer.choices),
            "text": answer.text,
            "submission": answer.submission,
            "given": microseconds(answer.at),
        }
        for answer in new
    ]
    connection.execute(_INSERT, rows)


def _check_pace(connection: Connection, room: Room, participant: Participant, n_new: int, at: datetime) -> None:
    minute = {"since": microseconds(at - _MINUTE), "now": microseconds(at)}
    n_sent = connection.execute(_COUNT_PACE, {**generation_key(room), "participant": participant.id, **minute}).one()
    if n_sent.own + n_new > ANSWERS_MAX:
        raise SurveyError(SurveyProblem.TOO_MANY, "one participant sent too many answers")
    if n_sent.own_recent + n_new > ANSWERS_PER_MINUTE_MAX:
        raise SurveyError(SurveyProblem.TOO_FAST, "one participant sends too many answers within a minute")
    if n_sent.recent + n_new > ROOM_ANSWERS_PER_MINUTE_MAX:
        raise SurveyError(SurveyProblem.TOO_FAST, "too many answers within a minute in the room")
