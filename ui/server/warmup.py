"""What the server does before its port opens, so that the first visitor does not wait for it."""

import gc
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import anyio
import streamlit as st

#: The listening sockets are among the first descriptors of the process.
DESCRIPTORS_LOOKED_AT = 256


#: ``off`` opens the port at once, for development: the first visitor waits instead.
SWITCH = "SAGRAM_WARM_UP"


@asynccontextmanager
async def warm(_app: st.App) -> AsyncIterator[None]:
    """Import and run once everything a first visit needs, then take it out of the garbage collector's way."""
    _send_at_once()
    await anyio.to_thread.run_sync(_announce_key if os.environ.get(SWITCH) == "off" else _rehearse)
    gc.collect()
    # Streamlit collects all generations after every script run: 140 ms with these imports unless frozen.
    gc.freeze()
    yield


def _announce_key() -> None:
    from ui.present import presenter_auth  # noqa: PLC0415

    presenter_auth.server_auth()


def _rehearse() -> None:
    # The heavy imports happen here, not at the first visit; what is loaded later is looked through after every run.
    import sqlalchemy.dialects.sqlite  # noqa: F401, PLC0415 - the survey's store needs it
    import streamlit.connections  # noqa: F401, PLC0415 - and this

    from ui.lab import player_traces  # noqa: PLC0415
    from ui.present import rehearsal  # noqa: PLC0415
    from ui.survey import phone  # noqa: F401, PLC0415

    _compute_first_results()
    player_traces.rehearse()
    rehearsal.rehearse()


def _compute_first_results() -> None:
    """Compute what the first visitors will ask for, so that it is cached before the port opens."""
    from core.clustering import engines  # noqa: PLC0415
    from core.limits import CLUSTERS_DEFAULT, CLUSTERS_MAX, CLUSTERS_MIN, EPSILON_CHOICES  # noqa: PLC0415
    from core.reduction.spec import ReleaseSpec  # noqa: PLC0415
    from ui import results, session, tables  # noqa: PLC0415

    table = tables.load_generated(session.recipe_default())
    for k in range(CLUSTERS_MIN, CLUSTERS_MAX + 1):
        results.cluster_plain(table, k, None)
    for epsilon in EPSILON_CHOICES:
        spec = ReleaseSpec(engine=engines.DEFAULT, epsilon=epsilon, n_clusters=CLUSTERS_DEFAULT)
        results.cluster(table, spec, results.synthetic_release(table, spec))
    tables.load_fixed()


def _send_at_once() -> None:
    """Turn Nagle's algorithm off on the listening sockets, which those they accept inherit.

    Streamlit binds its socket in a way that keeps asyncio from doing so: small messages then wait 40 ms for the
    other side's delayed acknowledgement, once for every file of the first visit and once for every rerun.
    """
    for descriptor in range(3, DESCRIPTORS_LOOKED_AT):
        with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as found:
            if found.family in {socket.AF_INET, socket.AF_INET6} and found.type == socket.SOCK_STREAM:
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
