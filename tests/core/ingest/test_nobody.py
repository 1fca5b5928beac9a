import pytest

from core.ingest import Verdict, read_upload


def reading_of(header, rows, *, separator=","):
    text = "\n".join([header, *(separator.join(map(str, row)) for row in rows)])
    return read_upload(text.encode(), name="a.csv").reading


@pytest.mark.parametrize("key", ["Merchant ID", "Order ID", "Store No", "product_id", "주문번호"])
def test_rows_that_are_numbered_things_are_no_people(key):
    reading = reading_of(f"{key},food,rent", [(f"X{n * 7:04d}", 10 + n, 500 - n) for n in range(40)])

    assert (reading.verdict, reading.reason) == (Verdict.REFUSE, "no_person")


def test_rows_that_are_kinds_of_people_are_no_people():
    groups = [(gender, f"{age}0대") for gender in "남여" for age in range(2, 8)]
    reading = reading_of("성별,연령대,식비", [(*group, 1000 + n * 37 % 91) for n, group in enumerate(groups)])

    assert (reading.verdict, reading.reason) == (Verdict.REFUSE, "no_person")


def test_people_described_by_their_kind_stay_people():
    people = [("남녀"[n % 2], f"{2 + n % 5}0대", 1000 + n * 37 % 91) for n in range(60)]
    reading = reading_of("성별,연령대,식비", people)

    assert reading.layout == "wide"
    assert reading.nonprivate_people == 60


@pytest.mark.parametrize(
    "header",
    [
        "Datum;Rekening;Code;Af Bij;Bedrag (EUR);Mededelingen",
        "Datum;Bewegungstyp;Code;Avisierungstext;Lastschrift in CHF;Saldo in CHF",
        "Date;Account;Code;Payee;Outflow;Memo",
    ],
)
def test_statements_of_one_account_are_of_one_person(header):
    rows = [(f"2024-01-{n % 27 + 1:02d}", "NL01", "ABC"[n % 3], "x", f"{n},5", "y") for n in range(60)]

    assert reading_of(header, rows, separator=";").reason == "one_person"
