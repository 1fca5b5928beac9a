"""A process beside the server that does one piece of long work and reports its steps: ``python -m ui.worker``.

Not ``multiprocessing``: it runs the main module again in its children, which under Streamlit is the visitor's page.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from typing import IO, Any, Protocol

ROOT = Path(__file__).parent.parent
#: Steps are told at most this often: nobody reads faster, and each costs the server a moment.
TOLD_EVERY_SECONDS = 0.1
#: Longer work has gone wrong, or was asked for by somebody who has left.
LONGEST_SECONDS = 900
#: Visitors' clicks go first: how far a worker steps back in the queue for the processor.
POLITENESS = 10


class Step(Protocol):
    """One step of the work."""

    @property
    def done(self) -> int: ...  # noqa: D102 - parts of the work that are done
    @property
    def total(self) -> int: ...  # noqa: D102 - parts of the work in all
    @property
    def outcome(self) -> Any | None: ...  # noqa: ANN401, D102 - the result; with the last step only


Work = Callable[..., Iterator[Step]]


class WorkFailedError(RuntimeError):
    """The work ended without a result; the worker's log says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a worker reports: how far it is, and with the last report what came out."""

    done: int
    total: int
    outcome: Any | None = None


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

    def reports(self) -> Iterator[Told]:
        """Start the process and yield what it reports; the last report carries the outcome.

        Raises:
            WorkFailedError: If the process ends before it has reported an outcome, is ended, or takes too long.
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
            while (told := _read(process.stdout)) is not None and monotonic() < until:
                yield told
                if told.outcome is not None:
                    return
            raise WorkFailedError("the worker ended without an outcome")
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


def _read(reports: IO[bytes]) -> Told | None:
    try:
        told: Told = pickle.load(reports)  # noqa: S301 - written by our own process
    except (EOFError, pickle.UnpicklingError, ValueError, OSError):
        return None
    return told


def serve(order: IO[bytes], reports: IO[bytes]) -> None:
    """Do the work that ``order`` names and write its steps to ``reports``."""
    work, arguments = pickle.load(order)  # noqa: S301 - written by our own process
    told_at = 0.0
    for step in work(*arguments):
        if step.outcome is None and monotonic() - told_at < TOLD_EVERY_SECONDS:
            continue
        told_at = monotonic()
        pickle.dump(Told(done=step.done, total=step.total, outcome=step.outcome), reports)
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
