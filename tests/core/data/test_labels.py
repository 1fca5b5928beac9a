"""Labels are read from every column that names a language, and another language stands in for one that is missing."""

import pytest

from core.data.labels import choose_label, read_labels


def test_a_row_gives_its_labels_by_language_whatever_the_languages_are():
    row = {"key": "food", "label_ko": "식비", "label_en": "Food", "label_eo": "Manĝaĵoj", "label_fr": "", "upper": "3"}

    assert read_labels(row, "label") == {"ko": "식비", "en": "Food", "eo": "Manĝaĵoj"}


def test_only_a_code_of_a_language_makes_a_label():
    assert read_labels({"name_of_manager": "Kim", "name": "x", "nickname_ko": "y"}, "name") == {}


@pytest.mark.parametrize(
    ("labels", "language", "chosen"),
    [
        ({"ko": "식비", "en": "Food", "eo": "Manĝaĵoj"}, "eo", "Manĝaĵoj"),
        ({"ko": "식비", "en": "Food"}, "eo", "Food"),
        ({"ko": "식비", "fr": "Repas"}, "eo", "식비"),
        ({"fr": "Repas"}, "eo", "Repas"),
        ({"ko": "식비", "en": ""}, "en", "식비"),
        ({}, "ko", ""),
    ],
)
def test_a_missing_label_falls_back_on_english_then_korean_then_any(labels, language, chosen):
    assert choose_label(labels, language) == chosen
