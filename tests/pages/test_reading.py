"""How a file was read is told before it is used: the strip, questions in the way, refusals, and what can be changed."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from core.ingest import LoadError, LoadProblem, read_sheet
from core.ingest.columns import propose_column
from core.ingest.mapping import Feature, WideMapping
from core.ingest.reading import ColumnReading, HeadRow, LeftOut, Question, Reading, Upload, Verdict
from tests.pages.test_data import WIDE, purses, upload
from tests.pages.visit import go, go_and_pay, markup, move, press, says, visit
from ui.data import bounds_for_all, column_table, pending
from ui.text import phrases

WORDS = phrases("ko")
FOOD, ID = "food (10k won)", "id"


def column(name, **said):
    """Make a column of a reading."""
    return ColumnReading(**{"name": name, "used": True, "why": "used", "nonprivate_cells": ("1.234", "5", "6")} | said)


def reading(**said):
    """Make a reading of ``WIDE``, clean unless something else is said."""
    feature = Feature(header=FOOD, column=propose_column(FOOD), unit="만원")
    plain = Reading(
        verdict=Verdict.READ,
        header_line=1,
        layout="wide",
        person=ID,
        nonprivate_people=60,
        columns=(
            column(ID, used=False),
            column(FOOD, group="food", unit="만원", lower=0.0, upper=300.0, nonprivate_sum=60.0),
        ),
        head=(HeadRow(line=1, cells=(ID, FOOD)), HeadRow(line=2, cells=("p0", "30"))),
        mapping=WideMapping(features=(feature,), person=ID),
    )
    return replace(plain, **said)


@pytest.fixture
def read_as(monkeypatch):
    """Let a test say how any file is read, by the answers that were given."""

    def choose(make):
        asked = []

        def read(content, *, name, answers):
            asked.append(dict(answers.given))
            made = make(answers) if callable(make) else make
            return Upload(reading=made, sheet=read_sheet(content, name=name))

        monkeypatch.setattr(pending, "read_in_child", read)
        return asked

    return choose


def keys(app):
    """Name everything on the page that has a key."""
    return [element.key for element in app.button if element.key]


def handed_in(content=WIDE, **link):
    """Visit the data page and hand in a file."""
    return upload(visit("data", **link), content)


# --- the strip -----------------------------------------------------------------------------------------------------


def test_a_clean_file_is_a_line_of_chips_and_one_button(read_as):
    read_as(reading(decimal=",", sheet="2026", other_sheets=("notes",)))

    app = handed_in()

    shown = markup(app)
    for name, value in (("sheet", "2026"), ("person", ID), ("decimal", WORDS["reading.decimal_comma"])):
        assert f"<span>{WORDS[f'reading.{name}']}</span> <b>{value}</b>" in shown
    assert f"<span>{WORDS['reading.months']}</span> <b>12</b>" in shown
    assert "<b>60명</b>" in shown
    assert {"compare_file", "use_file"} <= set(keys(app))
    assert not any(key.startswith("answer_") for key in keys(app))
    assert "person_1" not in [box.key for box in app.selectbox]


def test_the_button_leads_to_the_picture_at_once(read_as):
    read_as(reading())

    app = press(handed_in(), "compare_file")

    assert app.session_state["data"] == "upload"
    assert WORDS["names.data_upload"] in markup(app)
    assert "60명" in markup(app)


def test_nothing_is_released_before_the_reading_is_confirmed(read_as):
    read_as(reading())

    app = handed_in()

    assert purses(app) == []
    assert app.session_state["data"] == "generated"


def test_what_is_left_out_is_said_in_a_sentence(read_as):
    rows = (
        LeftOut(line=152, reason="total_row", value="합계"),
        LeftOut(line=7, reason="missing", value=""),
        LeftOut(line=9, reason="missing", value=""),
    )
    read_as(reading(nonprivate_left_out=rows, nonprivate_left_out_total=12, other_sheets=("요약", "메모")))

    app = handed_in()

    shown = markup(app)
    assert WORDS["reading.total_row"].format(name="합계", n="152") in shown
    assert WORDS["reading.counted"].format(what=WORDS["rejection.missing"], n="2") in shown
    assert WORDS["reading.more_rows"].format(n="9") in shown
    assert "요약, 메모" in shown


# --- questions -----------------------------------------------------------------------------------------------------

MARK = Question(key="decimal", reason="ambiguous_decimal", proposed=",", choices=(".", ","), columns=(FOOD,))


def ask_until_answered(*questions):
    """Ask each question until it is answered."""

    def make(answers):
        open_ones = tuple(question for question in questions if answers.get(question.key) is None)
        verdict = Verdict.ASK if open_ones else Verdict.READ
        return reading(verdict=verdict, reason=open_ones[0].reason if open_ones else "", questions=open_ones)

    return make


def test_a_question_stands_in_the_way_and_its_proposed_answer_is_one_press(read_as):
    asked = read_as(ask_until_answered(MARK))
    app = handed_in()

    assert says(app, "ask.ambiguous_decimal")
    assert "1.234 · 5 · 6" in markup(app)
    assert "compare_file" not in keys(app)
    assert "1.234 → 1234" in app.button(key="answer_1_0").label
    assert "1.234 → 1.234" in app.button(key="answer_1_1").label

    app = press(app, "answer_1_0")

    assert asked[-1] == {"decimal": ","}
    assert "compare_file" in keys(app)


def test_the_other_answer_is_kept_when_it_is_given(read_as):
    asked = read_as(ask_until_answered(MARK))

    press(handed_in(), "answer_1_1")

    assert asked[-1] == {"decimal": "."}


def test_questions_come_one_after_another(read_as):
    people = Question(key="person", reason="person", proposed=ID, columns=(ID,))
    asked = read_as(ask_until_answered(MARK, people))
    app = press(handed_in(), "answer_1_0")

    assert says(app, "ask.person")
    app = press(app, "answer_1_0")

    assert asked[-1] == {"decimal": ",", "person": ID}
    assert "compare_file" in keys(app)


def test_an_unknown_question_is_still_asked(read_as):
    asked = read_as(ask_until_answered(Question(key="months", reason="something_new", proposed="12")))

    app = handed_in()
    assert says(app, "ask.other")
    press(app, "answer_1")

    assert asked[-1] == {"months": "12"}


def test_bounds_may_be_typed_where_the_name_says_nothing(read_as):
    asked = read_as(
        ask_until_answered(Question(key=f"bounds:{FOOD}", reason="bounds", proposed="0..100", columns=(FOOD,)))
    )
    app = handed_in()
    (lower, upper) = (box for box in app.number_input if box.key.startswith("field_"))
    assert (lower.value, upper.value) == (0, 100)

    press(move(app, upper.key, 250.0), "answer_1")

    assert asked[-1] == {f"bounds:{FOOD}": "0..250"}


def test_crossed_bounds_are_no_answer(read_as):
    asked = read_as(
        ask_until_answered(Question(key=f"bounds:{FOOD}", reason="bounds", proposed="0..100", columns=(FOOD,)))
    )
    app = handed_in()
    (_, upper) = (box for box in app.number_input if box.key.startswith("field_"))

    app = press(move(app, upper.key, -1.0), "answer_1")

    assert asked[-1] == {}
    assert [warning.value for warning in app.warning] == [WORDS["mapping.bad_bounds"]]


def test_bounds_may_be_proposed_privately_before_anything_else_is_bought(read_as):
    read_as(
        ask_until_answered(
            Question(key="bounds", reason="bounds", proposed="accept", choices=("accept",), columns=(FOOD,))
        )
    )
    app = press(handed_in(), "private_1")

    assert says(app, "bounds.all_why")
    assert [purse.ledger.entries for purse in purses(app)] == [()]
    app = press(app, "all_ask")
    assert [purse.ledger.entries for purse in purses(app)] == [()]
    app = press(app, "all_spend")

    (purse,) = purses(app)
    assert [(entry.what, entry.epsilon) for entry in purse.ledger.entries] == [("bounds", 0.5)]
    app = press(app, "bounds_take_all")
    assert app.session_state["bounds"].startswith("upload~0_")
    chosen = app.session_state["bounds"]
    press(app, "compare_file")
    assert app.session_state["bounds"] == chosen


def test_a_proposal_for_all_columns_shares_its_price_and_is_drawn_whole_or_not_at_all(monkeypatch):
    monkeypatch.setattr(bounds_for_all, "is_wished", lambda _: True)
    app = press(handed_in(), "use_file")
    app = press(press(move(app, "cap_value", 0.4), "all_ask"), "all_spend")
    assert "ε 0.5" in app.warning[0].value
    assert [purse.ledger.entries for purse in purses(app)] == [()]

    app = press(press(move(app, "cap_value", 1.0), "all_ask"), "all_spend")

    (purse,) = purses(app)
    assert len(purse.ledger.entries) == 3
    assert purse.ledger.spent == pytest.approx(0.5)


# --- refusals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["one_person", "no_person", "password"])
def test_a_refusal_says_what_is_wrong_and_what_would_work(read_as, reason):
    read_as(reading(verdict=Verdict.REFUSE, reason=reason, mapping=None))

    app = handed_in()

    assert [error.value for error in app.error] == [WORDS[f"refuse.{reason}"]]
    assert not {"compare_file", "use_file"} & set(keys(app))
    assert app.session_state["data"] == "generated"


def test_a_refused_file_can_still_be_read_otherwise(read_as):
    def make(answers):
        is_mended = answers.get("header_line") == "2"
        return reading() if is_mended else reading(verdict=Verdict.REFUSE, reason="no_person", mapping=None)

    asked = read_as(make)

    app = move(handed_in(), "header_line_1", "2")

    assert asked[-1] == {"header_line": "2"}
    assert "compare_file" in keys(app)


def test_a_reader_that_died_is_a_sentence(monkeypatch):
    def die(*_, **__):
        raise LoadError(LoadProblem.READER_DIED)

    monkeypatch.setattr(pending, "read_in_child", die)

    assert [error.value for error in handed_in().error] == [WORDS["load.reader_died"]]


# --- changes -------------------------------------------------------------------------------------------------------


def details(app):
    """Open what can be changed."""
    return move(app, "details_1", value=True)


def test_every_decision_shows_its_cells_and_can_be_changed(read_as):
    asked = read_as(
        reading(layout="long", category=FOOD, amount=FOOD, sign="positive_is_spending", sheet="a", other_sheets=("b",))
    )
    app = details(handed_in())
    assert "1.234 → 1.234" in markup(app)
    changes = {
        "sheet": "*",
        "header_line": "2",
        "layout": "wide",
        "person": FOOD,
        "category": "",
        "amount": ID,
        "sign": "negative_is_spending",
        "decimal": ",",
    }
    assert markup(app).count("1.234 · 5 · 6") == 3

    for key, value in changes.items():
        app = move(app, f"{key}_1", value)
    app = move(app, "months_1", 3)

    assert asked[-1] == changes | {"months": "3"}


def test_another_sheet_or_header_forgets_what_was_said_of_the_columns(read_as):
    asked = read_as(reading(sheet="a", other_sheets=("b",)))
    app = move(move(details(handed_in()), "person_1", FOOD), "months_1", 3)
    app = move(app, "sheet_1", "b")
    assert asked[-1] == {"months": "3", "sheet": "b"}

    move(move(app, "person_1", ""), "header_line_1", "2")

    assert asked[-1] == {"months": "3", "sheet": "b", "header_line": "2"}


def test_a_field_shows_what_is_in_force_whatever_was_asked_for(read_as):
    read_as(reading())

    app = move(details(handed_in()), "decimal_1", ",")

    assert app.selectbox(key="decimal_1").value == "."


def test_the_first_rows_mark_the_header(read_as):
    read_as(reading(header_line=2))

    rows = next(frame.value for frame in details(handed_in()).dataframe if "▸ 2" in frame.value.to_numpy())

    assert list(rows.iloc[:, 0]) == ["1", "▸ 2"]


def test_edits_of_the_tables_become_answers(read_as):
    read_as(reading())
    given = []
    file = SimpleNamespace(number=1, answer=lambda *pair: given.append(pair))
    rows = [column(FOOD, lower=0.0, upper=300.0, group="food"), column("기타", is_category=True)]

    column_table.take_edits(file, rows, {0: {"use": False, "upper": 80}, 1: {"group": "food"}})

    assert given == [(f"use:{FOOD}", "no"), (f"bounds:{FOOD}", "0.0..80"), ("group:기타", "food")]


def test_answers_and_file_outlive_a_look_at_another_page(read_as):
    asked = read_as(ask_until_answered(MARK))
    app = press(handed_in(), "answer_1_0")

    app = go(go(app, "home"), "data")

    assert "compare_file" in keys(app)
    assert "spending.csv" in markup(app)
    assert asked[-1] == {"decimal": ","}
    assert press(press(app, "compare_file") and go(app, "data"), "drop_file").session_state["data"] == "upload"
    assert "compare_file" not in keys(app)


def test_the_same_bytes_keep_their_answers_and_others_have_none(read_as):
    asked = read_as(ask_until_answered(MARK))
    app = press(handed_in(), "answer_1_0")

    upload(app, WIDE + b"p99,1,2,3\n", "more.csv")
    assert asked[-1] == {}
    upload(app, WIDE, "again.csv")
    assert asked[-1] == {"decimal": ","}


def test_cells_are_read_again_when_they_are_needed_again(read_as):
    read_as(reading())
    app = press(handed_in(), "use_file")

    app = press(app, "use_file")

    assert "60명" in markup(app)


# --- the public view -----------------------------------------------------------------------------------------------


def test_the_public_view_tells_nothing_of_a_file(read_as):
    asked = read_as(ask_until_answered(MARK))

    app = handed_in(only_public="1")

    assert WORDS["upload.insider_only"] in markup(app)
    assert FOOD not in markup(app)
    assert asked == []
    assert says(press(app, "show_insider"), "ask.ambiguous_decimal")


# --- results that say nothing --------------------------------------------------------------------------------------

TWO_KINDS = b"id,food (10k won),health (10k won)\n" + b"".join(
    b"p%d,%d,5%d\n" % (n, 30 + n % 2, n % 2) for n in range(60)
)
#: Every value is far above the bounds that the names propose.
BEYOND = b"id,food (10k won),health (10k won)\n" + b"".join(
    b"p%d,%d,%d\n" % (n, 70_000 + n, 90_000 + n) for n in range(60)
)


def test_fewer_kinds_of_people_than_groups_are_named_instead_of_an_agreement():
    app = go_and_pay(press(handed_in(TWO_KINDS), "use_file"))

    assert says(app, "answer.degenerate_few")
    assert 'aria-label="ARI ' not in markup(app)
    assert "degenerate" not in markup(move(app, "k", 2))


def test_people_clipped_alike_are_asked_about_and_named_instead_of_an_agreement():
    app = handed_in(BEYOND)
    assert says(app, "ask.bounds")

    app = go_and_pay(press(press(app, "answer_1_0"), "use_file"))

    assert says(app, "answer.degenerate_clipped")
    assert 'aria-label="ARI ' not in markup(app)
    assert "degenerate" not in markup(move(app, "only_public", value=True))


def test_bounds_bought_for_clipped_people_tell_them_apart_again():
    app = press(press(press(handed_in(BEYOND), "private_1"), "all_ask"), "all_spend")
    app = press(app, "bounds_take_all")

    assert app.session_state["bounds"].startswith("upload~0_")
