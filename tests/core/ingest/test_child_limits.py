"""Limits of the process that reads a file."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.child_limits import SECONDS_LEAST, SECONDS_MOST, Limits, ran_out_of_time


def test_a_small_file_gets_seconds_and_half_a_gigabyte_and_the_largest_half_a_minute():
    small, large = Limits.for_bytes(1000), Limits.for_bytes(200 << 20)

    assert small.seconds == pytest.approx(4, abs=0.01)
    assert small.memory_bytes == (500 << 20) + 3000
    assert (large.seconds, large.memory_bytes) == (30, 1100 << 20)


@given(st.integers(0, 1 << 40))
def test_more_bytes_never_get_less(n_bytes):
    one, more = Limits.for_bytes(n_bytes), Limits.for_bytes(2 * n_bytes)

    assert SECONDS_LEAST <= one.seconds <= more.seconds <= SECONDS_MOST
    assert one.memory_bytes <= more.memory_bytes


def test_a_process_held_to_limits_cannot_fill_more_memory_nor_write_files_nor_live_long(tmp_path):
    program = f"""
import signal, sys
from pathlib import Path
from core.ingest.child_limits import Limits
Limits(memory_bytes=200 << 20, seconds=0.5).impose()
try:
    # Only Linux keeps to a limit on memory.
    bytes(300 << 20 if sys.platform == "linux" else 1 << 62)
except MemoryError:
    print("no memory")
try:
    Path({str(tmp_path / "written")!r}).write_text("x")
except OSError:
    print("no file")
print(signal.getitimer(signal.ITIMER_REAL)[0] <= 4, flush=True)
while True:
    pass
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own

    assert done.stdout.split("\n")[:3] == ["no memory", "no file", "True"]
    assert ran_out_of_time(done.returncode)
    assert not ran_out_of_time(-9)
