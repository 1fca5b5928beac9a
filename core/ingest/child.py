"""Foreign files are read in a process of their own, which may take only so much time and memory and may die.

What a file does to its reader ends with that process. It is started anew for each file: nothing of one stays for the
next. A server keeps one ready, so that nobody waits for Python to start.
"""

import atexit
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, cast

from core.ingest import wire
from core.ingest.answers import AnswerError, Answers
from core.ingest.catalogue_problems import CatalogueError, CatalogueProblem, CatalogueUpload
from core.ingest.child_limits import NO_MEMORY_STATUS, POLITENESS, READY, Limits, ran_out_of_time
from core.ingest.load import Loaded
from core.ingest.mapping import LongMapping, WideMapping
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.reading import Reading, Upload
from core.ingest.sheet import RawSheet
from core.limits import UPLOAD_MEGABYTES

ROOT = Path(__file__).parents[2]
#: Files that are read at the same time; others wait their turn, but not for ever.
CHILDREN_MOST = 2
WAIT_SECONDS = 40
#: How long Python and Arrow may take to start on a busy machine.
START_SECONDS = 60.0
#: How long a process may take to end once it has nothing more to say.
DEATH_SECONDS = 1.0
#: What the child is told of its surroundings: nothing that is secret.
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "TEMP", "TMP", "PYTHONPATH", "LD_LIBRARY_PATH")
#: One thread, no reports of panics, and the allocator that returns what it no longer needs.
_SETTINGS = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "RUST_BACKTRACE": "0",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 20),
}
#: It steps back in the queue before it imports anything: that takes the processor for a second.
_PROGRAM = f"""
import os
if hasattr(os, "nice"):
    os.nice({POLITENESS})
from core.ingest.child_reader import main
main()
"""
#: What Rust says when it dies for want of memory.
_NO_MEMORY = b"memory allocation of"


def read_sheet_in_child(file: bytes | BinaryIO, *, name: str) -> RawSheet:
    """Do what ``read_sheet`` does, in a process of its own.

    Raises:
        LoadError: As ``read_sheet``, and TOO_MUCH_MEMORY, TOO_SLOW, READER_DIED or BUSY.
    """
    return cast("RawSheet", _read("sheet", [_bound(file)], name))


def read_in_child(file: bytes | BinaryIO, *, name: str, answers: Answers) -> Upload:
    """Do what ``read_upload`` does, in a process of its own.

    Raises:
        AnswerError: If an answer names a column that is not there.
        LoadError: If there is no reading to tell of: TOO_MANY_BYTES, TOO_MUCH_MEMORY, TOO_SLOW, READER_DIED or BUSY.
    """
    return cast("Upload", _read("upload", [_bound(file)], name, answers))


def tell_in_child(file: bytes | BinaryIO, *, name: str, answers: Answers) -> Reading:
    """Return the reading alone of what ``read_in_child`` reads.

    Raises:
        AnswerError: As there.
        LoadError: As there.
    """
    return cast("Reading", _read("reading", [_bound(file)], name, answers))


def load_in_child(sheet: RawSheet, mapping: WideMapping | LongMapping) -> Loaded:
    """Do what ``load`` does, in a process of its own: cells take as long to read as whoever wrote them likes.

    Raises:
        LoadError: As ``load``, and TOO_MUCH_MEMORY, TOO_SLOW, READER_DIED or BUSY.
    """
    return cast("Loaded", _read("load", [], sheet, mapping, size=int(sheet.cells.nbytes)))


def read_catalogue_in_child(content: bytes) -> CatalogueUpload:
    """Do what ``read_catalogue_csv`` does, in a process of its own.

    Raises:
        CatalogueError: As there.
        LoadError: TOO_MUCH_MEMORY, TOO_SLOW, READER_DIED or BUSY.
    """
    return cast("CatalogueUpload", _read("catalogue", [content]))


def import_finlife_in_child(files: list[bytes]) -> CatalogueUpload:
    """Do what ``import_finlife`` does, in a process of its own.

    Raises:
        CatalogueError: As there.
        LoadError: TOO_MUCH_MEMORY, TOO_SLOW, READER_DIED or BUSY.
    """
    return cast("CatalogueUpload", _read("finlife", files))


class _Children:
    """The processes that read: no more than so many at a time, and one that waits for the next file."""

    def __init__(self) -> None:
        self.slots = threading.BoundedSemaphore(CHILDREN_MOST)
        self._lock = threading.Lock()
        self._ready: subprocess.Popen[bytes] | None = None
        self._keeps_ready = False

    def keep_ready(self) -> None:
        """From now on keep a process that waits for a file."""
        with self._lock:
            self._keeps_ready = True
            if self._ready is None or self._ready.poll() is not None:
                self._ready = _start()

    def take(self) -> subprocess.Popen[bytes]:
        """Return a process that waits for a file."""
        with self._lock:
            ready, self._ready = self._ready, None
        return ready if ready is not None and ready.poll() is None else _start()

    def replace(self) -> None:
        """Start the next one that waits, if one is to."""
        if self._keeps_ready:
            self.keep_ready()

    def end_ready(self) -> None:
        """End the one that waits."""
        with self._lock:
            self._keeps_ready = False
            ready, self._ready = self._ready, None
        if ready is not None:
            _end(ready)


