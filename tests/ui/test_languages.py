"""A language's own rules: forms of words by number, separators, money, and what stands in for a phrase it lacks."""

import re

import pytest

from ui.languages import LANGUAGES, Language
from ui.text import own_phrases, phrase_in

POLISH = Language(
    key="pl",
    name="Polski",
    locales=("pl",),
    thousands="\u00a0",
    decimal=",",
    plural=lambda count: 0 if count == "1" else 1 if re.search(r"(?<!1)[234]$", count) else 2,
)
ENGLISH = LANGUAGES["en"]


def test_every_language_is_registered_under_its_key_and_serves_locales_of_its_own():
    assert all(key == language.key for key, language in LANGUAGES.items())
    locales = [code for language in LANGUAGES.values() for code in language.locales]
    assert len(set(locales)) == len(locales)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ("1", "1 row"),
        ("0", "0 rows"),
        ("2", "2 rows"),
        ("1.00", "1.00 rows"),
        ("11", "11 rows"),
        ("1,000", "1,000 rows"),
    ],
)
def test_english_has_one_form_for_exactly_one(count, said):
    assert ENGLISH.fill("{n} [row|rows]", {"n": count}) == said


@pytest.mark.parametrize(("count", "word"), [("1", "osoba"), ("3", "osoby"), ("13", "osób"), ("25", "osób")])
def test_a_language_may_have_any_number_of_forms(count, word):
    assert POLISH.fill("{n} [osoba|osoby|osób]", {"n": count}) == f"{count} {word}"


def test_forms_follow_the_blank_before_them_or_else_the_first_one():
    assert ENGLISH.fill("There [is|are] {n} [row|rows] of {m} [cell|cells]", {"n": 1, "m": 2}) == (
        "There is 1 row of 2 cells"
    )


def test_forms_follow_the_number_within_what_was_filled_in():
    said = [phrase_in(ENGLISH, "products.use", holders=holders) for holders in ("about 1 person ±3", "12 people")]

    assert said == ["about 1 person ±3 uses it", "12 people use it"]


def test_what_is_filled_in_is_never_taken_for_forms():
    assert ENGLISH.fill("{a} and {b} [x|y]", {"a": "[p|q]", "b": "{n}"}) == "[p|q] and {n} y"


def test_a_missing_blank_is_a_mistake():
    with pytest.raises(KeyError, match="m"):
        ENGLISH.fill("{n} of {m}", {"n": 1})


def test_numbers_are_written_with_the_separators_of_the_language():
    assert POLISH.write("1,234.5") == "1\u00a0234,5"
    assert LANGUAGES["ko"].write("1,234.5") == ENGLISH.write("1,234.5") == "1,234.5"


@pytest.mark.parametrize(("won", "written"), [(32_400, "₩32,000"), (499, "₩500"), (0, "₩0"), (-32_000, "₩-32,000")])
def test_money_has_its_sign_where_a_language_reads_it_in_no_way_of_its_own(won, written):
    assert POLISH.write_won(won) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bracket_of_forms_is_counted_by_a_blank(language):
    bracketed = {key: text for key, text in own_phrases(language).items() if re.search(r"\[[^\]]*\|", text)}

    assert not [key for key, text in bracketed.items() if "{" not in text]
