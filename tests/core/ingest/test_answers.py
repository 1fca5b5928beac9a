"""Answers are checked where they are given, whoever gives them."""

import pickle

import pytest

from core.ingest.answers import AnswerError, Answers


def test_answers_are_read_from_what_a_shell_gives():
    answers = Answers.from_pairs(["decimal=,", "use:식비=no", "bounds:age=0..120", "months=6", "person="])

    assert answers.get("decimal") == ","
    assert answers.uses("식비") is False
    assert answers.uses("교통") is None
    assert answers.bounds("age") == (0.0, 120.0)
    assert (answers.number("months"), answers.number("header_line")) == (6, None)
    assert answers.get("person") == ""


@pytest.mark.parametrize(
    "pair",
    [
        "decimal",
        "decimal=;",
        "colour=red",
        "use:=yes",
        "use:a=maybe",
        "months=0",
        "months=1201",
        "header_line=x",
        "header_line=" + "9" * 5000,
        "bounds:a=1",
        "bounds:a=3..2",
        "bounds:a=0..inf",
        "bounds:a=nan..1",
        "sheet:a=b",
    ],
)
def test_what_is_no_answer_is_refused(pair):
    with pytest.raises(AnswerError, match="must be"):
        Answers.from_pairs([pair])


def test_a_later_answer_takes_the_place_of_an_earlier_one():
    answers = Answers({"decimal": ","}).with_answer("decimal", ".")

    assert answers.key == (("decimal", "."),)
    assert pickle.loads(pickle.dumps(answers)) == answers  # noqa: S301 - our own bytes
