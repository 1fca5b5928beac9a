"""A whole lecture hall loses the network and comes back: ``python -m benchmarks.drop``.

So many phones join a room, answer some questions, and are gone in the same moment, some while an answer is under way.
After a while all are back at once, as browsers do it: with the session that they had, of which Streamlit keeps 128 at
most and two minutes at most, and with the cookie by which the room knows the device. With ``--restart`` the server is
another one by then. Measured: how long it takes until each phone has the screen that it had left, and whether anybody
is lost, has to begin again, or answers twice.
"""

import argparse
import asyncio
import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine

from benchmarks.figure import RESULTS, write_results
from benchmarks.load_survey import THINK_S, Load, answer, key_of, tap
from benchmarks.phone import Phone, fetch_cookie
from core.survey.questions import SURVEY, Question
from store.database import Database, database_url
from store.survey import DatabaseStore
from tests.browser.server import HOST, Server, free_port, serving_from
from ui.present.scenes import voices

PHONES_MAX = 500
AWAY_S = 30.0
#: People join, and their phones find the network again, within so many seconds.
ARRIVAL_S, RETURN_S = 15.0, 2.0
#: What has to be reached.
BACK_P95_S = 5.0


@dataclass(slots=True, kw_only=True)
class Hall:
    """Everybody, and what was measured.

    Attributes:
        port: Of the server.
        code: Of the room.
        back_s: From each phone's return to the screen that it had left.
        cpu_ms: Processor time of the server for a return.
        errors: What went wrong.
    """

    port: int
    code: str
    back_s: list[float] = field(default_factory=list)
    cpu_ms: float = 0.0
    errors: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Member:
    """One phone that is here, gone, and here again.

    Attributes:
        hall: Where.
        cookie: What its browser keeps.
        n_before: Questions that it answers before it is gone.
        sends_last: Whether it is gone while one more answer is under way.
        phone: Its page.
        n_done: Questions that are behind it when it is back.
    """

    hall: Hall
    cookie: str
    n_before: int
    sends_last: bool
    phone: Phone | None = None
    n_done: int = 0

    async def begin(self) -> None:
        """Join and answer some questions, and leave without a word."""
        await asyncio.sleep(random.uniform(0.0, ARRIVAL_S))  # noqa: S311 - no secret
        self.phone = await self._open(session="")
        await self.phone.until(key=key_of(SURVEY.questions[0]))
        for number in range(self.n_before):
            await self._answer(number)

    async def lose_connection(self) -> None:
        """Be gone, some with an answer on its way."""
        assert self.phone is not None  # noqa: S101 - it has begun
        question = SURVEY.questions[self.n_before]
        if self.sends_last and key_of(question) in self.phone.seen.widgets:
            await answer(self.phone, question, random.choice(question.choices))  # noqa: S311
        self.phone.lose_connection()
        with suppress(Exception):
            await self.phone.__aexit__()

    async def come_back(self) -> None:
        """Open the page again, and find the screen that was left."""
        assert self.phone is not None  # noqa: S101 - it has begun
        await asyncio.sleep(random.uniform(0.0, RETURN_S))  # noqa: S311
        start = time.perf_counter()
        self.phone = await self._open(session=self.phone.session)
        self.n_done = await self._find_screen()
        self.hall.back_s.append(time.perf_counter() - start)

    async def finish(self) -> None:
        """Answer the rest."""
        assert self.phone is not None  # noqa: S101 - it has come back
        for number in range(self.n_done, len(SURVEY.questions)):
            await asyncio.sleep(random.uniform(0.5, 1.5) * THINK_S)  # noqa: S311
            await self._answer(number)
        await self.phone.__aexit__()

    async def _open(self, *, session: str) -> Phone:
        link = f"room={self.hall.code}"
        phone = Phone(host=HOST, port=self.hall.port, link=link, cookie=self.cookie, session=session)
        return await phone.__aenter__()

    async def _find_screen(self) -> int:
        """Return the question on the screen: the one that was left, or the next if that was sent just before."""
        assert self.phone is not None  # noqa: S101 - the caller opened it
        left = range(self.n_before, min(self.n_before + 2, len(SURVEY.questions)))
        numbers = {key: number for number in left for key in _screen(number)}
        await self.phone.until(any_of=list(numbers))
        return next(number for key, number in numbers.items() if key in self.phone.seen.widgets)

    async def _answer(self, number: int) -> None:
        assert self.phone is not None  # noqa: S101 - the caller opened it
        question, following = SURVEY.questions[number], [*SURVEY.questions, None][number + 1]
        if question is SURVEY.after[0] and "tried" in self.phone.seen.widgets:
            await self.phone.tell("tried", self.phone.state("tried", trigger_value=True))
            await self.phone.until(key=key_of(question))
        awaited = {"piece": 'class="companion thanks"'} if following is None else {"key": _screen(number + 1)[0]}
        await tap(self.phone, question, awaited, Load())


