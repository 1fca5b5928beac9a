"""Links: what is written is read back, and nothing is read that a widget would not allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import limits
from core.clustering.engines import ENGINES
from core.data import SOURCES
from core.reduction.projection import DIMENSIONS_MAX, ReductionMethod
from core.studies.dimensions import COLUMNS
from core.studies.utility_target import UtilityMeasure
from core.survey.limits import SCENE_MAX
from ui import chosen_bounds
from ui.lab.terms import TERMS
from ui.languages import LANGUAGES
from ui.settings import (
    CROWDS,
    DRAWS_MAX,
    ENGINES_EPSILONS,
    GOAL_ARIS,
    GOAL_CHANGED,
    KNOWN_BINS,
    LAB_SECTIONS,
    NOISE_KINDS,
    PEOPLE_CHOICES,
    PERSON_ID_LENGTH_MAX,
    PERSON_WAYS,
    PLAYED_K_MAX,
    PLAYED_K_MIN,
    PLAYED_SEED_MAX,
    PLAYED_WAYS,
    PRIVACY_PARTS,
    RUNS_CHOICES,
    SETTINGS,
    SHARE_CHOICES,
    SPENDING_STEPS,
    SWEEP_DATA,
    SWEEP_MARKS,
    TABLE_SHARES,
    VIEWS,
)

words = st.text(st.characters(categories=("L", "N", "P", "S")), max_size=PERSON_ID_LENGTH_MAX)
VALID = {
    "lang": st.sampled_from(list(LANGUAGES)),
    "only_public": st.booleans(),
    "data": st.sampled_from(list(SOURCES)),
    "people": st.sampled_from(PEOPLE_CHOICES),
    "personas": st.integers(limits.PERSONAS_MIN, limits.PERSONAS_MAX),
    "overlap": st.sampled_from(SHARE_CHOICES),
    "inequality": st.sampled_from(SHARE_CHOICES),
    "table_share": st.sampled_from(TABLE_SHARES),
    "seed": st.integers(0, limits.SEED_MAX),
    "engine": st.sampled_from(list(ENGINES)),
    "bounds": st.just("")
    | st.builds(
        lambda source, chosen: chosen_bounds.write(source, {place: (low, low + 7) for place, low in chosen.items()}),
        st.sampled_from(list(SOURCES)),
        st.dictionaries(st.integers(0, limits.COLUMNS_MAX - 1), st.integers(-1000, 1000), max_size=4),
    ),
    "dimensions": st.integers(0, DIMENSIONS_MAX),
    "reduction": st.sampled_from([str(method) for method in ReductionMethod]),
    "epsilon": st.sampled_from(limits.EPSILON_CHOICES),
    "k": st.integers(limits.CLUSTERS_MIN, limits.CLUSTERS_MAX),
    "draw": st.integers(0, DRAWS_MAX),
    "axis_x": words,
    "axis_y": words,
    "view": st.sampled_from(VIEWS),
    "attack_epsilon": st.sampled_from(limits.EPSILON_CHOICES),
    "attack_runs": st.sampled_from(RUNS_CHOICES),
    "goal_measure": st.sampled_from([str(measure) for measure in UtilityMeasure]),
    "goal_ari": st.sampled_from(GOAL_ARIS),
    "goal_changed": st.sampled_from(GOAL_CHANGED),
    "known_bins": st.sampled_from(KNOWN_BINS),
    "game_crowd": st.sampled_from(CROWDS),
    "person": words,
    "person_way": st.sampled_from(PERSON_WAYS),
    "spending_step": st.sampled_from(SPENDING_STEPS),
    "spending": st.lists(st.integers(0, 10_000), max_size=20).map(lambda amounts: ".".join(map(str, amounts))),
    "room": st.just("") | st.just("WEB") | st.integers(100_000, 999_999).map(str),
    "played_way": st.sampled_from(PLAYED_WAYS),
    "played_k": st.integers(PLAYED_K_MIN, PLAYED_K_MAX),
    "played_seed": st.integers(0, PLAYED_SEED_MAX),
    "played_epsilon": st.sampled_from(limits.EPSILON_CHOICES),
    "noise_kind": st.sampled_from(NOISE_KINDS),
    "noise_epsilon": st.sampled_from(limits.EPSILON_CHOICES),
    "part": st.sampled_from(PRIVACY_PARTS),
    "sweep_data": st.sampled_from(SWEEP_DATA),
    "sweep_mark": st.sampled_from(SWEEP_MARKS),
    "dimensions_method": st.sampled_from([str(method) for method in ReductionMethod]),
    "dimensions_columns": st.sampled_from(COLUMNS),
    "engines_epsilon": st.sampled_from(ENGINES_EPSILONS),
    "section": st.sampled_from(LAB_SECTIONS),
    "term": st.sampled_from(("", *TERMS)),
    "scene": st.integers(0, SCENE_MAX),
    "notes": st.booleans(),
}
NUMBERS = ("people", "personas", "overlap", "inequality", "seed", "epsilon", "k", "draw", "dimensions", "only_public")


def test_every_setting_has_its_property():
    assert set(VALID) == set(SETTINGS)


@pytest.mark.parametrize("key", SETTINGS)
@given(data=st.data())
def test_what_a_link_says_is_read_back(key, data):
    setting, value = SETTINGS[key], data.draw(VALID[key])

    read = setting.read(setting.write(value))

    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("key", SETTINGS)
@given(text=st.text(max_size=80))
def test_whatever_stands_in_a_link_is_refused_or_is_a_value_that_links_carry(key, text):
    setting = SETTINGS[key]
    try:
        value = setting.read(text)
    except ValueError:
        return

    assert setting.read(setting.write(value)) == value


@pytest.mark.parametrize("key", [key for key, setting in SETTINGS.items() if setting.default is not None])
def test_defaults_are_values_that_links_carry(key):
    setting = SETTINGS[key]

    assert setting.read(setting.write(setting.default)) == setting.default


@pytest.mark.parametrize("key", NUMBERS)
@pytest.mark.parametrize("text", ["", " ", "-1", "nan", "inf", "1e999", "0x10", "9" * 400, "one", "1;2"])
def test_no_number_is_read_from_what_is_none_or_too_large(key, text):
    with pytest.raises(ValueError, match=r".+"):
        SETTINGS[key].read(text)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("k", str(limits.CLUSTERS_MIN - 1)),
        ("k", str(limits.CLUSTERS_MAX + 1)),
        ("personas", str(limits.PERSONAS_MIN - 1)),
        ("personas", str(limits.PERSONAS_MAX + 1)),
        ("seed", str(limits.SEED_MAX + 1)),
        ("draw", str(DRAWS_MAX + 1)),
    ],
)
def test_a_whole_number_outside_its_limits_is_refused(key, text):
    with pytest.raises(ValueError, match=r"not within \["):
        SETTINGS[key].read(text)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("lang", "de"),
        ("data", "other"),
        ("engine", "none"),
        ("view", "all"),
        ("epsilon", "1.01"),
        ("people", "10001"),
        ("overlap", "0.36"),
        ("only_public", "2"),
    ],
)
def test_a_choice_that_is_not_offered_is_refused(key, text):
    with pytest.raises(ValueError, match="one of"):
        SETTINGS[key].read(text)


@pytest.mark.parametrize("text", ["x" * (PERSON_ID_LENGTH_MAX + 1), "a\nb", "a\x00b", "\u202eabc"])
@pytest.mark.parametrize("key", ["person", "axis_x", "axis_y"])
def test_text_in_a_link_is_short_and_printable(key, text):
    with pytest.raises(ValueError, match="printable"):
        SETTINGS[key].read(text)
