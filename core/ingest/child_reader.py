"""The process that reads one foreign file and ends: ``main``, started by ``child``."""

import gc
import os
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO, cast

from core.ingest import wire
from core.ingest.answers import AnswerError, Answers
from core.ingest.catalogue_file import read_catalogue_csv
from core.ingest.catalogue_problems import CatalogueError
from core.ingest.child_limits import NO_MEMORY_STATUS, READY, Limits
from core.ingest.finlife import import_finlife
from core.ingest.load import load
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.read import read_sheet
from core.ingest.upload import read_upload

#: An order comes from the server itself: a name and answers, or cells that were read before.
ORDER_BYTES_MAX = 1 << 32
#: What the process can do with files, by the name that orders it.
TASKS: Mapping[str, Callable[..., object]] = {
    "sheet": lambda contents, name: read_sheet(contents.pop(), name=name),
    # The list lets go of the bytes, so that they make room for the cells.
    "upload": lambda contents, name, answers: read_upload(contents.pop(), name=name, answers=answers),
    # Without the cells, which nobody waits for.
    "reading": lambda contents, name, answers: read_upload(contents.pop(), name=name, answers=answers).reading,
    "load": lambda _contents, sheet, mapping: load(sheet, mapping),
    "catalogue": lambda contents: read_catalogue_csv(contents[0]),
    "finlife": import_finlife,
}


def take_order(orders: BinaryIO) -> tuple[str, list[bytes], list[object]]:
    """Read one order with its files, and hold this process to the limits for them."""
    order = wire.receive(orders, bytes_max=ORDER_BYTES_MAX)
    task, size, lengths, arguments = cast("tuple[str, int, list[int], list[object]]", order)
    Limits.for_bytes(size).impose()
    return task, [orders.read(length) for length in lengths], arguments


def work(task: str, contents: list[bytes], arguments: Sequence[object]) -> tuple[object, ...]:
    """Return what came out of ``task``, or in words that ``child`` knows why nothing did."""
    try:
        return "made", TASKS[task](contents, *arguments)
    except LoadError as error:
        return "load_error", error.problem, dict(error.blanks)
    except CatalogueError as error:
        return "catalogue_error", error.problem, dict(error.blanks)
    except AnswerError as error:
        return "answer_error", error.key, error.value, error.wanted
    except MemoryError:
        return "load_error", LoadProblem.TOO_MUCH_MEMORY, {}
    except BaseException as error:  # noqa: BLE001 - a panic of Rust is no Exception
        return "died", _say_where(error)


def _say_where(error: BaseException) -> str:
    """Name an error and the line that raised it; its message may hold people's cells."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "nowhere"  # noqa: PTH119
    return f"{type(error).__name__} at {place}"


def _end_with_parent() -> None:
    """End this process when its parent does: then there is an end to what it is told."""
    while os.read(0, 1):
        pass
    os._exit(1)


def _rehearse() -> None:
    """Load what the first file would have to wait for."""
    read_upload("이름,식비\n가,1\n나,2\n".encode("cp949"), name="a.csv", answers=Answers())


def main() -> None:
    """Read the one file that comes through standard input."""
    # What readers print goes to the log; only the answer goes to the pipe.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _rehearse()
    # Nothing lives long enough to be collected.
    gc.disable()
    answers.write(READY)
    answers.flush()
    status = 0
    try:
        order = take_order(sys.stdin.buffer)
        threading.Thread(target=_end_with_parent, daemon=True).start()
        wire.send(work(*order), answers)
        answers.flush()
    except MemoryError:
        status = NO_MEMORY_STATUS
    except (wire.WireError, BrokenPipeError):
        status = 1
    # Not by returning: a thread still waits for the parent's end.
    os._exit(status)
