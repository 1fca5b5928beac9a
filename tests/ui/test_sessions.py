"""A session that comes back looks through no source files, which would hold up everybody else."""

import inspect

import pytest
from streamlit import config
from streamlit.runtime.app_session import AppSession

from tests.browser.server import ROOT
from ui.server import sessions


@pytest.fixture
def watched(monkeypatch):
    """Note who watches source files; afterwards everything is as before."""
    seen = []
    monkeypatch.setattr(AppSession, "register_file_watchers", AppSession.register_file_watchers)
    monkeypatch.setattr(sessions, "_watch", seen.append)
    sessions.install()
    return seen


@pytest.mark.parametrize(("kind", "n_watched"), [("none", 0), ("auto", 1)])
def test_a_session_watches_source_files_only_where_that_is_wanted(watched, monkeypatch, kind, n_watched):
    monkeypatch.setattr(config, "get_option", {"server.fileWatcherType": kind}.__getitem__)
    AppSession.register_file_watchers("a session")

    assert watched == ["a session"] * n_watched


def test_the_server_installs_it_and_streamlit_still_needs_it():
    assert "sessions.install()" in (ROOT / "app.py").read_text(encoding="utf-8")
    # Once Streamlit looks at the setting itself, the module can go.
    assert "fileWatcherType" not in inspect.getsource(sessions._watch)
