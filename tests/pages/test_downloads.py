"""Files to take along, as a server writes them: in a thread of its own, where nothing of the session is known."""

import ast
import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy
from streamlit.runtime.state import SessionStateProxy
from streamlit.testing.v1 import AppTest

from core.ingest import wide_template
from core.survey.answers import Answer
from store.survey import survey_store
from tests.pages.visit import calm, move, press, visit
from ui.languages import LANGUAGES
from ui.present.presenter_auth import server_auth
from ui.text import phrase_in

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def offered(monkeypatch):
    """Note what is offered to be written later, by the button's key."""
    makers = {}
    draw = st.download_button

    def note(label, data, *arguments, **named):
        if callable(data):
            makers[named["key"]] = data
        return draw(label, data, *arguments, **named)

    monkeypatch.setattr(st, "download_button", note)
    return makers


@pytest.fixture
def write(monkeypatch):
    """Write a file as the server does; whatever asks the session then fails."""

    def refuse(*_arguments, **_named):
        raise AssertionError("the session was asked for where there is none")

    def run(make):
        with monkeypatch.context() as away:
            for asked in ("__getitem__", "__contains__", "__getattr__", "get", "setdefault"):
                away.setattr(SessionStateProxy, asked, refuse, raising=False)
            away.setattr(ContextProxy, "locale", property(refuse))
            with ThreadPoolExecutor(1) as server:
                written = server.submit(make).result()
        return written if isinstance(written, bytes) else written.encode()

    return run


def present_room(lang="ko"):
    """Open a room in which somebody has written, and go to the presenter's own screen."""
    app = visit("present", lang=lang)
    app.get_by_key("presenter_key").set_value(server_auth().key)
    press(press(app, "key_done"), "room_open")
    room = survey_store().room(app.session_state["room"])
    said = Answer(question="lacking", choices=("errors",), text='=1+1, "말"', submission="text-0001", at=NOW)
    survey_store().submit(room, "p" * 22, [said], at=NOW)
    return press(app, "notes_open"), room


def test_the_answers_of_a_room_are_a_whole_file(offered, write):
    _, room = present_room()
    head, row = csv.reader(io.StringIO(write(offered["download"]).decode("utf-8-sig")))

    told = dict(zip(head, row, strict=True))
    assert (told["room"], told["question"], told["choices"]) == (room.code, "lacking", "errors")
    assert told["text"] == '\'=1+1, "말"'


def test_who_has_given_up_the_key_is_offered_no_file(offered):
    app, _ = present_room()
    offered.clear()
    press(app, "forget")

    assert "download" not in offered


def draw_lab():
    """Draw what a section of the lab lets its reader take along."""
    import pandas as pd  # noqa: PLC0415 - AppTest runs this body alone

    from ui.lab import downloads  # noqa: PLC0415
    from ui.lab.line_panels import Line, Panel  # noqa: PLC0415
    from ui.text import settle_language  # noqa: PLC0415

    settle_language()
    line = Line(name="A", y=(0.1, 0.9))
    panel = Panel(title="P", x_title="x", y_title="y", x=(1_000.0, 10_000.0), lines=(line,))
    downloads.offer(pd.DataFrame({"x": [1.0]}), (panel,), key="sweep")


def test_files_of_the_lab_are_whole(offered, write):
    calm(AppTest.from_function(draw_lab).run())

    assert write(offered["sweep_csv"]).decode("utf-8-sig").split() == ["x", "1.0"]
    assert write(offered["sweep_svg"]).startswith(b"<svg")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_receipt_is_in_the_language_of_who_takes_it(offered, write, lang):
    visit("privacy", lang=lang)

    assert phrase_in(LANGUAGES[lang], "receipt.title") in write(offered["take_receipt"]).decode()
    assert write(offered["take_releases"]).startswith(b"{")


def test_templates_are_written_in_the_language_that_offered_them(offered, write):
    move(visit("data"), "way", "upload")

    for name in ("wide", "long"):
        assert write(offered[f"template_{name}"]).startswith(b"\xef\xbb\xbf")
    assert write(offered["template_wide"]) == wide_template("ko")
    assert write(offered["template_catalogue"])


def test_every_file_of_the_app_is_written_when_it_is_asked_for_and_above():
    """A new download has to stand the same trial.

    A file that is written before waits on the server only as long as its button is shown, and a browser that looks for
    it a moment later complains.
    """
    buttons = {}
    for path in sorted((ROOT / "ui").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "download_button":
                name = next(ast.unparse(word.value) for word in call.keywords if word.arg == "key")
                buttons[name] = ast.unparse(call.args[1]).startswith("bind_language(")

    assert all(buttons.values())
    written = {"'download'", "f'{key}_csv'", "f'{key}_svg'", "'take_receipt'", "'take_releases'"}
    assert set(buttons) == written | {"f'template_{name}'", "'template_catalogue'"}
