from core.data import Transform
from core.ingest.column_rules import RULES, SPENDING, UNKNOWN


def test_every_rule_has_bounds_that_its_transform_allows():
    for rule in (*RULES, SPENDING, UNKNOWN):
        assert 0 <= rule.lower < rule.upper
        assert rule.transform in (Transform.IDENTITY, Transform.LOG1P)


def test_no_word_stands_in_two_rules():
    words = [word for rule in (*RULES, SPENDING) for word in rule.words]

    assert sorted(set(words)) == sorted(words)
