"""What the server remembers of a device is bounded, in memory, and gone after its time."""

import numpy as np
import pytest

from core.data import UPLOAD, Column, Table
from core.ingest import Loaded
from core.ingest.problems import Rejections
from ui.spending.memory import DEVICES_MAX, DeviceMemory, n_bytes

BYTES = 4 * 100


def make_upload():
    """Return an upload of ``BYTES`` bytes."""
    column = Column(key="x", labels={"ko": "x", "en": "x"}, unit="", lower=0.0, upper=1.0)
    table = Table(columns=(column,), values=np.zeros((100, 1), np.float32), source=UPLOAD, content_key="k")
    return Loaded(table=table, rejections=Rejections.__new__(Rejections), file_key="f")


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def memory(clock):
    return DeviceMemory(seconds=60.0, bytes_max=2 * BYTES, clock=clock)


def test_an_upload_comes_back_to_its_device_and_to_no_other(memory):
    upload = make_upload()
    assert n_bytes(upload) == BYTES

    assert memory.keep_upload("a", upload)

    assert memory.upload("a") is upload
    assert memory.upload("b") is None


def test_a_second_upload_takes_the_place_of_the_first_and_deleting_leaves_none(memory):
    for upload in (make_upload(), make_upload()):
        memory.keep_upload("a", upload)
    assert memory.upload("a") is upload

    memory.keep_upload("a", None)

    assert memory.upload("a") is None


def test_a_device_that_nobody_uses_is_forgotten_and_one_in_use_is_not(memory, clock):
    memory.keep_upload("a", make_upload())
    memory.keep_upload("b", make_upload())
    stores = memory.stores("a")
    for clock.now in (40.0, 80.0):
        assert memory.stores("a") is stores

    assert memory.upload("a") is not None
    assert memory.upload("b") is None


def test_what_does_not_fit_pushes_out_the_upload_of_who_was_here_longest_ago(memory):
    for device in ("a", "b", "c"):
        memory.keep_upload(device, make_upload())

    assert memory.upload("a") is None
    assert memory.upload("b") is not None
    assert memory.upload("c") is not None


def test_an_upload_larger_than_everything_stays_in_its_session():
    memory = DeviceMemory(bytes_max=BYTES - 1)

    assert not memory.keep_upload("a", make_upload())
    assert memory.upload("a") is None


def test_there_are_never_more_devices_than_may_be(memory):
    first = memory.stores("first")
    for number in range(DEVICES_MAX):
        memory.stores(f"{number}")

    assert memory.stores("first") is not first
    assert len(memory._devices) == DEVICES_MAX
