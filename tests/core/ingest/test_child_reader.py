"""What the reading process says of what it did."""

import io

from core.ingest import LoadProblem, child_reader, wire
from core.ingest.answers import Answers
from core.ingest.child_reader import TASKS, take_order, work


def test_what_was_made_is_handed_back():
    outcome, sheet = work("sheet", [b"id,food\na,1\n"], ["a.csv"])

    assert (outcome, sheet.header) == ("made", ("id", "food"))


def test_a_problem_is_told_with_its_figures():
    assert work("sheet", [b"id,food\n"], ["a.csv"]) == ("load_error", LoadProblem.HEADER_ONLY, {})
    assert work("finlife", [b"{"], [])[2] == {"file": 1}


def test_an_answer_that_is_none_is_told_as_such():
    answers = Answers(given={"person": "nobody"})

    assert work("upload", [b"id,food\na,1\nb,2\n"], ["a.csv", answers])[:3] == ("answer_error", "person", "nobody")


def test_an_error_that_nobody_foresaw_is_told_by_its_place_but_not_its_words(monkeypatch):
    class Panic(BaseException):
        pass

    def fail(_contents):
        raise Panic("가람's 1,234원")

    def fill(_contents):
        raise MemoryError

    monkeypatch.setattr(child_reader, "TASKS", {**TASKS, "fail": fail, "fill": fill})

    outcome, where = work("fail", [], [])
    assert outcome == "died"
    assert where.startswith("Panic at test_child_reader.py:")
    assert "가람" not in where
    assert work("fill", [], [])[1] is LoadProblem.TOO_MUCH_MEMORY


def test_an_order_is_taken_with_its_files(monkeypatch):
    monkeypatch.setattr(child_reader.Limits, "impose", lambda _limits: None)
    orders = io.BytesIO()
    wire.send(("sheet", 5, [2, 3], ["a.csv"]), orders)

    assert take_order(io.BytesIO(orders.getvalue() + b"abcde")) == ("sheet", [b"ab", b"cde"], ["a.csv"])
