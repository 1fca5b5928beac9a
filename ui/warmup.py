"""What the server does before its port opens, so that the first visitor does not wait for it."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import streamlit as st

# Visitors share the cores: one thread a fit. On a busy machine scikit-learn's threads wait for each other, and a fit
# of 12 ms takes seconds. Set before scikit-learn and its libraries are loaded.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")


@asynccontextmanager
async def warm(_app: st.App) -> AsyncIterator[None]:
    """Import and run once everything a first visit needs, then take it out of the garbage collector's way."""
    await anyio.to_thread.run_sync(_rehearse)
    gc.collect()
    # Streamlit collects all generations after every script run: 140 ms with these imports unless frozen.
    gc.freeze()
    yield


def _rehearse() -> None:
    from ui import results  # noqa: PLC0415 - the heavy imports happen here, not at the first visit

    results.rehearse()