def _screen(number: int) -> list[str]:
    """Return keys of which one stands on the screen that follows the questions before ``number``."""
    question: Question = SURVEY.questions[number]
    return ["tried", key_of(question)] if question is SURVEY.after[0] else [key_of(question)]


async def _all(hall: Hall, members: list[Member], step: str) -> None:
    """Let everybody take a step, and note who could not."""
    for result in await asyncio.gather(*(getattr(each, step)() for each in members), return_exceptions=True):
        if isinstance(result, BaseException):
            hall.errors.append(f"{step}: {type(result).__name__}: {result}")


async def _return(hall: Hall, members: list[Member], server: Server) -> None:
    """Let everybody come back and answer the rest."""
    before = server.cpu_seconds()
    await _all(hall, members, "come_back")
    hall.cpu_ms = (server.cpu_seconds() - before) * 1000 / len(members)
    await _all(hall, members, "finish")


def check_answers(store: DatabaseStore, hall: Hall, n_phones: int) -> None:
    """Note who is lost, and who has answered anything twice or not at all."""
    given = Counter((row.participant, row.answer.question) for row in store.rows(hall.code))
    people = {participant for participant, _ in given}
    if len(people) != n_phones or store.room(hall.code).joined != n_phones:
        hall.errors.append(f"{len(people)} of {n_phones} phones answered, {store.room(hall.code).joined} joined")
    twice = sum(count > 1 for count in given.values())
    missing = sum(given[person, question.key] == 0 for person in people for question in SURVEY.questions)
    if twice or missing:
        hall.errors.append(f"{twice} answers were given twice, {missing} are missing")


def measure(n_phones: int, *, away_s: float, restarts: bool) -> Hall:
    """Start a server, let everybody come, go and come back, and end it."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as second:
        store = DatabaseStore(Database(create_engine(database_url(str(Path(folder) / "survey.db")))))
        code = store.open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=voices.SCENE.number).code
        hall = Hall(port=free_port(), code=code)
        rng = random.Random(secrets.randbits(64))  # noqa: S311 - no secret
        with ExitStack() as first:
            server = first.enter_context(serving_from(Path(folder), port=hall.port))
            members = [
                Member(
                    hall=hall,
                    cookie=fetch_cookie(HOST, hall.port),
                    n_before=rng.randrange(len(SURVEY.questions) - 1),
                    sends_last=rng.random() < 0.5,
                )
                for _ in range(n_phones)
            ]

            async def go() -> None:
                await _all(hall, members, "begin")
                await _all(hall, members, "lose_connection")
                await asyncio.sleep(away_s)
                if not restarts:
                    await _return(hall, members, server)

            asyncio.run(go())
        if restarts:
            server = second.enter_context(serving_from(Path(folder), port=hall.port))
            asyncio.run(_return(hall, members, server))
        check_answers(store, hall, n_phones)
    return hall


def main() -> None:
    """Measure, print, write; end with 1 if a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=200, help=f"at most {PHONES_MAX}")
    parser.add_argument("--away", type=float, default=AWAY_S, help="seconds; 600 for phones that locked their screens")
    parser.add_argument("--restart", action="store_true", help="come back to a server that was started anew")
    arguments = parser.parse_args()
    n_phones = min(max(arguments.phones, 1), PHONES_MAX)
    hall = measure(n_phones, away_s=arguments.away, restarts=arguments.restart)
    figures = {"phones": float(n_phones), "back": float(len(hall.back_s)), "errors": float(len(hall.errors))}
    figures["server CPU ms a return"] = hall.cpu_ms
    for name, share in (("p50", 50), ("p95", 95), ("max", 100)):
        figures[f"back s {name}"] = float(np.percentile(hall.back_s or [float("inf")], share))
    for name, value in figures.items():
        print(f"{name:>24} {value:>10,.2f}")
    for error, count in Counter(hall.errors).most_common():
        print(f"error: {error} ({count} times)")
    write_results(figures, RESULTS / "drop.json")
    sys.exit(0 if not hall.errors and len(hall.back_s) == n_phones and figures["back s p95"] <= BACK_P95_S else 1)


if __name__ == "__main__":
    main()
