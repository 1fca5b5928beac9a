"""A script that spends from many threads of one session at once, before any ledger was opened."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, current_thread

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from core.clustering.engines import SYNOPSIS
from core.data import SOURCES, Recipe
from core.limits import EPSILON_CHOICES
from core.privacy.cap import BudgetExceededError
from core.reduction.spec import ReleaseSpec
from ui import releases, session, tables

session.restore()
table, here, start = (
    tables.load(SOURCES["sample"], Recipe()),
    get_script_run_ctx(),
    Barrier(len(EPSILON_CHOICES)),
)


def spend(epsilon):
    """Ask for one release; return what it cost, 0 if it was refused."""
    add_script_run_ctx(current_thread(), here)
    start.wait()
    try:
        releases.release(table, ReleaseSpec(engine=SYNOPSIS, epsilon=epsilon, n_clusters=4), may_charge=True)
    except BudgetExceededError:
        return 0.0
    return epsilon


# Threads take turns as often as they can, so that a gap between two steps is found.
usual = sys.getswitchinterval()
sys.setswitchinterval(1e-6)
try:
    with ThreadPoolExecutor(len(EPSILON_CHOICES)) as pool:
        st.session_state["bought"] = list(pool.map(spend, EPSILON_CHOICES))
finally:
    sys.setswitchinterval(usual)
