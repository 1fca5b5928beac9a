from tests.core.ingest.readings import reading_of, repeat


def reasons(reading):
    return [question.reason for question in reading.questions]


def test_people_who_come_twice_are_asked_about():
    rows = repeat("h{j},{date},{k},{i}")
    reading = reading_of("household,month,food,rent", *rows)

    assert reasons(reading) == ["repeated_people"]
    assert (reading.nonprivate_people, reading.columns[3].nonprivate_sum) == (5, sum(range(30)))
    first = reading_of("household,month,food,rent", *rows, answers=["repeats=first"])
    assert (first.verdict, first.columns[3].nonprivate_sum) == ("read", sum(range(5)))


def test_rows_that_cannot_be_read_are_asked_about_when_they_are_many():
    rows = [f"c{i},{'oops' if i % 6 == 0 else i},3" for i in range(60)]

    assert reasons(reading_of("id,food,rent", *rows)) == ["unread_rows"]
    assert reasons(reading_of("id,food,rent", *rows[1:6])) == []


def test_bounds_that_clip_most_people_are_asked_about():
    assert reasons(reading_of("id,Score (1-5),food", *repeat("{i},9{k},{j}5"))) == ["bounds"]


def test_spending_below_zero_in_a_wide_file_is_turned_round_and_asked():
    reading = reading_of("customer,groceries,rent", *repeat("c{i},-{k}.5,9"))

    assert reasons(reading) == ["sign"]
    assert reading.columns[1].nonprivate_sum == sum(i % 7 + 1.5 for i in range(30))


def test_figures_under_no_name_are_asked_about_for_commas_may_have_parted_them():
    rows = [f"p{i},{1 + i % 9},{234 + i},{2 + i % 7},{100 + i * 7}" for i in range(40)]
    reading = reading_of("name,food,rent", *rows)

    assert reasons(reading) == ["nameless", "nameless"]
    assert [question.columns for question in reading.questions] == [("#4",), ("#5",)]
    left = reading_of("name,food,rent", *rows, answers=["use:#4=no", "use:#5=no"])
    assert (left.verdict, [column.used for column in left.columns]) == ("read", [False, True, True, False, False])
