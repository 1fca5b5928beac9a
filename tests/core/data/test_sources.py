"""Every registered source loads the table that its record describes; so does the one that the docs add."""

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from core.data import GENERATED, PROTOTYPE, SAMPLE, SOURCES, UPLOAD, Recipe
from core.data.sources import DataSource
from core.limits import PEOPLE_MIN

PAGE = (Path(__file__).parents[3] / "docs" / "add-a-data-source.md").read_text(encoding="utf-8")
SMALL = Recipe(n_people=PEOPLE_MIN)
LOADED = [source for source in SOURCES.values() if source.load]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_keys_that_links_of_former_versions_carry_stay():
    assert [SOURCES[key].source for key in ("generated", "prototype", "sample", "upload")] == [
        *(GENERATED, PROTOTYPE, SAMPLE, UPLOAD)
    ]


def test_a_new_visitor_sees_synthetic_people():
    assert next(iter(SOURCES.values())).source.is_synthetic


def test_real_people_are_never_taken_for_synthetic_ones():
    assert not SAMPLE.is_synthetic
    assert not UPLOAD.is_synthetic


@pytest.mark.parametrize("source", LOADED, ids=lambda source: source.source.key)
def test_a_source_loads_the_same_table_of_its_own_every_time(source):
    one, other = source.load(SMALL), source.load(SMALL)

    assert one.source == other.source == source.source
    assert one.content_key == other.content_key
    assert np.array_equal(one.values, other.values)


@pytest.mark.parametrize("source", LOADED, ids=lambda source: source.source.key)
def test_the_recipe_decides_the_table_where_the_record_says_so(source):
    keys = {source.load(Recipe(n_people=PEOPLE_MIN, seed=seed)).content_key for seed in (1, 2)}

    assert len(keys) == (2 if source.reads_recipe else 1)


def test_the_source_that_the_docs_add_is_a_table_with_its_record_and_phrases():
    module, record = blocks("python")
    names = {"DataSource": DataSource}
    exec(module, names)  # noqa: S102 - our own page
    added = eval(record, names)  # noqa: S307 - our own page
    table = added.load(SMALL)

    assert table.source == added.source
    assert np.isfinite(table.points()).all()
    assert np.abs(table.points()).max() < 1.0, "nobody is clipped"
    for words in map(tomllib.loads, blocks("toml")):
        assert set(words["sources"]) == {"two_towns", "two_towns_lead"}
        assert set(words["names"]) == {f"data_{added.source.key}"}
