import pytest

from core.ingest.nobody import find_refusal
from core.ingest.roles import find_candidates
from tests.core.ingest.readings import profiles_of, repeat


def refusal(header, line, *, person=None, is_long=False):
    profiles = profiles_of(header, *repeat(line))
    chosen = next((profile for profile in profiles if profile.header == person), None)
    return find_refusal(profiles, find_candidates(profiles), chosen, is_long=is_long)


@pytest.mark.parametrize(
    ("header", "line", "reason"),
    [
        ("Date,Description,Amount", "{date},shop {j},{k}", "one_person"),
        ("거래일시,적요,출금액,입금액", "{date},가게{j},{k},0", "one_person"),
        ("상권_코드,상권명,매출", "{i},상권{i},{k}", "no_person"),
        ("기준년월,시군구,업종,금액", "202401,구{j},업{k},{k}", "no_person"),
        ("Product,Jan,Feb", "Item {i},{k},{j}", "no_person"),
        ("name,note", "p{i},x", "no_numbers"),
        ("Channel,Region,Fresh,Milk", "1,{j},{k}00,{i}", ""),
        ("age,food,rent", "3{j},{k},{i}5", ""),
    ],
)
def test_rows_that_are_nobody_are_told_from_people(header, line, reason):
    assert refusal(header, line) == reason


def test_one_name_in_every_row_is_one_person():
    assert refusal("customer,date,amount", "me,{date},{k}", person="customer") == "one_person"
    assert refusal("customer,date,amount", "c{j},{date},{k}", person="customer") == ""
