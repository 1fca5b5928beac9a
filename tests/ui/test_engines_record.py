"""The record of the accuracy benchmark is what the documents say it is."""

import csv
import re
from pathlib import Path

import pytest

from ui.lab import engines
from ui.settings import ENGINES_EPSILONS

ROOT = Path(__file__).parents[2]
BENCHMARKS = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")


def _strong():
    return [cell for cell in engines.compared() if cell["n_people"] * cell["epsilon"] >= engines.ENOUGH_SIGNAL]


def _percent(cells):
    return f"{100 * engines.wins(cells):.0f} %"


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_the_readmes_headline_is_the_records(name):
    # The Korean one writes 91%, the English one 91 %.
    told = (ROOT / name).read_text(encoding="utf-8").replace(" %", "%")

    for cells in (engines.compared(), _strong()):
        assert _percent(cells).replace(" ", "") in told


def test_the_benchmarks_table_of_wins_is_the_records():
    def row(name, cells):
        worst = max(engines.relative(cell) for cell in cells)
        return f"| {name} | {len(cells)} | {_percent(cells)} | {worst:.2f} |"

    assert row("all", engines.compared()) in BENCHMARKS
    assert row("n·ε ≥ 1 000", _strong()) in BENCHMARKS
    for epsilon in ENGINES_EPSILONS[1:]:
        cells = [cell for cell in engines.compared() if cell["epsilon"] == epsilon]
        assert row(f"ε = {epsilon:g}", cells) in BENCHMARKS


def test_every_cell_of_the_benchmarks_table_is_the_records():
    rows = dict(re.findall(r"^\| (\w+) \| ([\d. /|]+) \|$", BENCHMARKS, flags=re.MULTILINE))

    for dataset in {cell["dataset"] for cell in engines.record()["cells"]}:
        cells = [cell for cell in engines.record()["cells"] if cell["dataset"] == dataset]
        told = [float(each.split("/")[0]) for each in rows[dataset].split("|")]
        assert told == pytest.approx([cell["ratio"] for cell in cells], abs=6e-4)


def test_every_recorded_peer_is_in_the_record_and_has_a_column():
    with (ROOT / "benchmarks" / "peers.csv").open(encoding="utf-8") as file:
        recorded = {
            (row["dataset"], float(row["eps"]), row["peer"]): float(row["ratio"])
            for row in csv.DictReader(file)
            if row["peer"] != "plain"
        }
    kept = {
        (cell["dataset"], cell["epsilon"], peer): ratio
        for cell in engines.record()["cells"]
        for peer, ratio in cell["peers"].items()
    }

    assert kept == recorded
    assert {peer for *_, peer in kept} == set(engines.PEERS)


def test_a_peer_wins_only_when_it_is_better_by_more_than_the_tolerance():
    cell = {"ratio": 1.2, "peers": {"google": 1.0, "diffprivlib": 1.19, "pemeans": 1.1, "rugnik": 1.3}}

    assert engines.winners(cell) == ["google", "pemeans"]
    assert engines.relative(cell) == pytest.approx(1.2)
