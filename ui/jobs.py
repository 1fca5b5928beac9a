"""Long work: started by a visitor, done by a worker process, watched, cancelled, and kept when it is done.

Nothing here holds up the page: it draws how far the work is and goes on. Work on synthetic data is done once for all
visitors; work on people's data belongs to its session and ends with it.
"""

import weakref
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, cast

import streamlit as st

from core.progress import Progress
from ui import session
from ui.text import phrase
from ui.worker import Work, Worker, WorkFailedError

#: Workers at the same time on one server; others wait for a slot.
WORKERS_MOST = 2
#: Results that are kept for everybody, and of one session.
SHARED_MAX, OWN_MAX = 64, 16
REFRESH_SECONDS = 0.5


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(slots=True)
class _Status:
    """What the thread of a job writes and pages read; whole values only, so no lock is needed."""

    progress: Progress[Any] = field(default_factory=lambda: Progress(done=0, total=0))
    state: State = State.WAITING


class Job:
    """One piece of work of one or more visitors. When nobody holds it any more, its worker is ended.

    Args:
        work: Generator function of ``core`` that yields ``Progress``.
        arguments: What it is called with.
        slots: Where to wait for a worker.
    """

    def __init__(self, work: Work, arguments: tuple[Any, ...], *, slots: BoundedSemaphore) -> None:
        worker, status = Worker(work, arguments), _Status()
        self._status = status
        # The thread holds worker and status, not the job: a job that nobody holds is collected and ends its worker.
        self._finalizer = weakref.finalize(self, worker.end)
        Thread(target=_run, args=(worker, status, slots), name="job", daemon=True).start()

    @property
    def state(self) -> State:
        """How far it is."""
        return self._status.state

    @property
    def progress(self) -> Progress[Any]:
        """The last report."""
        return self._status.progress

    @property
    def result(self) -> Any | None:  # noqa: ANN401 - as the work's
        """What came out; None until it is done."""
        return self.progress.result


def _run(worker: Worker, status: _Status, slots: BoundedSemaphore) -> None:
    with slots:
        if worker.is_ended:
            return
        status.state = State.RUNNING
        try:
            for progress in worker.reports():
                status.progress = progress
            status.state = State.DONE
        except WorkFailedError:
            status.state = State.FAILED


class _Board:
    """Jobs of all visitors of this server: those under way, and results that are kept."""

    def __init__(self) -> None:
        self.slots = BoundedSemaphore(WORKERS_MOST)
        self._jobs: weakref.WeakValueDictionary[str, Job] = weakref.WeakValueDictionary()
        self._finished: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()

    def find(self, key: str) -> Job | None:
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and job.state is State.DONE:
                self._finished[key] = job
                self._finished.move_to_end(key)
                while len(self._finished) > SHARED_MAX:
                    self._finished.popitem(last=False)
            return job

    def start(self, key: str, work: Work, arguments: tuple[Any, ...]) -> Job:
        job = self.find(key)
        if job is not None and job.state is not State.FAILED:
            return job
        job = Job(work, arguments, slots=self.slots)
        with self._lock:
            self._jobs[key] = job
        return job


@st.cache_resource(show_spinner=False)
def _board() -> _Board:
    return _Board()


def start(key: str, work: Work, *arguments: object, shared: bool) -> None:
    """Begin ``work(*arguments)`` under ``key``, unless it is under way or done.

    Args:
        key: Names work and arguments in full: equal keys mean the same result.
        work: Generator function that can be imported by its name; yields ``Progress``, the last with the result.
        *arguments: Picklable; of people's data only with ``shared=False``.
        shared: Whether the result may be shown to all visitors.
    """
    own_jobs = _own_jobs()
    job = find(key, shared=shared)
    if job is None or job.state is State.FAILED:
        job = _board().start(key, work, arguments) if shared else Job(work, arguments, slots=_board().slots)
    own_jobs[key] = job
    _cancelled().discard(key)
    for former in [name for name, each in own_jobs.items() if each.state in {State.DONE, State.FAILED}][:-OWN_MAX]:
        del own_jobs[former]


def find(key: str, *, shared: bool) -> Job | None:
    """Return the job under ``key`` that this visitor started, or that anybody finished if it is shared."""
    own_job = _own_jobs().get(key)
    if own_job is not None or not shared:
        return own_job
    job = _board().find(key)
    return job if job is not None and job.state is State.DONE else None


def result(key: str, *, shared: bool) -> Any | None:  # noqa: ANN401 - as the work's
    """Return what came out of the job under ``key``; None until it is done."""
    job = find(key, shared=shared)
    return None if job is None else job.result


def may_start(key: str, *, shared: bool) -> bool:
    """Return whether there is neither a result yet nor anything under way that this visitor sees."""
    job = find(key, shared=shared)
    return job is None or job.state is State.FAILED


def cancel(key: str) -> None:
    """Leave the job under ``key``; its worker ends when nobody else waits for it."""
    if _own_jobs().pop(key, None) is not None:
        _cancelled().add(key)


def offer(
    words: str,
    key: str,
    begin: Callable[..., None],
    *arguments: object,
    shared: bool,
    icon: str = ":material/play_arrow:",
) -> Any | None:  # noqa: ANN401 - as the work's
    """Draw the button that begins the job under ``key``, or how far the job is; return its result once there is one."""
    if may_start(key, shared=shared):
        button = words.replace(".", "_")
        st.button(phrase(words), key=button, type="primary", icon=icon, on_click=begin, args=arguments)
    return watch(key, shared=shared)


def watch(key: str, *, shared: bool) -> Any | None:  # noqa: ANN401 - as the work's
    """Draw how far the job under ``key`` is, or why it is not; return its result once there is one."""
    job = find(key, shared=shared)
    if job is None:
        if key in _cancelled():
            st.info(phrase("jobs.called_off"), icon=":material/cancel:")
        return None
    if job.state is State.DONE:
        return job.result
    if job.state is State.FAILED:
        st.warning(phrase("jobs.failed"), icon=":material/error:")
        return None
    _draw_progress(key)
    return None


@st.fragment(run_every=REFRESH_SECONDS)
def _draw_progress(key: str) -> None:
    job = _own_jobs().get(key)
    if job is None or job.state in {State.DONE, State.FAILED}:
        st.rerun(scope="app")
    progress = job.progress
    # Keys of jobs may tell what people's data hold.
    number = session.number_of("job", key)
    name = "waiting" if job.state is State.WAITING else "running" if progress.total else "preparing"
    with st.container(key=f"job_{number}", horizontal=True, vertical_alignment="center"):
        st.progress(
            min(progress.done / progress.total, 1.0) if progress.total else 0.0,
            text=phrase(f"jobs.{name}", done=progress.done, total=progress.total),
        )
        st.button(phrase("jobs.call_off"), key=f"call_off_{number}", on_click=cancel, args=(key,))


def _own_jobs() -> dict[str, Job]:
    return cast("dict[str, Job]", st.session_state.setdefault("jobs", {}))


def _cancelled() -> set[str]:
    return cast("set[str]", st.session_state.setdefault("jobs_called_off", set()))
