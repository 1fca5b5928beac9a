"""Free texts in the database, with what the presenter decided about them."""

from sqlalchemy import Connection, func, insert, select, update

from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import Room
from core.survey.texts import FreeText, TextState
from store.answers import ranked_in_generation
from store.rooms import count_change, generation_key, read_room
from store.schema import answers, judgements, moment

#: What the presenter decided about a text, in a SELECT that joins the judgements.
TEXT_STATE = func.coalesce(judgements.c.state, TextState.WAITING.value).label("state")

_SELECT = (
    select(ranked_in_generation, TEXT_STATE)
    .outerjoin(judgements, judgements.c.answer == ranked_in_generation.c.id)
    .where(ranked_in_generation.c.rank == 1, ranked_in_generation.c.text != "")
    .order_by(ranked_in_generation.c.given, ranked_in_generation.c.id)
)


def read_texts(connection: Connection, room: Room) -> tuple[FreeText, ...]:
    """Return the free texts that count, oldest first."""
    return tuple(
        FreeText(id=row.id, question=row.question, text=row.text, state=TextState(row.state), at=moment(row.given))
        for row in connection.execute(_SELECT, generation_key(room))
    )


def judge_text(connection: Connection, text_id: int, state: TextState) -> str:
    """Write what the presenter decided about a text, and return the code of its room."""
    room_of_text = select(answers.c.room).where(answers.c.id == text_id, answers.c.text != "")
    code = connection.execute(room_of_text).scalar_one_or_none()
    if code is None:
        raise SurveyError(SurveyProblem.UNKNOWN_TEXT, str(text_id))
    read_room(connection, code, lock=True)
    decide = update(judgements).where(judgements.c.answer == text_id).values(state=state.value)
    if connection.execute(decide).rowcount == 0:
        connection.execute(insert(judgements).values(answer=text_id, state=state.value))
    count_change(connection, code)
    return str(code)
