"""A lecture hall answers the survey at once: ``python -m benchmarks.load_survey``.

So many phones join one room and answer every question, thinking three seconds before each tap, while a screen shows
the room's results. The server is started here, on this machine, and ended afterwards. Measured: how long a tap takes
until the next question stands there (the answer is on disk then), how far the results are behind the answers, errors
shown, and the server's processor time for each run of the script.
"""

import argparse
import asyncio
import json
import random
import re
import secrets
import sys
import tempfile
import time
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine
from websockets.exceptions import ConnectionClosed

from benchmarks.figure import RESULTS, write_results
from benchmarks.phone import Phone
from core.survey.questions import HELPFUL, SURVEY, Kind, Question
from store.database import Database, database_url
from store.survey import DatabaseStore
from tests.browser.server import HOST, ROOT, Server, free_port, serving_from
from ui.present.scenes import voices

PHONES_MAX = 500
THINK_S = 3.0
#: People take out their phones within so many seconds.
ARRIVAL_S = 20.0
#: What has to be reached.
ANSWER_P95_MS = 1_000.0
BEHIND_S = 3.0
LOOK_S = 0.05
#: Who sees nothing happen taps again after so long. A second tap counts nothing twice; the whole wait is measured.
AGAIN_S, TAPS_MAX = 5.0, 6


