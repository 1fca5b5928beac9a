"""Previews that browsers fetch after their first picture: made by a worker when one asks, kept, sent compressed."""

import weakref
from collections import OrderedDict
from http import HTTPStatus
from threading import BoundedSemaphore, Lock

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ui.jobs import Job, State
from ui.server.static import add_base_path
from ui.worker import Work

PATH = "/sagram-ahead"
#: Previews of practice data that are kept for all visitors, each at most 100 kB.
KEPT = 48
#: How long one question waits for its answer, and how often it looks.
WAIT_SECONDS, LOOK_SECONDS = 20.0, 0.1
#: One at a time, beside the workers that visitors wait for.
_slots = BoundedSemaphore(1)


class Preview:
    """One preview: ordered by a page, made when a browser asks.

    Args:
        work: Generator function that can be imported by its name; its last report holds the bytes, compressed.
        order: What it is called with; let go of once it is under way.
        is_shared: Whether it is of practice data, the same for all visitors and for good.
    """

    def __init__(self, work: Work, order: object, *, is_shared: bool) -> None:
        self.is_shared = is_shared
        self._ordered: tuple[Work, object] | None = (work, order)
        self._job: Job | None = None
        self._lock = Lock()

    def begin(self) -> Job:
        """Return the job that makes it, begun now if nobody has asked before or it has failed."""
        with self._lock:
            if self._job is None and self._ordered is not None:
                work, order = self._ordered
                self._job, self._ordered = Job(work, (order,), slots=_slots), None
            assert self._job is not None  # noqa: S101 - begun now or before
            return self._job

    async def wait(self) -> bytes | None:
        """Return the bytes once they are there; None if that takes longer than one question waits, or fails."""
        job = self.begin()
        with anyio.move_on_after(WAIT_SECONDS):
            # Its thread knows no event of this loop.
            while job.state not in {State.DONE, State.FAILED}:  # noqa: ASYNC110
                await anyio.sleep(LOOK_SECONDS)
        made: bytes | None = job.result
        return made


class _Orders:
    """Previews by what their addresses end in: those of practice data for all, people's as long as their session."""

    def __init__(self) -> None:
        self._shared: OrderedDict[str, Preview] = OrderedDict()
        self._own: weakref.WeakValueDictionary[str, Preview] = weakref.WeakValueDictionary()
        self._lock = Lock()

    def find(self, key: str) -> Preview | None:
        with self._lock:
            return self._shared.get(key) or self._own.get(key)

    def add(self, key: str, preview: Preview) -> None:
        with self._lock:
            if not preview.is_shared:
                self._own[key] = preview
                return
            self._shared.setdefault(key, preview)
            self._shared.move_to_end(key)
            while len(self._shared) > KEPT:
                self._shared.popitem(last=False)


_orders = _Orders()


def offer(key: str, preview: Preview) -> str:
    """Let browsers ask for a preview, and return its address; of people's data ``key`` is a secret of the session.

    People's previews are found as long as somebody holds them, which is their session.
    """
    _orders.add(key, preview)
    return address_of(key)


def address_of(key: str) -> str:
    """Return the address of the preview that was offered under ``key``."""
    return add_base_path(f"{PATH}/{key}")


async def _answer(request: Request) -> Response:
    found = _orders.find(request.path_params["key"])
    if found is None:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    made = await found.wait()
    if made is None:
        return Response(status_code=HTTPStatus.ACCEPTED, headers={"Cache-Control": "no-store"})
    kept = "public, max-age=31536000, immutable" if found.is_shared else "private, no-store"
    headers = {"Content-Encoding": "gzip", "Cache-Control": kept}
    return Response(made, media_type="application/octet-stream", headers=headers)


route = Route(PATH + "/{key}", _answer)
