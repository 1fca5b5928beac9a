"""What is written to the tables: each public function is one whole transaction."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from core.privacy.noise import secure_rng
from core.survey.answers import Answer
from core.survey.limits import (
    ANSWERS_AT_ONCE_MAX,
    ANSWERS_MAX,
    ANSWERS_PER_MINUTE_MAX,
    JOINS_PER_MINUTE_MAX,
    PARTICIPANTS_MAX,
    ROOM_ANSWERS_PER_MINUTE_MAX,
)
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import WEB_ROOM, Room, draw_code
from core.survey.texts import TextState
from store.migrations import alone
from store.queries import find_participant, find_room, of_room, read_room, write_choices
from store.schema import answers, judgements, microseconds, participants, rooms
from store.statements import KEEP, KEPT, PACE, RECENT_JOINS, ROOM_CHANGED

_MINUTE = timedelta(minutes=1)


# --- rooms -------------------------------------------------------------------------------------------------------


def open_room(connection: Connection, *, survey: int, scene: int, at: datetime) -> Room:
    """Open a room with a code that no other has."""
    alone(connection)
    taken = set(connection.execute(select(rooms.c.code)).scalars())
    rng = secure_rng()
    code = draw_code(rng)
    while code in taken:
        code = draw_code(rng)
    return _add_room(connection, code, survey=survey, scene=scene, at=at)


def open_web_room(connection: Connection, *, survey: int, scene: int, at: datetime) -> Room:
    """Open the room without a presenter, or start it anew if its questions are older."""
    alone(connection)
    room = find_room(connection, WEB_ROOM, lock=True)
    if room is None:
        return _add_room(connection, WEB_ROOM, survey=survey, scene=scene, at=at)
    return room if room.survey >= survey else next_generation(connection, WEB_ROOM, survey=survey)


def change_room(connection: Connection, code: str, **values: object) -> Room:
    """Set columns of a room and return it after that."""
    read_room(connection, code, lock=True)
    _change(connection, code, **values)
    return read_room(connection, code)


def next_generation(connection: Connection, code: str, **values: object) -> Room:
    """Start a room anew."""
    room = read_room(connection, code, lock=True)
    return change_room(connection, code, generation=room.generation + 1, **values)


def write_stage(stage: Mapping[str, str]) -> str:
    """Write a scene's state as it is kept."""
    return json.dumps(dict(stage), ensure_ascii=False)


def _add_room(connection: Connection, code: str, *, survey: int, scene: int, at: datetime) -> Room:
    values = {"code": code, "survey": survey, "generation": 1, "scene": scene, "stage": write_stage({})}
    state = {"is_open": True, "is_revealed": False, "created": microseconds(at), "changed": 1}
    connection.execute(insert(rooms).values(**values, **state))
    return read_room(connection, code)


def _change(connection: Connection, code: str, **values: object) -> None:
    connection.execute(ROOM_CHANGED.values(**values) if values else ROOM_CHANGED, {"room": code})


# --- participants ------------------------------------------------------------------------------------------------


def join(connection: Connection, code: str, token_hash: str, *, at: datetime) -> Room:
    """Count a participant in, once."""
    room = read_room(connection, code, lock=True)
    if find_participant(connection, room, token_hash):
        return room
    _add_participant(connection, room, token_hash, at)
    return change_room(connection, code)


def submit(
    connection: Connection, asked: Room, token_hash: str, sent: Sequence[Answer], *, at: datetime, is_last: bool
) -> int:
    """Keep those of the answers that were not kept before, and return how many they are."""
    room = read_room(connection, asked.code, lock=True)
    if room.generation != asked.generation:
        raise SurveyError(SurveyProblem.RESET_ROOM, f"{room.code} is in generation {room.generation}")
    if len(sent) > ANSWERS_AT_ONCE_MAX:
        raise SurveyError(SurveyProblem.TOO_MANY, f"{len(sent)} answers, more than {ANSWERS_AT_ONCE_MAX} at once")
    known = find_participant(connection, room, token_hash)
    new = _new_ones(connection, known.id if known else None, sent)
    finishes = is_last and not (known and known.has_finished)
    if not new and not finishes:
        return 0
    _check_open(room)
    participant = known.id if known else _add_participant(connection, room, token_hash, at)
    if new:
        _check_pace(connection, room, participant, len(new), at)
        _add_answers(connection, room, participant, new)
    if finishes:
        this = participants.c.id == participant
        connection.execute(update(participants).where(this).values(finished=microseconds(at)))
    _change(connection, room.code)
    return len(new)


