"""The house stays in order: no module is longer than one can read in one go."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("core", "ui", "pages", "store", "benchmarks")
LINES_MAX = 300


def _modules():
    return sorted([ROOT / "app.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))])


def test_there_are_modules_in_every_folder():
    assert {path.relative_to(ROOT).parts[0] for path in _modules()} == {"app.py", *FOLDERS}


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_longer_than_one_can_read(path):
    lines = path.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= LINES_MAX, f"{path.relative_to(ROOT)} has {len(lines)} lines: which noun is missing?"


def test_nothing_runs_by_a_timer_but_the_progress_of_long_work():
    # Streamlit has dropped drawings when a timer's run began at the end of another: rooms ask for news instead.
    by_timer = [path.relative_to(ROOT).as_posix() for path in _modules() if "run_every=" in path.read_text("utf-8")]

    assert by_timer == ["ui/jobs.py"]
