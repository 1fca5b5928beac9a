from core.ingest import read_sheet
from core.ingest.answers import Answers
from core.ingest.profile import profile_sheet
from core.ingest.wide_columns import explain_columns


def explain(header, *rows):
    sheet = read_sheet("\n".join([header, *rows]).encode(), name="a.csv")
    return explain_columns(profile_sheet(sheet), person="id", products=(), answers=Answers())


def test_a_column_that_says_the_same_of_everybody_is_not_used():
    whys = explain("id,food,health", *(f"p{n},{20 + n},5" for n in range(30)))

    assert (whys["food"], whys["health"]) == ("use_spending", "constant")


def test_where_everybody_is_equal_in_everything_that_is_what_is_compared():
    whys = explain("id,food,health", *(f"p{n},20,5" for n in range(30)))

    assert (whys["food"], whys["health"]) == ("use_figure", "use_figure")
