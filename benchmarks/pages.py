"""Speed and memory of the compare page: ``python -m benchmarks.pages``; needs Chromium, takes about five minutes.

Every figure of one run is measured in that run, the naive app's between ours, and is a median unless it says otherwise.
Bytes are counted before the websocket compresses them.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.browser import Move, Visit
from benchmarks.figure import RESULTS, Figure, print_figures, write_results
from benchmarks.visitor import Answer, Visitor
from core.limits import CLUSTERS_MAX, CLUSTERS_MIN, EPSILON_CHOICES
from tests.browser import chromium
from tests.browser.server import ROOT, Server, serving

#: Each seed gives people that no cache knows yet.
SEEDS = (101, 102, 103)
K_CHOICES = tuple(range(CLUSTERS_MIN, CLUSTERS_MAX + 1))
PRESSES = 8
FIRST_VISITS = 7
COLD_STARTS = 3

CHANGE_MS = 150.0
RERUN_KB = 60.0
REDRAW_RATIO, FIRST_RATIO = 0.4, 0.5
MILLION_MS, MILLION_MB = 5_000.0, 1_536.0
#: Fits on one thread are the faster ones on a busy machine: the naive app gets them too.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def measure_server(server: Server) -> Iterator[Figure]:
    """10 000 people, 12 columns: what a moved slider costs the server, and what it sends."""
    # The first visitor of all pays for imports that the warm-up does not know.
    with Visitor(server, page="compare", link=f"seed={SEEDS[0] - 1}") as visitor:
        answers = [visitor.move(epsilon=2.0)]
    phases: dict[str, list[Answer]] = {}
    cpu: dict[str, float] = {}
    for seed in SEEDS:
        with Visitor(server, page="compare", link=f"seed={seed}&epsilon={EPSILON_CHOICES[0]:g}") as visitor:
            for name, moves in _list_moves():
                before = server.cpu_seconds()
                phases.setdefault(name, []).extend(visitor.move(**move) for move in moves)
                cpu[name] = cpu.get(name, 0.0) + server.cpu_seconds() - before
    for name, answered in phases.items():
        what = f"{name} ({len(answered)} moves)"
        yield Figure(name=f"{what}, server wall", ours=median(a.wall_ms for a in answered), against=CHANGE_MS)
        yield Figure(name=f"{what}, server processor, mean", ours=cpu[name] * 1000 / len(answered), against=CHANGE_MS)
        answers += answered
    with Visitor(server, page="compare", link=f"seed={SEEDS[0]}&view=insider") as visitor:
        answers += [visitor.move(k=k) for k in K_CHOICES]
    if any(answer.runs != 1 for answer in answers):
        raise RuntimeError("a moved slider reran more than its fragment once")
    yield _make_size("sent a rerun, median", median(answer.n_bytes for answer in answers))
    yield _make_size("sent a rerun, most ever", max(answer.n_bytes for answer in answers))


def _list_moves() -> Iterator[tuple[str, list[dict[str, float]]]]:
    """Return every change of ε and k worth telling apart, in the order that makes the names true; starts at k = 4."""
    new_k = [k for k in reversed(K_CHOICES) if k != 4]
    yield "ε never seen", [{"epsilon": epsilon} for epsilon in EPSILON_CHOICES[1:]]
    yield "ε seen before", [{"epsilon": epsilon} for epsilon in reversed(EPSILON_CHOICES[:-1])]
    yield "k never seen", [{"k": k} for k in new_k]
    yield "k seen before", [{"k": k} for k in K_CHOICES[1:]]
    yield (
        "k with ε never seen, plain side known",
        [{"k": k, "epsilon": epsilon} for k, epsilon in zip(new_k, EPSILON_CHOICES[1:], strict=False)],
    )


def _make_size(name: str, n_bytes: float) -> Figure:
    return Figure(name=name, ours=n_bytes / 1000, against=RERUN_KB, unit="kB")


def measure_whole_script() -> Iterator[Figure]:
    """The same page's whole script in a process of its own, without server and websocket."""
    command = [sys.executable, "-m", "benchmarks.script"]
    output = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout  # noqa: S603 - ourselves
    for key, spent in json.loads(output).items():
        for clock, value in spent.items():
            name = f"{'ε' if key == 'epsilon' else key} never seen, whole script in process, {clock[:-3]}"
            yield Figure(name=name, ours=value, against=CHANGE_MS)


