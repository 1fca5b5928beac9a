import pytest

from core.ingest import read_sheet, read_upload
from core.ingest.profile import profile_sheet
from core.ingest.roles import find_candidates


def candidates_of(header, *rows):
    return find_candidates(profile_sheet(read_sheet("\n".join([header, *rows]).encode(), name="a.csv")))


@pytest.mark.parametrize("name", ["customers", "고객수", "visitors", "people"])
def test_how_many_people_there_are_names_nobody(name):
    assert candidates_of(f"{name},sales", *(f"{n * 3 % 17 + 200},9" for n in range(30))).people == ()


@pytest.mark.parametrize(
    ("names", "best"),
    [
        ("price,order total", "order total"),
        ("Lastschrift in CHF,Betrag", "Lastschrift in CHF"),
        ("amount,Débit euros", "Débit euros"),
        ("total items,amount", "amount"),
    ],
)
def test_the_amount_that_says_most_comes_first(names, best):
    assert candidates_of(names, "1.5,2.5", "3.5,4.5").amounts[0].header == best


@pytest.mark.parametrize("cells", ["kr{:05d}", "fr{:04d}", "s{:03d}"])
def test_people_whose_ids_begin_like_a_currency_are_people(cells):
    rows = [f"{cells.format(n % 20)},2024-01-{n % 27 + 1:02d},{n * 100}원" for n in range(60)]
    reading = read_upload("\n".join(["회원ID,결제일,결제금액", *rows]).encode(), name="a.csv").reading

    assert reading.person == "회원ID"
    assert reading.nonprivate_people == 20


def test_who_comes_again_is_the_person_and_what_is_new_in_every_row_is_not():
    rows = [f"#{n},p{n % 20}@mail.com,2024-01-{n % 27 + 1:02d},{n + 5}.5" for n in range(60)]
    reading = read_upload("\n".join(["Name,Email,Paid at,Total", *rows]).encode(), name="a.csv").reading

    assert reading.person == "Email"
    assert reading.nonprivate_people == 20


def test_percents_are_no_money_whatever_they_are_of():
    rows = [f"c{n},{n * 10},{n % 90}%" for n in range(40)]
    reading = read_upload("\n".join(["customer,groceries,grocery_part", *rows]).encode(), name="a.csv").reading
    part = next(column for column in reading.columns if column.name == "grocery_part")

    assert (part.used, part.unit, part.lower, part.upper) == (True, "%", 0.0, 100.0)
