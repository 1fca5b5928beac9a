"""One ledger for the same people within a session, whatever happens at once in it."""

from streamlit.testing.v1 import AppTest


def _spend_at_once():
    """Ask for twelve releases of different ε from twelve threads of one session, before any ledger was opened."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier, current_thread

    import streamlit as st
    from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

    from core.clustering.engines import Engine
    from core.limits import EPSILON_CHOICES
    from core.privacy.ledger import BudgetExceededError
    from ui import results, session

    session.restore()
    table, here, start = results.sample_table(), get_script_run_ctx(), Barrier(len(EPSILON_CHOICES))

    def spend(epsilon):
        add_script_run_ctx(current_thread(), here)
        start.wait()
        try:
            session.release(table, engine=Engine.SYNOPSIS, epsilon=epsilon, n_clusters=4)
        except BudgetExceededError:
            return 0.0
        return epsilon

    with ThreadPoolExecutor(len(EPSILON_CHOICES)) as pool:
        st.session_state["bought"] = list(pool.map(spend, EPSILON_CHOICES))


def test_threads_of_one_session_share_one_ledger_and_never_pass_its_cap():
    app = AppTest.from_function(_spend_at_once, default_timeout=120).run()

    assert not app.exception
    (only,) = app.session_state["releases"].values()
    assert 0 < only.ledger.spent <= only.ledger.cap
    assert only.ledger.spent == sum(app.session_state["bought"])
    assert len(only) == len(only.ledger.entries)
