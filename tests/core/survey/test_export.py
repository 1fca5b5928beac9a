import csv
import io
from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheet import neutralise
from core.survey.answers import Answer, clean_text
from core.survey.export import Row, to_csv
from core.survey.texts import TextState

KOREA = timezone(timedelta(hours=9))


def row(text="", **given_):
    answer = Answer(
        question="lacking",
        choices=("errors", "real_data"),
        text=text,
        submission="12345678",
        at=datetime(2026, 11, 24, 9, 30, 59, tzinfo=KOREA),
    )
    told = {"room": "123456", "generation": 1, "survey": 2, "participant": "pab12", "answer": answer, "counts": True}
    return Row(**(told | {"state": TextState.WAITING if text else None} | given_))


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_file_begins_with_the_mark_that_excel_needs_and_tells_times_to_the_minute():
    content = to_csv([row("좋아요")])

    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [
        ["room", "generation", "survey", "participant", "given_utc", "question", "choices", "text", "state", "counts"],
        ["123456", "1", "2", "pab12", "2026-11-24 00:30", "lacking", "errors real_data", "좋아요", "waiting", "1"],
    ]


def test_a_row_without_a_text_has_no_state_and_a_former_answer_does_not_count():
    (line,) = read(to_csv([row(counts=False)]))[1:]

    assert line[-3:] == ["", "", "0"]


def test_lines_and_quotes_of_a_text_stay_in_its_cell():
    (line,) = read(to_csv([row('one, "two"\nthree')]))[1:]

    assert line[7] == 'one, "two"\nthree'


@given(st.text(max_size=100))
def test_no_cell_of_any_text_begins_as_a_formula(text):
    for line in read(to_csv([row(clean_text(text))])):
        assert all(neutralise(cell) == cell for cell in line)
