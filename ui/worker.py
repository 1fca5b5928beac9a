"""A process beside the server that does one piece of long work and reports its progress: ``python -m ui.worker``.

Not ``multiprocessing``: it runs the main module again in its children, which under Streamlit is the visitor's page.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from typing import IO, Any

from core.progress import Progress

ROOT = Path(__file__).parent.parent
#: Progress is reported at most this often: nobody reads faster, and each costs the server a moment.
REPORT_EVERY_SECONDS = 0.1
#: Longer work has gone wrong, or was asked for by somebody who has left.
LONGEST_SECONDS = 900
#: Visitors' clicks go first: how far a worker steps back in the queue for the processor.
POLITENESS = 10


#: Generator function of the core: it yields how far it is, and with the last report the result.
Work = Callable[..., Iterator[Progress[Any]]]


class WorkFailedError(RuntimeError):
    """The work ended without a result; the worker's log says why."""


class Worker:
    """One piece of work in a process of its own.

    Args:
        work: Generator function that can be imported by its name.
        arguments: What it is called with; picklable.
    """

    def __init__(self, work: Work, arguments: tuple[Any, ...]) -> None:
        self._order = pickle.dumps((work, arguments), protocol=pickle.HIGHEST_PROTOCOL)
        self._ended = Event()
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def reports(self) -> Iterator[Progress[Any]]:
        """Start the process and yield what it reports; the last report carries the result.

        Raises:
            WorkFailedError: If the process ends before it has reported a result, is ended, or takes too long.
        """
        process = self._start()
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        until = monotonic() + LONGEST_SECONDS
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(self._order)
            # Closing writes what is left, which fails again if the worker was ended in the middle.
            with suppress(BrokenPipeError):
                process.stdin.close()
            while (progress := _read(process.stdout)) is not None and monotonic() < until:
                yield progress
                if progress.result is not None:
                    return
            raise WorkFailedError("the worker ended without a result")
        finally:
            self.end()
            process.stdout.close()
            process.wait()

    def end(self) -> None:
        """End the process, if it runs, and never start it again; safe to call from any thread and twice."""
        with self._lock:
            self._ended.set()
            if self._process is not None and self._process.poll() is None:
                self._process.kill()

    @property
    def is_ended(self) -> bool:
        """Whether the work is over or was called off."""
        return self._ended.is_set()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._ended.is_set():
                raise WorkFailedError("the work was called off before it began")
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ui.worker"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            return self._process


def _read(reports: IO[bytes]) -> Progress[Any] | None:
    try:
        progress: Progress[Any] = pickle.load(reports)  # noqa: S301 - written by our own process
    except (EOFError, pickle.UnpicklingError, ValueError, OSError):
        return None
    return progress


def serve(order: IO[bytes], reports: IO[bytes]) -> None:
    """Do the work that ``order`` names and write its progress to ``reports``."""
    work, arguments = pickle.load(order)  # noqa: S301 - written by our own process
    reported_at = 0.0
    for progress in work(*arguments):
        if progress.result is None and monotonic() - reported_at < REPORT_EVERY_SECONDS:
            continue
        reported_at = monotonic()
        pickle.dump(progress, reports)
        reports.flush()


def _main() -> None:
    # What the work prints goes to the log; only reports go to the pipe.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as reports:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        with suppress(AttributeError, OSError):
            os.nice(POLITENESS)
        # Nobody is left to report to when the server is gone.
        with suppress(BrokenPipeError):
            # Under ``-m`` this module is called __main__; what is pickled must bear the name that the server knows.
            from ui.worker import serve as serve_by_name  # noqa: PLC0415

            serve_by_name(sys.stdin.buffer, reports)


if __name__ == "__main__":
    _main()
