"""The shell says what the page would, and never a traceback."""

import json

import pytest

from core.ingest.__main__ import describe, main
from core.ingest.reading import Reading, Verdict
from tests.core.ingest.readings import reading_of, repeat


@pytest.mark.parametrize(
    ("text", "arguments", "verdict"),
    [
        ("person,food\na,1\nb,2\n", [], "read"),
        ("client;courses\na;1.813\nb;2.813\n", [], "ask"),
        ("client;courses\na;1.813\nb;2.813\n", ["--answer", "decimal=,"], "read"),
        ("", [], "refuse"),
        ("person,food\na,1\nb,2\n", ["--answer", "colour=red"], "refuse"),
    ],
)
def test_the_exit_code_is_the_verdict(tmp_path, capsys, text, arguments, verdict):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")

    assert main([str(path), "--json", *arguments]) == {"read": 0, "ask": 3, "refuse": 2}[verdict]
    assert json.loads(capsys.readouterr().out)["verdict"] == verdict


def test_a_file_that_is_not_there_is_refused(tmp_path, capsys):
    assert main([str(tmp_path / "nothing.csv")]) == 2
    assert "no_file" in capsys.readouterr().out


def test_people_are_told_in_lines_what_was_read():
    told = describe(reading_of("client;courses", *repeat("c{i};{k}.813")))

    assert "verdict    ask (ambiguous_decimal)" in told
    assert '--answer "decimal=,"' in told
    assert "courses: used" in told
    assert describe(Reading(verdict=Verdict.REFUSE, reason="password")).startswith("verdict    refuse (password)")
