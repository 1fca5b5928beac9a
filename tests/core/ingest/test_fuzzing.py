"""Files damaged at random end in a table or in the loaders' own error, in every format."""

import os
import random
import signal
import subprocess
import sys

import pytest

from core.ingest import child, read_sheet
from tests.conftest import TEST_SEED
from tests.core.ingest.fuzzing import FORMATS, MUTATIONS, mutate, write_corpus
from tests.core.ingest.old_excel import write_old_excel

#: Deaths of native code that are borne: on the server each ends its own child. More would be a reader that never reads.
DEATHS_MAX = 60


def _run(kind, number):
    """Read damaged files from one on, until the end or the process's; return its lines and how it ended."""
    command = [sys.executable, "-m", "tests.core.ingest.fuzzing", str(TEST_SEED), kind, str(number)]
    settings = os.environ | child._SETTINGS
    done = subprocess.run(command, cwd=child.ROOT, env=settings, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    return done.stdout.splitlines(), done.returncode


@pytest.mark.slow
def test_whatever_is_damaged_only_the_loaders_own_errors_come_out():
    kind, number, faults, n_read = FORMATS[0], 0, [], 0
    for _ in range(DEATHS_MAX):
        lines, status = _run(kind, number)
        faults += [line for line in lines if line.startswith("fault")]
        n_read += sum(line.split()[0] in FORMATS for line in lines)
        if lines[-1] == "end":
            break
        # Aborted or broken off in native code: go on behind that file. Out of time is a fault of its own.
        assert status in {-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS}, (lines[-1], status)
        kind, number = lines[-1].split()[0], int(lines[-1].split()[1]) + 1

    assert not faults
    assert n_read >= len(FORMATS) * MUTATIONS - DEATHS_MAX


@pytest.mark.parametrize("kind", FORMATS[:5])
def test_what_is_damaged_was_whole_before(kind):
    assert all(read_sheet(content, name=f"a.{kind}").n_rows for content in write_corpus()[kind])


def test_a_damaged_file_can_be_made_again_and_few_are_left_whole():
    whole = write_corpus()["csv"]
    damaged = [mutate(whole, random.Random(seed)) for seed in range(50)]  # noqa: S311 - no secret

    assert damaged == [mutate(whole, random.Random(seed)) for seed in range(50)]  # noqa: S311
    assert len({*damaged} - {*whole}) > 40


def test_an_old_workbook_written_by_hand_is_read():
    sheet = read_sheet(write_old_excel([["이름", "식비"], ["가", 1.5]]), name="a.xls")

    assert sheet.head(1) == [{"이름": "가", "식비": 1.5}]
