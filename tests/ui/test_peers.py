"""The table of peers is what the benchmark published, and what the documents say of it."""

import csv
import re
from pathlib import Path

import pytest

from benchmarks import accuracy
from ui.lab import peers
from ui.lab.peers import Cell, read_benchmark
from ui.markup import ASSETS
from ui.settings import ENGINES_EPSILONS

ROOT = Path(__file__).parents[2]
README = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
COMPARED = read_benchmark().compared
STRONG = [cell for cell in COMPARED if cell.has_signal]


def _percent(cells):
    return f"{100 * read_benchmark().share_won(cells):.0f} %"


def test_the_benchmark_publishes_where_the_table_is_read():
    assert accuracy.PUBLISHED == ASSETS / peers.PUBLISHED


def test_what_the_benchmark_publishes_of_a_cell_is_read_as_it_was_measured():
    cell = accuracy.Cell(
        dataset="iris",
        n_people=150,
        n_features=4,
        n_clusters=3,
        epsilon=1.0,
        signal=150.0,
        ratio=1.23456,
        ari=0.98765,
        live_diffprivlib=None,
        best_peer="google",
        best_ratio=1.5,
        peers={"google": 1.5},
    )
    published = accuracy.make_published([cell], seeds=3)

    assert published.keys() == {"measured", "versions", "seeds", "tolerance", "with_delta", "cells"}
    (read,) = (Cell(**each) for each in published["cells"])
    assert (read.dataset, read.ratio, read.ari, read.best_peer) == ("iris", 1.2346, 0.9877, "google")


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_the_readmes_headline_is_what_was_published(name):
    # The Korean one writes 91%, the English one 91 %.
    text = (ROOT / name).read_text(encoding="utf-8").replace(" %", "%")

    for cells in (COMPARED, STRONG):
        assert _percent(cells).replace(" ", "") in text


def test_the_benchmarks_table_of_wins_is_what_was_published():
    def row(name, cells):
        return f"| {name} | {len(cells)} | {_percent(cells)} | {max(cell.relative for cell in cells):.2f} |"

    assert row("all", COMPARED) in README
    assert row("n·ε ≥ 1 000", STRONG) in README
    for epsilon in ENGINES_EPSILONS[1:]:
        assert row(f"ε = {epsilon:g}", [cell for cell in COMPARED if cell.epsilon == epsilon]) in README


def test_every_cell_of_the_benchmarks_table_is_what_was_published():
    rows = dict(re.findall(r"^\| (\w+) \| ([\d. /|]+) \|$", README, flags=re.MULTILINE))

    for dataset in {cell.dataset for cell in read_benchmark().cells}:
        written = [float(each.split("/")[0]) for each in rows[dataset].split("|")]
        published = [cell.ratio for cell in read_benchmark().cells if cell.dataset == dataset]
        assert written == pytest.approx(published, abs=6e-4)


def test_every_recorded_peer_is_published_and_has_a_column():
    with (ROOT / "benchmarks" / "peers.csv").open(encoding="utf-8") as file:
        recorded = {
            (row["dataset"], float(row["eps"]), row["peer"]): float(row["ratio"])
            for row in csv.DictReader(file)
            if row["peer"] != "plain"
        }
    published = {(cell.dataset, cell.epsilon, peer): ratio for cell in COMPARED for peer, ratio in cell.peers.items()}

    assert published == recorded
    assert {peer for *_, peer in published} == set(peers.PEERS)


def test_a_peer_wins_only_when_it_is_better_by_more_than_the_tolerance():
    ratios = {"google": 1.0, "diffprivlib": 1.19, "pemeans": 1.1, "rugnik": 1.3}
    cell = Cell(dataset="", n_people=1, n_features=1, n_clusters=1, epsilon=1.0, ratio=1.2, ari=0.0, peers=ratios)

    assert cell.find_better(1.01) == ["google", "pemeans"]
    assert cell.relative == pytest.approx(1.2)
