"""What was bought is written down without loss, and nothing beside it."""

import json

import numpy as np
import pytest

from core.clustering.engines import SYNOPSIS
from core.clustering.lloyd.estimator import release_lloyd
from core.clustering.synopsis.release import release_synopsis
from core.clustering.types import Clustering
from core.data.generate import Recipe, generate
from core.privacy.ledger import Ledger
from core.privacy.mechanisms import Mechanism, PrivacyEvent
from core.privacy.private_quantiles import ReleasedBounds, candidate_bounds, release_bounds
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import release_product_table
from core.reduction.projection import ReductionMethod
from core.reduction.reduced import draw_release
from core.reduction.spec import Reduction, ReleaseSpec
from core.release.export import ReleaseDocument, export_releases, kind_of, release_types
from core.release.receipt import Receipt
from core.release.store import ReleaseStore


@pytest.fixture(scope="module")
def table():
    return generate(Recipe(n_people=1_200))


def draws(table, rng):
    """Name one way to draw a release of each kind."""
    points = table.points()
    grouping = Grouping.from_clustering(Clustering(centers=np.zeros((1, points.shape[1])), weights=np.ones(1)))
    return {
        "synopsis": lambda: release_synopsis(points, epsilon=1.0, n_clusters_served=4, rng=rng),
        "prototype": lambda: release_lloyd(points, n_clusters=3, epsilon=1.0, rng=rng, is_private=False),
        "reduced": lambda: draw_release(
            points,
            ReleaseSpec(
                engine=SYNOPSIS,
                epsilon=1.0,
                n_clusters=4,
                reduction=Reduction(method=ReductionMethod.PCA, n_dimensions=2),
            ),
            rng=rng,
        ),
        "products": lambda: release_product_table(table.holdings, points, grouping=grouping, epsilon=1.0, rng=rng),
        "bounds": lambda: release_bounds(
            table.values[:, 0], grid=candidate_bounds(table.columns[0]), epsilon=1.0, rng=rng
        ),
    }


@pytest.fixture
def bought(table, rng):
    releases = ReleaseStore(Ledger(cap=10.0))
    for kind, draw in draws(table, rng).items():
        releases.get_or_release(kind, 1.0, key=f"{table.content_key}|{kind}", draw=draw, n_clusters=4)
    return releases


def test_every_kind_of_release_is_read_back_as_it_was(bought, table):
    read = ReleaseDocument.from_json(export_releases(bought, columns=table.columns))

    assert len(read.releases) == len(release_types()) == 5
    for entry in bought.ledger.entries:
        release = bought.find(entry)
        assert type(read.releases[entry.number]) is type(release)
        assert read.releases[entry.number].to_json() == release.to_json()
        assert kind_of(release) == entry.what
    assert read.receipt == json.loads(json.dumps(Receipt.of(bought.ledger, columns=table.columns).to_dict()))


def names(part):
    """Return the names of everything in a document."""
    if isinstance(part, list):
        return set().union(*map(names, part))
    return set(part).union(*map(names, part.values())) if isinstance(part, dict) else set()


def test_neither_fingerprint_nor_number_of_people_is_published(bought, table):
    text = export_releases(bought, columns=table.columns)

    assert table.content_key not in text
    people = {name for name in names(json.loads(text)) if "people" in name or "key" in name}
    # The columns' keys are public names; everything else about people is noisy.
    assert people == {"key", "noisy_people", "people"}
    assert all(set(line["parameters"]) == {"n_clusters"} for line in json.loads(text)["releases"])


def test_nothing_bought_is_a_document_without_releases(table):
    read = ReleaseDocument.from_json(export_releases(ReleaseStore(Ledger(cap=3.0)), columns=table.columns))

    assert read.releases == {}
    assert (read.receipt["cap"], read.receipt["releases"]) == (3.0, [])


def test_an_entry_whose_noise_was_not_drawn_has_no_release(table):
    releases = ReleaseStore(Ledger(cap=3.0))
    releases.ledger.charge("release", 1.0, key="a")

    read = ReleaseDocument.from_json(export_releases(releases, columns=table.columns))

    assert read.releases == {}
    assert read.receipt["releases"][0]["verdict"] == "open"


def test_a_release_without_a_kind_is_refused(table):
    class Unknown:
        charges = (PrivacyEvent(name="people", epsilon=1.0, mechanism=Mechanism.CYLINDER),)

    releases = ReleaseStore(Ledger(cap=3.0))
    releases.get_or_release("release", 1.0, key="a", draw=Unknown)

    with pytest.raises(TypeError, match="Unknown cannot be exported"):
        export_releases(releases, columns=table.columns)


@pytest.mark.parametrize("text", ["{}", '{"published": 1, "releases": []}'])
def test_another_format_is_refused(text):
    with pytest.raises(ValueError, match="document format must be 2"):
        ReleaseDocument.from_json(text)


def test_another_kind_is_refused():
    text = '{"published": 2, "releases": [{"number": 1, "kind": "people", "release": {}}]}'

    with pytest.raises(ValueError, match="must be one of synopsis, prototype, reduced, products, bounds"):
        ReleaseDocument.from_json(text)


def test_bounds_of_another_format_are_refused():
    with pytest.raises(ValueError, match="bounds format must be 2, not 1"):
        ReleasedBounds.from_json('{"format": 1}')
