"""Work for the jobs' tests: small, slow, failing, and never ending."""

import os
import time

from core.progress import Progress


def count(to):
    """Count to ``to`` and return the numbers and the process that counted."""
    for done in range(1, to):
        yield Progress(done=done, total=to)
    print("to the log, never into the reports")  # noqa: T201
    yield Progress(done=to, total=to, result=(list(range(to)), os.getpid(), os.nice(0)))


def fail():
    """Do one step, then end in the middle."""
    yield Progress(done=1, total=2)
    os._exit(3)


def endless(note):
    """Write down who works and never end."""
    note.write_text(str(os.getpid()))
    while True:
        time.sleep(0.02)
        yield Progress(done=1, total=2)
