"""One ledger for the same people within a session, whatever happens at once in it."""

from pathlib import Path

from streamlit.testing.v1 import AppTest


def test_threads_of_one_session_share_one_ledger_and_never_pass_its_cap():
    app = AppTest.from_file(Path(__file__).parent / "spending.py", default_timeout=120).run()

    assert not app.exception
    (only,) = app.session_state["releases"].values()
    assert 0 < only.ledger.spent <= only.ledger.cap
    assert only.ledger.spent == sum(app.session_state["bought"])
    assert len(only) == len(only.ledger.entries)
