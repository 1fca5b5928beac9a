from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.survey.limits import SHOWN_FROM
from core.survey.tally import Tally

choices = st.sets(st.sampled_from("abcd"), max_size=4).map(lambda chosen: tuple(sorted(chosen)))


def test_people_are_counted_once_and_choices_as_often_as_chosen():
    tally = Tally.from_counts([(("a",), 3), (("a", "b"), 2), ((), 1)])

    assert tally.people == 6
    assert tally.counts == {"a": 5, "b": 2}
    assert (tally.share("a"), tally.share("b"), tally.share("c")) == (pytest.approx(5 / 6), pytest.approx(2 / 6), 0.0)


def test_nobody_is_a_tally_too():
    assert (Tally().people, Tally().count("a"), Tally().share("a"), Tally().is_shown) == (0, 0, None, False)


def test_shares_are_told_from_five_people_on():
    assert Tally.from_counts([(("a",), SHOWN_FROM - 1)]).share("a") is None
    assert Tally.from_counts([(("a",), SHOWN_FROM)]).share("a") == 1.0


@given(st.lists(choices))
def test_a_tally_agrees_with_counting_one_by_one(people):
    tally = Tally.from_counts(Counter(people).items())

    assert tally.people == len(people)
    assert tally.counts == Counter(choice for chosen in people for choice in chosen)
