"""The limits that sliders, links and estimators share fit each other."""

import itertools

from core import limits


def test_every_default_may_be_chosen():
    assert limits.EPSILON_DEFAULT in limits.EPSILON_CHOICES
    assert limits.CLUSTERS_MIN <= limits.CLUSTERS_DEFAULT <= limits.CLUSTERS_MAX


def test_the_slider_of_epsilon_rises_within_its_bounds():
    assert all(one < other for one, other in itertools.pairwise(limits.EPSILON_CHOICES))
    assert limits.EPSILON_CHOICES[0] >= limits.EPSILON_MIN
    assert limits.EPSILON_CHOICES[-1] <= limits.EPSILON_MAX


def test_the_smallest_data_have_people_for_every_cluster_and_persona():
    assert max(limits.CLUSTERS_MAX, limits.PERSONAS_MAX) <= limits.PEOPLE_MIN