def compare_with_naive(browser: Browser, ours: Server, naive: Server) -> Iterator[Figure]:
    """What a person waits for: the first chart, and the redraw after a key press, ours and the naive app's in turn."""
    compare = f"{ours.url}/compare"
    first = [
        (_measure_first_chart(browser, compare), _measure_first_chart(browser, naive.url))
        for _ in range(FIRST_VISITS + 1)
    ]
    yield _make_ratio("first chart of a fresh visitor, warm server", first[1:], most=FIRST_RATIO)
    with Visit.open(browser) as visit, Visit.open(browser) as other:
        visit.first_chart_ms(f"{compare}?seed={SEEDS[0] - 2}&epsilon={EPSILON_CHOICES[0]:g}")
        other.first_chart_ms(naive.url)
        sizes: list[int] = []
        for slider, name in (("epsilon", "ε"), ("k", "k")):
            moves = [(visit.press(slider, "ArrowRight"), other.press(slider, "ArrowRight")) for _ in range(PRESSES)]
            redraws = [(mine.redraw_ms, naives.redraw_ms) for mine, naives in moves]
            yield _make_ratio(f"key press on {name} to last redraw, nothing cached", redraws, most=REDRAW_RATIO)
            yield Figure(name="  of which until the browser tells the server", ours=_take_wait(m for m, _ in moves))
            sizes += [mine.n_bytes for mine, _ in moves]
        yield _make_size("received by the browser a rerun, most", max(sizes))


def _measure_first_chart(browser: Browser, address: str) -> float:
    with Visit.open(browser) as visit:
        return visit.first_chart_ms(address)


def _make_ratio(name: str, pairs: Sequence[Sequence[float]], *, most: float) -> Figure:
    ours, naives = zip(*pairs, strict=True)
    return Figure(name=name, ours=median(ours), against=median(naives), most=most)


def _take_wait(moves: Iterable[Move]) -> float:
    return median(move.wait_ms for move in moves)


def measure_million(browser: Browser) -> Iterator[Figure]:
    """1 000 000 people on a server of their own."""
    link = "people=1000000"
    with serving() as server:
        yield Figure(name="memory after the warm-up, peak", ours=server.peak_mb(), unit="MB")
        with Visit.open(browser) as visit:
            first = visit.first_chart_ms(f"{server.url}/compare?{link}")
            yield Figure(name="1 000 000 people: first chart, made on the way", ours=first)
            for slider, key, name in (
                ("k", "ArrowRight", "k never seen"),
                ("k", "ArrowLeft", "k seen before"),
                ("epsilon", "ArrowRight", "ε never seen"),
                ("k", "ArrowRight", "k with ε never seen before, plain side known"),
            ):
                redraws = [visit.press(slider, key).redraw_ms for _ in range(4)]
                limit = MILLION_MS if slider == "k" else None
                what = f"1 000 000 people: {name}, key press to last redraw"
                yield Figure(name=f"{what}, median", ours=median(redraws), against=limit)
                yield Figure(name=f"{what}, longest", ours=max(redraws), against=limit)
        yield Figure(
            name="1 000 000 people: memory of the server, peak", ours=server.peak_mb(), against=MILLION_MB, unit="MB"
        )
        for page in ("data", "recommend"):
            with Visitor(server, page=page, link=link) as visitor:
                yield Figure(name=f"1 000 000 people: first run of the {page} page", ours=visitor.first.wall_ms)
        yield Figure(name="  memory after these pages too, peak", ours=server.peak_mb(), against=MILLION_MB, unit="MB")


def measure_cold_start(browser: Browser) -> Iterator[Figure]:
    """A new process: how long until it answers, and the first visit after that."""
    opened, first = [], []
    for _ in range(COLD_STARTS):
        with serving() as server:
            opened.append(server.seconds_to_open)
            first.append(_measure_first_chart(browser, f"{server.url}/compare"))
    yield Figure(name="cold start: process started to first answer", ours=median(opened), unit="s")
    yield Figure(name="cold start: first chart of the first visitor after it", ours=median(first))


def measure() -> Iterator[Figure]:
    """Measure everything, one part after the other."""
    yield from measure_whole_script()
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        with serving() as ours, serving("benchmarks/naive_app.py", ONE_THREAD) as naive:
            yield from measure_server(ours)
            yield from compare_with_naive(browser, ours, naive)
        yield from measure_million(browser)
        yield from measure_cold_start(browser)


def main() -> None:
    """Print the table as it grows and write it as JSON."""
    write_results(print_figures(measure()), RESULTS / "pages.json")


if __name__ == "__main__":
    main()