@dataclass(slots=True, kw_only=True)
class Load:
    """What was measured.

    Attributes:
        answer_ms: From each tap to the next question.
        join_ms: From opening the page to the first question.
        confirmed: When each answer to the question that is watched was confirmed.
        shown: When how many answers to it stood on the screen.
        errors: What went wrong.
        runs: Script runs of all phones and the screen.
        second_taps: Taps after nothing had happened for a while.
    """

    answer_ms: list[float] = field(default_factory=list)
    join_ms: list[float] = field(default_factory=list)
    confirmed: list[float] = field(default_factory=list)
    shown: list[tuple[float, int]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    runs: int = 0
    second_taps: int = 0

    def behind_s(self) -> list[float]:
        """Return how long each answer took until the screen counted it; infinite if it never did."""
        waits = []
        for n_before, confirmed in enumerate(sorted(self.confirmed)):
            seen = next((at for at, count in self.shown if count > n_before), float("inf"))
            waits.append(max(seen - confirmed, 0.0))
        return waits


async def take_part(port: int, code: str, load: Load) -> None:
    """Join the room and answer everything."""
    await asyncio.sleep(random.uniform(0.0, ARRIVAL_S))  # noqa: S311 - no secret
    start = time.perf_counter()
    phone = Phone(host=HOST, port=port, link=f"room={code}")
    try:
        async with phone:
            await _enter(phone, code)
            load.join_ms.append((await phone.until(key=key_of(SURVEY.questions[0])) - start) * 1000)
            await _answer_all(phone, load)
            # Who has finished looks at the results for a while.
            await asyncio.sleep(THINK_S)
    except (RuntimeError, KeyError, OSError, ConnectionClosed) as error:
        load.errors.append(f"{type(error).__name__}: {error}")
    finally:
        load.runs += phone.seen.runs


async def _enter(phone: Phone, code: str) -> None:
    key = f"phone_{code}"
    await phone.until(key=key)
    await phone.tell(key, phone.state(key, json_value=json.dumps({"token": secrets.token_hex(16)})))


async def _answer_all(phone: Phone, load: Load) -> None:
    for question, following in zip(SURVEY.questions, (*SURVEY.questions[1:], None), strict=True):
        if question is SURVEY.after[0]:
            await phone.tell("tried", phone.state("tried", trigger_value=True))
            await phone.until(key=key_of(question))
        await asyncio.sleep(random.uniform(0.5, 1.5) * THINK_S)  # noqa: S311 - no secret
        start = time.perf_counter()
        if following is None:
            awaited = {"piece": 'class="results"'}
        else:
            awaited = {"key": "tried" if following is SURVEY.after[0] else key_of(following)}
        done = await tap(phone, question, awaited, load)
        load.answer_ms.append((done - start) * 1000)
        if question is HELPFUL:
            load.confirmed.append(done)


async def tap(phone: Phone, question: Question, awaited: dict[str, str], load: Load) -> float:
    """Answer and return when the next screen stands there; tap again when nothing happens."""
    choice = random.choice(question.choices)  # noqa: S311 - no secret
    for _ in range(TAPS_MAX):
        # Where the button is gone, the next screen is on its way.
        with suppress(KeyError):
            await answer(phone, question, choice)
        try:
            return await phone.until(**awaited, within_s=AGAIN_S)
        except TimeoutError:
            load.second_taps += 1
    raise TimeoutError(f"{awaited} did not come after {TAPS_MAX} taps")


def key_of(question: Question) -> str:
    """Return the key of a widget that only this question's screen has."""
    if question.kind is Kind.COIN:
        return "coin"
    is_form = question.takes_text and question.kind is Kind.CHOICE
    return f"{question.key}_{'choice' if is_form else question.choices[0]}"


async def answer(phone: Phone, question: Question, choice: str) -> None:
    """Answer as a tap, a sheet with words, or what the coins said."""
    if question.kind is Kind.COIN:
        await phone.tell(
            "coin", phone.trigger_state("coin", "said", {"said": choice, "submission": secrets.token_hex(16)})
        )
    elif question.takes_text:
        words = phone.state(f"{question.key}_text", string_value="더 빨랐으면 좋겠어요")
        await phone.tell("form_next", words, phone.state("form_next", trigger_value=True))
    else:
        key = f"{question.key}_{choice}"
        await phone.tell(key, phone.state(key, trigger_value=True))


async def watch(port: int, code: str, title: str, load: Load) -> None:
    """Keep the results on the big screen and note when how many answers stand there, until cancelled."""
    async with Phone(host=HOST, port=port, link=f"room={code}", page="present") as screen:
        await screen.until(piece=title)
        count = -1
        try:
            while True:
                drawn = " ".join(re.sub(r"<[^>]*>", " ", piece) for piece, *_ in screen.seen.pieces.values())
                found = re.search(re.escape(title) + r"\s*([\d,]+)", drawn)
                now = int(found[1].replace(",", "")) if found else 0
                if now != count:
                    count = now
                    load.shown.append((time.perf_counter(), count))
                await asyncio.sleep(LOOK_S)
        finally:
            load.runs += screen.seen.runs


def sum_up(load: Load, server: Server, *, n_phones: int, seconds: float) -> dict[str, float]:
    """Sum up what was measured."""
    behind = load.behind_s()
    figures = {
        "phones": float(n_phones),
        "seconds": seconds,
        "errors": float(len(load.errors)),
        "second taps": float(load.second_taps),
        "answers": float(len(load.answer_ms)),
        "script runs": float(load.runs),
        "server CPU ms a run": server.cpu_seconds() * 1000 / max(load.runs, 1),
        "server memory MB": server.peak_mb(),
    }
    for name, values in (("join ms", load.join_ms), ("answer ms", load.answer_ms), ("results behind s", behind)):
        for label, share in (("p50", 50), ("p95", 95), ("max", 100)):
            figures[f"{name} {label}"] = float(np.percentile(values, share, method="lower")) if values else float("inf")
    return figures


def judge_goals(figures: dict[str, float]) -> dict[str, bool]:
    """Tell which of the goals were reached."""
    return {
        "no error shown": figures["errors"] == 0,
        f"p95 of an answer at most {ANSWER_P95_MS:g} ms": figures["answer ms p95"] <= ANSWER_P95_MS,
        f"results at most {BEHIND_S:g} s behind": figures["results behind s max"] <= BEHIND_S,
    }


async def _everybody(port: int, code: str, n_phones: int, load: Load) -> None:
    title = write_title(HELPFUL)
    screen = asyncio.create_task(watch(port, code, title, load))
    await asyncio.gather(*(take_part(port, code, load) for _ in range(n_phones)))
    # The last answers are counted a moment later.
    await asyncio.sleep(BEHIND_S + 1.0)
    screen.cancel()
    try:
        await screen
    except asyncio.CancelledError:
        pass
    except (RuntimeError, KeyError, OSError, ConnectionClosed) as error:
        load.errors.append(f"the screen: {error}")


def write_title(question: Question) -> str:
    """Return a question's title as results show it."""
    words = tomllib.loads((ROOT / "assets" / "text" / "ko.toml").read_text(encoding="utf-8"))
    return str(words["asked"][question.words])


def measure(n_phones: int) -> tuple[Load, dict[str, float]]:
    """Start a server, let everybody answer, end it."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(database_url(str(Path(folder) / "survey.db")))
        store = DatabaseStore(Database(engine))
        code = store.open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=voices.SCENE.number).code
        store.change_room(code, is_revealed=True, stage={"page": str(list(voices.PAGES).index(HELPFUL.words))})
        load = Load()
        port = free_port()
        with serving_from(Path(folder), port=port) as server:
            before, start = server.cpu_seconds(), time.perf_counter()
            asyncio.run(_everybody(port, code, n_phones, load))
            seconds = time.perf_counter() - start
            figures = sum_up(load, server, n_phones=n_phones, seconds=seconds)
            figures["server CPU ms a run"] -= before * 1000 / max(load.runs, 1)
        n_kept = sum(row.answer.question == HELPFUL.key for row in store.rows(code))
        if n_kept < len(load.confirmed):
            load.errors.append(f"{len(load.confirmed) - n_kept} confirmed answers are gone")
        engine.dispose()
    return load, figures


def main() -> None:
    """Measure, print, write; end with 1 if a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=200, help=f"at most {PHONES_MAX}")
    parser.add_argument("--json", type=Path, default=RESULTS / "load_survey.json")
    arguments = parser.parse_args()
    load, figures = measure(min(max(arguments.phones, 1), PHONES_MAX))
    for name, value in figures.items():
        print(f"{name:>24} {value:>10,.1f}")
    for error in sorted(set(load.errors)):
        print(f"error: {error}")
    reached = judge_goals(figures)
    for goal, is_reached in reached.items():
        print(f"{'reached' if is_reached else 'MISSED'}: {goal}")
    write_results(figures, arguments.json)
    sys.exit(0 if all(reached.values()) else 1)


if __name__ == "__main__":
    main()
