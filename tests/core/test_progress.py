"""What long work yields: it crosses from a worker's process unchanged, and only the last report has a result."""

import pickle
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.progress import Progress


def test_a_report_has_no_result_unless_it_is_the_last():
    assert Progress(done=1, total=2).result is None
    assert Progress(done=2, total=2, result=()).result == ()


@given(st.integers(0), st.integers(0), st.none() | st.lists(st.floats(allow_nan=False)))
def test_a_report_reads_the_same_in_another_process(done, total, result):
    report = Progress(done=done, total=total, result=result)

    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301 - written here


def test_a_report_cannot_be_altered():
    with pytest.raises(FrozenInstanceError):
        Progress(done=1, total=2).done = 2
