"""Candidates for each role: worth what their names and their cells are."""

from core.ingest.roles import find_candidates, means_spending
from tests.core.ingest.readings import profiles_of, repeat


def names(candidates):
    return [one.header for one in candidates]


def test_the_best_candidate_of_each_role_comes_first():
    header = "Transaction_ID,Name,Customer_ID,Date,Birth date,Category,Sub-Category,Price,Quantity,Total amount,Balance"
    line = "{i},N{j},C{j},{date},{date},toys {j},ball {j},{k},2,{k}0,99"
    found = find_candidates(profiles_of(header, *repeat(line)))

    assert names(found.people) == ["Customer_ID", "Name"]
    assert names(found.amounts) == ["Total amount", "Price"]
    assert names(found.categories) == ["Category", "Sub-Category"]
    assert names(found.quantities) == ["Quantity"]
    assert names(found.dates) == ["Date"]


def test_of_two_names_the_one_that_tells_more_people_apart_comes_first():
    found = find_candidates(profiles_of("Vorname,Name,food", *repeat("V{j},N{i},{k}")))

    assert names(found.people) == ["Name", "Vorname"]


def test_money_that_comes_in_is_no_amount():
    found = find_candidates(profiles_of("member,debit,credit", *repeat("m{j},{k},{i}")))

    assert (names(found.amounts), names(found.credits)) == (["debit"], ["credit"])


def test_names_of_spending_are_known():
    profiles = profiles_of("id,식비,기분", *repeat("{i},{k},{j}"))

    assert [means_spending(profile) for profile in profiles] == [False, True, False]
