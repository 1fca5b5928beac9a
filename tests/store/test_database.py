import pytest
import streamlit as st
from sqlalchemy import make_url
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from store.database import DEFAULT_FILE, connect, database_url
from store.survey import DatabaseStore
from tests.store.people import NOON


@pytest.mark.parametrize(
    ("text", "database"),
    [
        ("", str(DEFAULT_FILE)),
        ("/var/lib/sagram/설문 2026?#.db", "/var/lib/sagram/설문 2026?#.db"),
        ("postgresql+psycopg://host/sagram", "sagram"),
    ],
)
def test_the_database_is_where_the_environment_says(text, database):
    assert make_url(database_url(text)).database == database


@pytest.fixture
def secrets(tmp_path):
    """Let a test write secrets.toml; before that there is none."""
    path = tmp_path / "secrets.toml"
    former = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(path)])
    secrets_singleton._reset()
    st.cache_resource.clear()
    yield path
    config.set_option("secrets.files", former)
    secrets_singleton._reset()
    st.cache_resource.clear()


@pytest.fixture
def opened():
    """Open the store as a page does, and close its connections after the test."""
    engines = []

    def open_store():
        database = connect()
        engines.append(database._readers)
        return DatabaseStore(database)

    yield open_store
    for engine in engines:
        engine.dispose()


@pytest.mark.usefixtures("secrets")
def test_a_fresh_clone_without_secrets_has_a_store_in_a_file(opened, tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("SAGRAM_SURVEY", str(tmp_path / "새 설문.db"))
    room = opened().open_room(survey=1, at=NOON)

    assert room.joined == 0
    assert (tmp_path / "새 설문.db").exists()
    assert "secrets" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("others", ["", '[connections.other]\nurl = "sqlite://"\n'])
def test_secrets_about_other_things_change_nothing(opened, secrets, tmp_path, monkeypatch, others):
    secrets.write_text(f'presenter_key = "key"\n{others}', encoding="utf-8")
    monkeypatch.setenv("SAGRAM_SURVEY", str(tmp_path / "elsewhere.db"))
    opened().open_room(survey=1, at=NOON)

    assert (tmp_path / "elsewhere.db").exists()


def test_secrets_alone_say_which_database(opened, secrets, url, monkeypatch, tmp_path):
    monkeypatch.setenv("SAGRAM_SURVEY", str(tmp_path / "ignored.db"))
    secrets.write_text(f'[connections.survey]\nurl = "{url}"\n', encoding="utf-8")
    store = opened()
    room = store.open_room(survey=1, at=NOON)

    assert make_url(url).get_backend_name() == store._database._readers.dialect.name
    assert store.room(room.code) == room
    assert not (tmp_path / "ignored.db").exists()
