from core.ingest import Answers, read_upload
from core.ingest.wide_columns import explain_columns
from core.limits import COLUMNS_MAX
from tests.core.ingest.readings import profiles_of, repeat


def explain(header, line, *pairs, person=None):
    profiles = profiles_of(header, *repeat(line))
    return explain_columns(profiles, person=person, products=(), answers=Answers.from_pairs(pairs))


def test_every_column_has_its_reason():
    header = "no,id,joined,zip,Year,flag,same,gaps,food,mood,profit,Total,note,city,order id"
    line = "{i},c{i},2024010{k},0{k}10{j},20{k}9,{j},7,,{k},{j},-{k},9{k},some,x {j},{i}"
    whys = explain(header, line.replace(",{j},7", ",1,7"), person="id")

    assert whys["id"] == "person"
    assert [whys[name] for name in ("no", "joined", "zip", "Year")] == ["row_number", "date", "code", "year"]
    assert [whys[name] for name in ("same", "gaps", "Total", "city")] == ["constant", "empty", "total", "text"]
    assert (whys["food"], whys["mood"], whys["order id"]) == ("use_spending", "use_figure", "row_number")


def test_the_user_has_the_last_word():
    whys = explain("id,food,Total,city", "{i},{k},{j},x", "use:food=no", "use:Total=yes", "use:city=yes", person="id")

    assert [whys[name] for name in ("food", "Total", "city")] == ["chosen_out", "use_chosen", "chosen_out"]


def test_columns_beyond_the_limit_are_named():
    header = ",".join(f"c{i}" for i in range(COLUMNS_MAX + 2))
    whys = explain(header, ",".join("{k}" + str(i) for i in range(COLUMNS_MAX + 2)))

    assert [name for name, why in whys.items() if why == "over_limit"] == [f"c{COLUMNS_MAX}", f"c{COLUMNS_MAX + 1}"]


def test_figures_on_both_sides_of_zero_are_not_used_unasked():
    profiles = profiles_of("id,profit,food", *[f"{i},{i * (-1) ** i},{i + 5}" for i in range(30)])

    assert explain_columns(profiles, person="id", products=(), answers=Answers())["profit"] == "mixed_signs"


def explain_rows(header, *rows):
    return explain_columns(profiles_of(header, *rows), person="id", products=(), answers=Answers())


def test_a_column_that_says_the_same_of_everybody_is_not_used():
    whys = explain_rows("id,food,health", *(f"p{n},{20 + n},5" for n in range(30)))

    assert (whys["food"], whys["health"]) == ("use_spending", "constant")


def test_where_everybody_is_equal_in_everything_that_is_what_is_compared():
    whys = explain_rows("id,food,health", *(f"p{n},20,5" for n in range(30)))

    assert (whys["food"], whys["health"]) == ("use_figure", "use_figure")


def whys_of(header, rows):
    text = "\n".join([header, *(",".join(map(str, row)) for row in rows)])
    return {column.name: column.why for column in read_upload(text.encode(), name="a.csv").reading.columns}


def test_figures_of_unknown_names_that_number_things_are_no_spending():
    rows = [(n, 10_000_000 + n * 31_337, 33.1 + n / 100, f"2024{n % 12 + 1:02d}", n * 7 % 90) for n in range(101, 161)]
    whys = whys_of("zzid,referentie,latitude,yyyymm,food", rows)

    assert whys == {
        "zzid": "row_number",
        "referentie": "code",
        "latitude": "code",
        "yyyymm": "date",
        "food": "use_spending",
    }


def test_figures_of_one_length_that_repeat_or_have_a_unit_may_be_spending():
    rows = [(100_000 + n * 31_337 % 900_000, 100_000 + n % 7, n * 7 % 90) for n in range(60)]
    whys = whys_of("zz(원),yy,food", rows)

    assert [why.startswith("use") for why in whys.values()] == [True, True, True]
