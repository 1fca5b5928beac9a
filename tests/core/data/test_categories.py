"""The public expenditure groups: their bounds, and words that name one each."""

from core.data.categories import public_categories
from core.data.table import Transform


def test_there_are_the_twelve_groups_of_the_classification_in_its_order():
    columns = [category.column for category in public_categories()]

    assert [column.key for column in columns][:3] == ["food", "alcohol_tobacco", "clothing"]
    assert len({column.key for column in columns}) == len(columns) == 12
    assert {(column.unit, column.lower, column.transform) for column in columns} == {("만원", 0.0, Transform.LOG1P)}


def test_no_word_names_two_groups():
    words = [word for category in public_categories() for word in category.words]

    assert len(set(words)) == len(words)
    assert all(word == word.lower() for word in words)