def _add_participant(connection: Connection, room: Room, token_hash: str, at: datetime) -> int:
    _check_open(room)
    if room.joined >= PARTICIPANTS_MAX:
        raise SurveyError(SurveyProblem.FULL_ROOM, f"{room.joined} have joined")
    minute = {**of_room(room), "since": microseconds(at - _MINUTE)}
    if connection.execute(RECENT_JOINS, minute).scalar_one() >= JOINS_PER_MINUTE_MAX:
        raise SurveyError(SurveyProblem.TOO_FAST, "many join within a minute")
    values = {**of_room(room), "token_hash": token_hash, "joined": microseconds(at)}
    return int(connection.execute(insert(participants).values(**values).returning(participants.c.id)).scalar_one())


def _new_ones(connection: Connection, participant: int | None, sent: Sequence[Answer]) -> list[Answer]:
    theirs = {"participant": participant, "submissions": [answer.submission for answer in sent]}
    kept = {tuple(found) for found in connection.execute(KEPT, theirs)} if participant and sent else set()
    named: dict[tuple[str, str], Answer] = {}
    for answer in sent:
        named.setdefault((answer.question, answer.submission), answer)
    return [answer for name, answer in named.items() if name not in kept]


def _add_answers(connection: Connection, room: Room, participant: int, new: Sequence[Answer]) -> None:
    where = {**of_room(room), "participant": participant, "survey": room.survey}
    rows = [
        {
            **where,
            "question": answer.question,
            "choices": write_choices(answer.choices),
            "text": answer.text,
            "submission": answer.submission,
            "given": microseconds(answer.at),
        }
        for answer in new
    ]
    connection.execute(KEEP, rows)


def _check_open(room: Room) -> None:
    if not room.is_open:
        raise SurveyError(SurveyProblem.CLOSED_ROOM, room.code)


def _check_pace(connection: Connection, room: Room, participant: int, n_new: int, at: datetime) -> None:
    asked = {**of_room(room), "participant": participant, "since": microseconds(at - _MINUTE)}
    sent = connection.execute(PACE, asked).one()
    if sent.mine + n_new > ANSWERS_MAX:
        raise SurveyError(SurveyProblem.TOO_MANY, "one participant sent too many answers")
    if sent.my_recent + n_new > ANSWERS_PER_MINUTE_MAX:
        raise SurveyError(SurveyProblem.TOO_FAST, "one participant sends too many answers within a minute")
    if sent.recent + n_new > ROOM_ANSWERS_PER_MINUTE_MAX:
        raise SurveyError(SurveyProblem.TOO_FAST, "too many answers within a minute in the room")


# --- free texts --------------------------------------------------------------------------------------------------


def judge(connection: Connection, text_id: int, state: TextState) -> str:
    """Write what the presenter decided about a text, and return the code of its room."""
    wanted = select(answers.c.room).where(answers.c.id == text_id, answers.c.text != "")
    code = connection.execute(wanted).scalar_one_or_none()
    if code is None:
        raise SurveyError(SurveyProblem.UNKNOWN_TEXT, str(text_id))
    read_room(connection, code, lock=True)
    decided = update(judgements).where(judgements.c.answer == text_id).values(state=state.value)
    if connection.execute(decided).rowcount == 0:
        connection.execute(insert(judgements).values(answer=text_id, state=state.value))
    _change(connection, code)
    return str(code)
