"""Long work runs beside the server, reports, can be called off, fails calmly, and stays with whom it belongs to."""

import gc
import os
from time import monotonic, sleep

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui import steps
from ui import worker
from ui.worker import Worker, WorkFailedError

WAIT_SECONDS = 60


def _until(is_so):
    until = monotonic() + WAIT_SECONDS
    while not is_so():
        assert monotonic() < until, "it never came"
        sleep(0.02)


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _page(key, work, *arguments, shared):
    def script(key, work, arguments, shared):
        import streamlit as st  # noqa: PLC0415 - the script stands alone

        from ui import jobs  # noqa: PLC0415

        st.session_state.setdefault("lang", "en")
        if st.button("start", key="start"):
            jobs.start(key, work, *arguments, shared=shared)
        result = jobs.watch(key, shared=shared)
        if result is not None:
            st.text(f"result {result}")

    kwargs = {"key": key, "work": work, "arguments": arguments, "shared": shared}
    return AppTest.from_function(script, kwargs=kwargs, default_timeout=60).run()


def _settled(app):
    until = monotonic() + WAIT_SECONDS
    while app.get("progress"):
        assert monotonic() < until, "the work never ended"
        sleep(0.05)
        app.run()
    assert not app.exception
    return app


def _press(app):
    return app.button(key="start").click().run()


# --- the worker --------------------------------------------------------------------------------------------------


def test_a_worker_reports_its_last_step_with_the_result_from_a_politer_process():
    *_, last = Worker(steps.count, (5,)).reports()

    numbers, pid, politeness = last.result
    assert (last.done, last.total, numbers) == (5, 5, [0, 1, 2, 3, 4])
    assert pid != os.getpid()
    assert politeness >= os.nice(0) + worker.POLITENESS or politeness == 19


def test_a_worker_that_dies_is_a_failure_and_not_a_result():
    with pytest.raises(WorkFailedError, match="without a result"):
        list(Worker(steps.fail, ()).reports())


def test_a_worker_called_off_before_it_began_never_begins():
    called_off = Worker(steps.count, (5,))
    called_off.end()

    with pytest.raises(WorkFailedError, match="called off"):
        next(called_off.reports())


def test_a_worker_called_off_in_the_middle_leaves_no_process(tmp_path):
    note = tmp_path / "pid"
    endless = Worker(steps.endless, (note,))
    reports = endless.reports()
    next(reports)
    pid = int(note.read_text())
    assert _lives(pid)

    endless.end()
    with pytest.raises(WorkFailedError):
        list(reports)

    assert not _lives(pid)


def test_a_worker_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "LONGEST_SECONDS", 0.2)

    with pytest.raises(WorkFailedError):
        list(Worker(steps.endless, (tmp_path / "pid",)).reports())

    assert not _lives(int((tmp_path / "pid").read_text()))


# --- the page ----------------------------------------------------------------------------------------------------


def test_nothing_runs_before_it_is_started():
    app = _page("never", steps.count, 3, shared=False)

    assert not app.get("progress")
    assert not app.text


@pytest.mark.parametrize("shared", [True, False])
def test_a_page_shows_the_progress_and_then_the_result(shared):
    app = _press(_page(f"shows {shared}", steps.count, 3, shared=shared))

    assert app.get("progress")
    assert _settled(app).text[0].value.startswith("result ([0, 1, 2]")


def test_starting_again_what_is_done_returns_the_same_result():
    app = _settled(_press(_page("same", steps.count, 4, shared=False)))
    first = app.text[0].value

    assert _settled(_press(app)).text[0].value == first


def test_a_shared_result_serves_the_next_visitor_without_work():
    first = _settled(_press(_page("for all", steps.count, 6, shared=True)))

    assert _page("for all", steps.count, 6, shared=True).text[0].value == first.text[0].value


def test_a_result_of_peoples_data_never_reaches_another_visitor():
    _settled(_press(_page("mine", steps.count, 6, shared=False)))

    assert not _page("mine", steps.count, 6, shared=False).text


def test_calling_off_ends_the_process_and_says_so(tmp_path):
    app = _press(_page("endless", steps.endless, tmp_path / "pid", shared=False))
    _until((tmp_path / "pid").exists)
    _until((tmp_path / "pid").read_text)
    pid = int((tmp_path / "pid").read_text())

    app.button(key="call_off_1").click().run()

    gc.collect()
    _until(lambda: not _lives(pid))
    assert "start again" in app.info[0].value
    assert not app.get("progress")


def test_the_browser_is_not_told_the_key_of_a_job():
    app = _press(_page("what the people hold", steps.count, 3, shared=False))

    assert app.get("progress")
    assert "what the people hold" not in str(app._tree)
    _settled(app)


def test_a_failure_is_a_sentence_and_can_be_tried_again():
    app = _settled(_press(_page("fails", steps.fail, shared=False)))
    assert "could not be finished" in app.warning[0].value

    assert _press(app).get("progress")
    _settled(app)


def test_the_end_of_a_session_ends_its_work(tmp_path):
    app = _press(_page("left", steps.endless, tmp_path / "pid", shared=True))
    _until((tmp_path / "pid").exists)
    _until((tmp_path / "pid").read_text)
    pid = int((tmp_path / "pid").read_text())

    del app
    gc.collect()

    _until(lambda: not _lives(pid))


def test_more_work_than_workers_waits_for_a_slot(tmp_path):
    busy = [_press(_page(f"busy {i}", steps.endless, tmp_path / str(i), shared=False)) for i in range(2)]
    _until(lambda: all((tmp_path / str(i)).exists() for i in range(2)))
    waiting = _press(_page("waits", steps.count, 3, shared=False))
    assert "earlier work" in waiting.get("progress")[0].proto.text

    for app in busy:
        app.button(key="call_off_1").click().run()
    gc.collect()

    assert _settled(waiting).text[0].value.startswith("result")