_log = logging.getLogger(__name__)
_children = _Children()
atexit.register(_children.end_ready)
keep_ready = _children.keep_ready
end_ready = _children.end_ready


def _bound(file: bytes | BinaryIO) -> bytes:
    limit = UPLOAD_MEGABYTES << 20
    content = file if isinstance(file, bytes) else _read_file(file, limit=limit)
    if len(content) > limit:
        raise LoadError(LoadProblem.TOO_MANY_BYTES, megabytes=UPLOAD_MEGABYTES)
    return content


def _read_file(file: BinaryIO, *, limit: int) -> bytes:
    file.seek(0)
    return file.read(limit + 1)


def _read(task: str, contents: list[bytes], *arguments: object, size: int = 0) -> object:
    """Have a child do ``task`` with files, or with cells of ``size`` bytes; return what it makes of them."""
    if not _children.slots.acquire(timeout=WAIT_SECONDS):
        raise LoadError(LoadProblem.BUSY)
    try:
        answer = _ask(task, list(arguments), contents, size=size or sum(map(len, contents)))
    finally:
        _children.slots.release()
        _children.replace()
    return _settle(answer)


def _ask(task: str, arguments: list[object], contents: list[bytes], *, size: int) -> object:
    limits = Limits.for_bytes(size)
    order = (task, size, [len(content) for content in contents], arguments)
    child = _children.take()
    try:
        with _ending(child, after=START_SECONDS):
            is_ready = _pipe(child.stdout).read(len(READY)) == READY
        if not is_ready:
            raise LoadError(LoadProblem.BUSY)
        with _ending(child, after=limits.clock_seconds) as is_late:
            return _exchange(child, order, contents, bytes_max=limits.memory_bytes)
    except wire.WireError:
        if is_late.is_set() or ran_out_of_time(_wait(child)):
            raise LoadError(LoadProblem.TOO_SLOW, seconds=round(limits.seconds)) from None
        raise LoadError(_why_died(child)) from None
    finally:
        _end(child)


def _exchange(child: subprocess.Popen[bytes], order: object, contents: list[bytes], *, bytes_max: int) -> object:
    with suppress(BrokenPipeError):
        wire.send(order, _pipe(child.stdin))
        for content in contents:
            _pipe(child.stdin).write(content)
        _pipe(child.stdin).flush()
    return wire.receive(_pipe(child.stdout), bytes_max=bytes_max)


@contextmanager
def _ending(child: subprocess.Popen[bytes], *, after: float) -> Iterator[threading.Event]:
    """End a child that is not done after so many seconds; the event says that it was."""
    is_late = threading.Event()

    def end_late() -> None:
        is_late.set()
        child.kill()

    timer = threading.Timer(after, end_late)
    timer.daemon = True
    timer.start()
    try:
        yield is_late
    finally:
        timer.cancel()


def _wait(child: subprocess.Popen[bytes]) -> int:
    """Return the status of a process that has nothing more to say."""
    with suppress(subprocess.TimeoutExpired):
        return child.wait(DEATH_SECONDS)
    child.kill()
    return child.wait()


def _why_died(child: subprocess.Popen[bytes]) -> LoadProblem:
    out_of_memory = _wait(child) == NO_MEMORY_STATUS or _NO_MEMORY in _pipe(child.stderr).read()
    return LoadProblem.TOO_MUCH_MEMORY if out_of_memory else LoadProblem.READER_DIED


def _pipe(pipe: IO[bytes] | None) -> BinaryIO:
    return cast("BinaryIO", pipe)


def _start() -> subprocess.Popen[bytes]:
    known = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _PROGRAM],
        cwd=ROOT,
        env=known | _SETTINGS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a process and wait until it is gone."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout, child.stderr):
        if pipe is not None:
            # What could not be written to a dead process is written once more, and fails again.
            with suppress(BrokenPipeError):
                pipe.close()


def _settle(answer: object) -> object:
    """Return what a child made of its files, or raise what it raised."""
    match answer:
        case ("made", value):
            return value
        case ("load_error", LoadProblem() as problem, dict() as blanks):
            raise LoadError(problem, **blanks)
        case ("catalogue_error", CatalogueProblem() as problem, dict() as blanks):
            raise CatalogueError(problem, **blanks)
        case ("answer_error", str() as key, str() as value, str() as wanted):
            raise AnswerError(key, value, wanted)
        case ("died", str() as where):
            _log.error("a file's reader failed: %s", where)
            raise LoadError(LoadProblem.READER_DIED)
        case _:
            raise LoadError(LoadProblem.READER_DIED)
