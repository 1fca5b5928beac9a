"""One phone in one room: who it is, what it has answered, which screen it is at, and what could not be sent."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import cast

import streamlit as st

from core.survey.answers import Answer
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.questions import SURVEY, Question
from core.survey.rooms import WEB_ROOM, Room
from core.survey.store import SurveyStore
from ui.server.pace import CrowdPace

TRY, THANKS = "try", "thanks"
#: All screens in order: questions by key, trying out between those before and after, and thanks.
SCREENS = (
    *(question.key for question in SURVEY.before),
    TRY,
    *(question.key for question in SURVEY.after),
    THANKS,
)
LAST = SURVEY.questions[-1].key


@dataclass(slots=True, kw_only=True)
class Participation:
    """Where one phone stands in one room.

    Attributes:
        store: Where the room and its answers are kept.
        room: The room as last seen.
        token: Random token that the phone made; it says nothing about anyone.
        answers: What is on disk, by question.
        screen: The present one of ``SCREENS``.
        unsent: What was refused and may be sent again.
        problem: Why.
        refusals: How many times something was refused: a screen that waits for an answer sees it grow.
        submissions: Names under which the next answer to each question is sent: one that is sent twice counts once.
    """

    store: SurveyStore
    room: Room
    token: str
    answers: dict[str, Answer]
    screen: str
    unsent: Answer | None = None
    problem: SurveyProblem | None = None
    refusals: int = 0
    submissions: dict[str, str] = field(default_factory=dict)

    @property
    def position(self) -> int:
        """Number of the present screen, from 0."""
        return SCREENS.index(self.screen)

    def submission(self, key: str) -> str:
        """Return the name under which the next answer to ``key`` is sent."""
        return self.submissions.setdefault(key, secrets.token_hex(16))

    def chosen(self, key: str) -> tuple[str, ...]:
        """Return what was chosen as an answer to ``key``."""
        return self.answers[key].choices if key in self.answers else ()

    def move(self, steps: int) -> None:
        """Go some screens on or back; what could not be sent stays behind."""
        self.screen = SCREENS[min(max(self.position + steps, 0), len(SCREENS) - 1)]
        self.unsent = self.problem = None

    # --- sending -------------------------------------------------------------------------------------------------

    def send(self, answer: Answer) -> bool:
        """Send an answer and return whether it is on disk; a refusal is kept, to be said and sent again."""
        try:
            self.store.submit(self.room, self.token, [answer], at=now(), is_last=answer.question == LAST)
        except SurveyError as error:
            self._note_refusal(error.problem)
            self.unsent = answer
            if error.problem is SurveyProblem.RESET_ROOM:
                self._begin_again()
            return False
        self.answers[answer.question] = answer
        self.submissions.pop(answer.question, None)
        self.unsent = self.problem = None
        return True

    def reply(self, make: Callable[[datetime], Answer]) -> None:
        """Send what ``make`` makes for the present screen, and go on when it is on disk."""
        screen = self.screen
        try:
            answer = make(now())
        except SurveyError as error:
            self._note_refusal(error.problem)
            return
        if self.send(answer) and self.screen == screen:
            self.move(+1)

    def choose(self, question: Question, *choices: str, text: str = "") -> None:
        """Answer the present question, as a tap does; a second tap that arrives when it is past answers nothing."""
        if self.screen != question.key:
            return
        self.reply(
            lambda at: question.answer(*choices, text=text, submission=self.submission(question.key), at=at),
        )

    def send_again(self) -> None:
        """Send once more what was refused."""
        unsent = self.unsent
        if unsent is not None:
            self.reply(lambda _: unsent)

    def _note_refusal(self, problem: SurveyProblem) -> None:
        self.problem = problem
        self.refusals += 1

    def _begin_again(self) -> None:
        """Follow a room that was started anew: nothing is answered there."""
        try:
            self.room = self.store.join(self.room.code, self.token, at=now())
        except SurveyError as error:
            self.problem = error.problem
            return
        self.answers.clear()
        self.screen, self.unsent = SCREENS[0], None


@st.cache_resource(show_spinner=False)
def server_crowd(*, is_led: bool) -> CrowdPace:
    """Return the pace at which phones of one network may come into rooms of this server.

    A lecture hall with its presenter comes all at once, through one address. To the open room people come by
    themselves, and its places are for everybody: nobody may fill them in minutes.
    """
    return CrowdPace(at_once=250, a_second=4.0) if is_led else CrowdPace(at_once=40, a_second=0.2)


def _check_crowd(code: str) -> None:
    address = st.context.ip_address
    # Behind a proxy on the server's own machine everybody has its address, which Streamlit does not tell.
    if address is not None and not server_crowd(is_led=code != WEB_ROOM).admit(code, address, monotonic()):
        raise SurveyError(SurveyProblem.TOO_FAST, "many come from one address")


def current_participation(code: str) -> Participation | None:
    """Return this session's participation in the room, if it has joined."""
    mine = cast("Participation | None", st.session_state.get("participation"))
    return mine if mine is not None and mine.room.code == code else None


def join_room(store: SurveyStore, code: str, token: str) -> Participation:
    """Join the room, or come back to it where one was.

    Raises:
        SurveyError: As the store does: the room is unknown, closed, full, or the store is not there. TOO_FAST if very
            many come from this address of the network.
    """
    if not store.has_joined(code, token):
        _check_crowd(code)
    room = store.join(code, token, at=now())
    answers = dict(store.answers_of(code, token))
    mine = Participation(store=store, room=room, token=token, answers=answers, screen=_find_screen(answers))
    st.session_state["participation"] = mine
    return mine


def is_under_way() -> bool:
    """Return whether this session has begun a survey and not ended it."""
    mine = cast("Participation | None", st.session_state.get("participation"))
    return mine is not None and mine.screen != THANKS


def leave() -> None:
    """Forget the room in this session; what was answered stays, and the phone can come back."""
    st.session_state.pop("participation", None)


def _find_screen(answers: dict[str, Answer]) -> str:
    """Return the first screen that is not done; trying out is done when something behind it is."""
    if not answers.keys() & {question.key for question in SURVEY.questions}:
        return SCREENS[0]
    question = SURVEY.first_unanswered(answers)
    if question is None:
        return THANKS
    is_first_after = question.key == SURVEY.after[0].key
    return TRY if is_first_after else question.key


def now() -> datetime:
    """Return the present time."""
    return datetime.now(UTC)
