"""All roles decided together: how people stand in the sheet, and who they are."""

import pytest

from core.ingest import AnswerError, Answers, Layout
from core.ingest.layout import decide_roles
from tests.core.ingest.readings import profiles_of, repeat


def roles_of(header, line, *pairs):
    return decide_roles(profiles_of(header, *repeat(line, 40)), Answers.from_pairs(pairs))


def test_ids_that_repeat_make_transactions_and_ids_that_do_not_make_people():
    long = roles_of("customer,date,amount", "c{j},{date},{k}")
    wide = roles_of("customer,age,food,rent", "c{i},4{j},{k},{j}")

    assert (long.layout, long.person, long.amount, long.category) == (Layout.LONG, "customer", "amount", None)
    assert (wide.layout, wide.person, wide.amount) == (Layout.WIDE, "customer", None)


def test_one_purchase_a_customer_is_still_a_list_of_purchases():
    roles = roles_of("Customer ID,Item,Category,Purchase Amount (USD),Color", "{i},thing {k},kind {j},{k}5,red {j}")

    assert (roles.layout, roles.category, roles.amount) == (Layout.LONG, "Category", "Purchase Amount (USD)")


def test_a_number_that_only_counts_transactions_is_nobody():
    assert roles_of("ID,date,amount", "{i},{date},{k}").refusal == "one_person"


def test_names_in_a_statement_are_those_who_were_paid():
    header = "Date,Name,Type,Currency,Amount,Balance,Description"

    assert roles_of(header, "{date},Shop {j},card,EUR,{k},9,x").refusal == "one_person"


@pytest.mark.parametrize(
    ("header", "line", "reason"),
    [
        ("account_id,date,amount", "{k}00{j},{date},{k}", "person"),
        ("사용자,날짜,분류,금액", "엄마{k}{j},{date},식비,{k}", ""),
        ("member,date,category,amount,fee amount,sales amount", "m{j},{date},food,{k},1,{k}", ""),
        ("member,date,amount,amount paid", "m{j},{date},{k},{j}", "amounts"),
        ("member,date,amount,currency", "m{k}{j},{date},{k},EUR", ""),
    ],
)
def test_what_is_doubtful_is_asked(header, line, reason):
    assert [question.reason for question in roles_of(header, line).doubts] == [reason] * bool(reason)


def test_amounts_in_several_currencies_are_asked_about():
    rows = [f"c{i % 9},2024-01-0{i % 9 + 1},{i},{'EUR' if i % 2 else 'USD'}" for i in range(40)]
    roles = decide_roles(profiles_of("customer,date,amount,currency", *rows), Answers())

    assert [question.reason for question in roles.doubts] == ["currencies"]


def test_answers_take_the_place_of_what_was_supposed():
    header, line = "customer,shop,date,category,amount,price", "c{j},s{k},{date},food,{k},{j}"
    roles = roles_of(header, line, "person=shop", "category=", "amount=price")

    assert (roles.person, roles.category, roles.amount) == ("shop", None, "price")
    assert roles_of(header, line, "layout=wide").layout is Layout.WIDE
    with pytest.raises(AnswerError, match="a column of the file"):
        roles_of(header, line, "amount=nothing")


def test_spellings_that_mean_groups_make_a_category_whatever_it_is_called():
    rows = [f"고객{i % 9},2024-01-0{i % 9 + 1},{'외식' if i % 2 else '교통'},{i}00" for i in range(40)]

    assert decide_roles(profiles_of("고객,언제,무엇,금액", *rows), Answers()).category == "무엇"
