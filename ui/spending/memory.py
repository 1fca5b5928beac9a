"""What the server remembers of a device while it can: its upload and its releases. In memory, bounded, for a while.

A reload is a new session. What was released before it would have to be paid again if it were lost, and so would the
file have to be found again; neither is ever written to a disk.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

import streamlit as st

from core.ingest import Loaded
from core.release.store import ReleaseStore
from ui.server.device import current_device

#: How long a device that nobody uses is remembered.
SECONDS_KEPT = 3600.0
DEVICES_MAX = 200
#: Uploads of all devices together; a larger one stays in its own session only.
BYTES_MAX = 512 * 1024 * 1024


@dataclass(slots=True)
class Stores:
    """Releases of real people, each kind of people with one ledger.

    Attributes:
        releases: By the first of the names that the people go by.
        same_people: By every such name, the first one.
    """

    releases: dict[str, ReleaseStore] = field(default_factory=dict)
    same_people: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Remembered:
    """What is remembered of one device."""

    stores: Stores = field(default_factory=Stores)
    upload: Loaded | None = None
    seen: float = 0.0


class DeviceMemory:
    """What is remembered of all devices of this server; safe to share between threads.

    Args:
        seconds: How long a device that nobody uses is remembered.
        bytes_max: Of all uploads together.
        clock: Seconds that only go forward.
    """

    def __init__(
        self,
        *,
        seconds: float = SECONDS_KEPT,
        bytes_max: int = BYTES_MAX,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds, self._bytes_max, self._clock = seconds, bytes_max, clock
        self._devices: OrderedDict[str, Remembered] = OrderedDict()
        self._lock = Lock()

    def stores(self, device: str) -> Stores:
        """Return the releases of a device's people."""
        with self._lock:
            return self._touch(device).stores

    def upload(self, device: str) -> Loaded | None:
        """Return the last upload of a device, if it is still here."""
        with self._lock:
            return self._touch(device).upload

    def keep_upload(self, device: str, loaded: Loaded | None) -> bool:
        """Remember an upload in place of the former one, or none; return whether there is room for it."""
        with self._lock:
            remembered = self._touch(device)
            remembered.upload = None
            if loaded is None or n_bytes(loaded) > self._bytes_max:
                return False
            remembered.upload = loaded
            self._make_room(device)
            return True

    def _touch(self, device: str) -> Remembered:
        now = self._clock()
        # Oldest first, so the first that is young enough ends it.
        while self._devices and now - next(iter(self._devices.values())).seen > self._seconds:
            self._devices.popitem(last=False)
        remembered = self._devices.setdefault(device, Remembered())
        self._devices.move_to_end(device)
        remembered.seen = now
        if len(self._devices) > DEVICES_MAX:
            self._devices.popitem(last=False)
        return remembered

    def _make_room(self, newest: str) -> None:
        """Forget uploads of those who were here longest ago until the rest fits."""
        uploads = {device: each.upload for device, each in self._devices.items() if each.upload is not None}
        total = sum(map(n_bytes, uploads.values()))
        for device, upload in uploads.items():
            if total <= self._bytes_max or device == newest:
                return
            self._devices[device].upload = None
            total -= n_bytes(upload)


def n_bytes(loaded: Loaded) -> int:
    """Return about how much memory an upload takes."""
    table = loaded.table
    arrays = [table.values, table.person_ids, None if table.holdings is None else table.holdings.held]
    return sum(array.nbytes for array in arrays if array is not None)


@st.cache_resource(show_spinner=False)
def device_memory() -> DeviceMemory:
    """Return the memory of this server."""
    return DeviceMemory()


def own_stores() -> Stores:
    """Return the releases of people that this device, or a session of no device, has made."""
    device = current_device()
    kept = None if device is None else device_memory().stores(device)
    stores: Stores = st.session_state.setdefault("stores", kept or Stores())
    return stores


def recall_upload() -> Loaded | None:
    """Return what this device uploaded before its page was loaded anew."""
    device = current_device()
    return None if device is None else device_memory().upload(device)


def remember_upload(loaded: Loaded | None) -> None:
    """Remember an upload beyond this session, or none; whether it is says ``is_remembered``."""
    device = current_device()
    if device is not None:
        device_memory().keep_upload(device, loaded)


def forget_releases(name: str) -> None:
    """Forget the releases of the people who go by ``name``; what they cost stays in their ledger."""
    stores = own_stores()
    stores.releases.pop(name, None)
    for known in [each for each, first in stores.same_people.items() if first == name]:
        del stores.same_people[known]


def is_remembered(loaded: Loaded) -> bool:
    """Return whether this very upload would be here after a reload."""
    return recall_upload() is loaded
