"""A reading begins with what is known of the sheet, and ends with a verdict."""

from core.ingest.reading import Verdict
from tests.core.ingest.readings import reading_of, repeat


def test_a_refusal_tells_what_was_read():
    reading = reading_of("Date,Description,Amount", *repeat("{date},shop,{k}.5"))

    assert (reading.verdict, reading.reason, reading.header_line, reading.separator) == ("refuse", "one_person", 1, ",")
    assert {column.name for column in reading.columns} == {"Date", "Description", "Amount"}
    assert not reading.questions


def test_a_question_that_is_answered_is_not_asked_again():
    rows = repeat("c{j};{date};{k}.813")
    asked = reading_of("customer;date;amount", *rows)
    read = reading_of("customer;date;amount", *rows, answers=["decimal=,"])

    assert (asked.verdict, asked.reason) == (Verdict.ASK, "ambiguous_decimal")
    assert (read.verdict, read.reason, read.questions) == (Verdict.READ, "", ())


def test_the_months_are_those_that_the_user_typed():
    rows = repeat("c{j},{date},food,{k}")
    year, month = (reading_of("customer,date,category,amount", *rows, answers=given) for given in ([], ["months=1"]))

    assert (year.months, month.months) == (12, 1)
    assert year.columns[-1].upper == 12 * month.columns[-1].upper
