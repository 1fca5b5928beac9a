"""Work for the jobs' tests: small, slow, failing, and never ending."""

import os
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One step of counting."""

    done: int
    total: int
    outcome: object = None


def count(to):
    """Count to ``to`` and return the numbers and the process that counted."""
    for done in range(1, to):
        yield Counted(done=done, total=to)
    print("to the log, never into the reports")  # noqa: T201
    yield Counted(done=to, total=to, outcome=(list(range(to)), os.getpid(), os.nice(0)))


def fail():
    """Do one step, then end in the middle."""
    yield Counted(done=1, total=2)
    os._exit(3)


def endless(note):
    """Write down who works and never end."""
    note.write_text(str(os.getpid()))
    while True:
        time.sleep(0.02)
        yield Counted(done=1, total=2)
