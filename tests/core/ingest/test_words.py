import pytest

from core.ingest.words import AMOUNT, CATEGORY, DATE, NO_AMOUNT, Who, find_who, fold, is_column_name


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("CustomerID", "customer id"),
        ("customer_id", "customer id"),
        ("UnitPrice", "unit price"),
        ("CLIENTNUM", "client num"),
        ("이용금액(원)", "이용금액"),
        ("(원)", "(원)"),
        ("Betrag (€)", "betrag"),
    ],
)
def test_names_are_folded_into_words(name, folded):
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Customer ID", Who.PERSON),
        ("customer", Who.PERSON),
        ("Kundennummer", Who.PERSON),
        ("회원번호", Who.PERSON),
        ("persona_id", Who.PERSON),
        ("client", Who.PERSON),
        ("household_key", Who.PERSON),
        ("顧客ID", Who.PERSON),
        ("이름", Who.NAME),
        ("ID", Who.BARE),
        ("Transaction_ID", Who.NOBODY),
        ("InvoiceNo", Who.NOBODY),
        ("order_id", Who.NOBODY),
        ("주문번호", Who.NOBODY),
        ("상권_코드", Who.NOBODY),
        ("IBAN", Who.ACCOUNT),
        ("계좌번호", Who.ACCOUNT),
        ("Customer Age", None),
        ("Amount", None),
    ],
)
def test_the_word_beside_the_key_says_whom_a_column_names(name, who):
    assert find_who(name) is who


def test_words_of_latin_letters_stand_alone_and_others_anywhere():
    assert AMOUNT.search("total amount")
    assert AMOUNT.search("이용금액")
    assert not DATE.search("updated")
    assert CATEGORY.search("kategorien")
    assert NO_AMOUNT.search("잔액")


@pytest.mark.parametrize(
    ("name", "known"), [("Buchungsdatum", True), ("금액", True), ("가나다", False), ("x" * 40, False)]
)
def test_usual_names_of_columns_are_known(name, known):
    assert is_column_name(name) is known
