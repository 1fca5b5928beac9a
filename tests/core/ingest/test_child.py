"""A process for every foreign file: what comes back, what becomes of it when it dies, and that nothing stays behind."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from core.ingest import LoadError, LoadProblem, child, child_limits, load, propose_wide, read_sheet
from core.ingest.answers import AnswerError, Answers
from core.ingest.catalogue_file import catalogue_template, read_catalogue_csv
from core.ingest.catalogue_problems import CatalogueError, CatalogueProblem
from core.ingest.child import (
    import_finlife_in_child,
    load_in_child,
    read_catalogue_in_child,
    read_in_child,
    read_sheet_in_child,
)
from core.ingest.child_limits import READY
from core.ingest.upload import read_upload
from tests.core.ingest.files import cells_of, shared_text_bomb

WAIT_SECONDS = 30


@pytest.fixture(autouse=True)
def _leave_nothing():
    yield
    child.end_ready()


def _instead(monkeypatch, program):
    """Let another program stand where the reader would."""
    started = []

    def start():
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        ready = f"import os; os.write(1, {READY!r}); {program}"
        started.append(subprocess.Popen([sys.executable, "-S", "-c", ready], **pipes))  # noqa: S603 - our own
        return started[-1]

    monkeypatch.setattr(child, "_start", start)
    return started


def _problem(content=b"id,food\na,1\n", name="a.csv"):
    with pytest.raises(LoadError) as caught:
        read_sheet_in_child(content, name=name)
    return caught.value.problem


def test_what_a_child_reads_is_what_would_be_read_here():
    content = "이름,식비\n가,1\n나\n다,3\n".encode("cp949")
    here, there = read_sheet(content, name="표.csv"), read_sheet_in_child(io.BytesIO(content), name="표.csv")

    assert cells_of(there) == cells_of(here)
    assert (there.encoding, there.n_ragged, there.file_key) == ("cp949", 1, here.file_key)
    child.keep_ready()
    mapping = propose_wide(here)
    assert load_in_child(there, mapping).table.content_key == load(here, mapping).table.content_key


def test_a_reading_and_an_answer_that_is_none_come_back_as_they_would_here():
    content, answers = b"id,food,rent\na,1,5\nb,2,6\n", Answers(given={"months": "1"})
    child.keep_ready()

    there, here = (read(content, name="a.csv", answers=answers) for read in (read_in_child, read_upload))
    assert there.reading == here.reading
    with pytest.raises(AnswerError, match="not 'nobody'"):
        read_in_child(content, name="a.csv", answers=Answers(given={"person": "nobody"}))


def test_what_a_file_lacks_is_told_as_here_and_the_next_file_is_read():
    child.keep_ready()
    assert _problem(b"id,food\na,1\n\xff\xff,2\n") is LoadProblem.UNDECODABLE
    assert read_catalogue_in_child(catalogue_template()) == read_catalogue_csv(catalogue_template())
    with pytest.raises(CatalogueError) as caught:
        import_finlife_in_child([b"{", b"[]"])
    assert (caught.value.problem, caught.value.blanks["file"]) == (CatalogueProblem.NOT_JSON, 1)


def test_a_file_that_fills_the_memory_ends_in_a_sentence():
    content = shared_text_bomb()

    assert len(content) < 1 << 16
    assert _problem(content, "a.xlsx") is LoadProblem.TOO_MUCH_MEMORY


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("os.abort()", LoadProblem.READER_DIED),
        ("os._exit(0)", LoadProblem.READER_DIED),
        ("os._exit(3)", LoadProblem.TOO_MUCH_MEMORY),
        ("os.write(2, b'memory allocation of 9 bytes failed'); os.abort()", LoadProblem.TOO_MUCH_MEMORY),
        ("os.write(1, bytes(100))", LoadProblem.READER_DIED),
        ("os.write(1, (4).to_bytes(8, 'little') + b'null')", LoadProblem.READER_DIED),
        ("[os.write(1, b'x' * 9000) for _ in iter(int, 1)]", LoadProblem.READER_DIED),
        ("os.kill(os.getpid(), 11)", LoadProblem.READER_DIED),
        ("os.kill(os.getpid(), __import__('signal').SIGPROF)", LoadProblem.TOO_SLOW),
    ],
)
def test_however_a_child_dies_there_is_a_sentence_and_no_child(monkeypatch, program, problem):
    started = _instead(monkeypatch, program)

    assert _problem() is problem
    assert started[0].returncode is not None


def test_a_child_that_cannot_even_start_is_ended(monkeypatch):
    monkeypatch.setattr(child, "START_SECONDS", 0.1)
    started = _instead(monkeypatch, "")
    monkeypatch.setattr(child, "READY", b"something longer")

    assert _problem() is LoadProblem.BUSY
    assert started[0].returncode is not None


@pytest.mark.parametrize("size", [10, 1 << 20])
def test_a_child_that_takes_too_long_is_ended(monkeypatch, size):
    monkeypatch.setattr(child_limits, "SECONDS_LEAST", 0.1)
    monkeypatch.setattr(child_limits, "SECONDS_A_MEGABYTE", 0.0)
    started = _instead(monkeypatch, "import time; time.sleep(60)")

    assert _problem(b"x" * size) is LoadProblem.TOO_SLOW
    assert started[0].returncode == -signal.SIGKILL


def test_too_many_files_at_a_time_are_asked_to_come_later(monkeypatch):
    monkeypatch.setattr(child, "WAIT_SECONDS", 0.05)
    monkeypatch.setattr(child_limits, "SECONDS_LEAST", 0.4)
    _instead(monkeypatch, "import time; time.sleep(60)")
    busy = [threading.Thread(target=_problem) for _ in range(child.CHILDREN_MOST)]
    for thread in busy:
        thread.start()
    while child._children.slots._value:
        time.sleep(0.01)

    assert _problem() is LoadProblem.BUSY
    for thread in busy:
        thread.join()


def test_too_many_bytes_are_refused_before_a_child_is_asked(monkeypatch):
    monkeypatch.setattr(child, "UPLOAD_MEGABYTES", 1)
    started = _instead(monkeypatch, "")

    assert _problem(b"x" * ((1 << 20) + 1)) is LoadProblem.TOO_MANY_BYTES
    assert not started


def test_one_child_waits_for_the_next_file_and_is_used_once(monkeypatch):
    started = _instead(monkeypatch, "os._exit(0)")
    child.keep_ready()
    first = child._children.take()

    assert started == [first]
    child._children.replace()
    assert len(started) == 2
    child._end(first)


def test_a_child_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("SAGRAM_SECRET", "x")
    seen = []
    monkeypatch.setattr(child.subprocess, "Popen", lambda _command, **options: seen.append(options["env"]))
    child._start()

    assert "SAGRAM_SECRET" not in seen[0]
    assert seen[0]["OMP_NUM_THREADS"] == "1"


def test_a_killed_server_leaves_no_child_behind():
    program = (
        "import time; from core.ingest import child; child.keep_ready(); "
        "other = child._start(); print(child._children._ready.pid, other.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=child.ROOT) as server:  # noqa: S603 - our own
        pids = [int(pid) for pid in server.stdout.readline().split()]
        server.kill()
    until = time.monotonic() + WAIT_SECONDS
    while any(map(_lives, pids)):
        assert time.monotonic() < until, "a child outlived its server"
        time.sleep(0.02)


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # An orphan that has ended may wait to be collected.
    return sys.platform != "linux" or "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
