"""An engine is one record: one that is registered here, and nowhere else, is offered, drawn, compared and exported."""

import json
from dataclasses import dataclass

import numpy as np
import pytest

from core.arrays import FloatArray, read_only
from core.clustering.engines import ENGINES, Engine
from core.clustering.types import Clustering, WeightedPoints
from core.data.generate import GENERATED
from core.privacy.ledger import Ledger
from core.privacy.mechanisms import Mechanisms, PrivacyEvent, charges_from_list, charges_to_list
from core.privacy.noise_source import NoiseSource
from core.release.export import ReleaseDocument, export_releases
from core.release.store import ReleaseStore
from core.studies.sweep import nonprivate_sweep
from tests.pages.visit import drawn, go, markup, move, visit, visit_and_pay
from ui.text import phrases

WORDS = phrases("ko")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarters:
    """People counted in the quarters of the first two columns: a synopsis of four points."""

    epsilon: float
    charges: tuple[PrivacyEvent, ...]
    is_private: bool
    micro_clusters: WeightedPoints

    clusters_any_k = True
    is_mostly_noise = False

    @property
    def cells(self):
        return self.micro_clusters

    @property
    def noisy_people(self):
        return float(self.micro_clusters.weights.sum())

    def people_margin(self, share):  # noqa: ARG002 - as every release
        return 2.0 / self.epsilon

    def cluster(self, n_clusters):
        rows = np.arange(n_clusters) % 4
        centers = self.micro_clusters.points[rows] + 0.01 * (np.arange(n_clusters) // 4)[:, np.newaxis]
        return Clustering(centers=centers, weights=self.micro_clusters.weights[rows].copy())

    def to_json(self):
        return json.dumps(
            {
                "epsilon": self.epsilon,
                "charges": charges_to_list(self.charges),
                "is_private": self.is_private,
                "points": self.micro_clusters.points.tolist(),
                "weights": self.micro_clusters.weights.tolist(),
            }
        )

    @classmethod
    def from_json(cls, text):
        parts = json.loads(text)
        return cls(
            epsilon=parts["epsilon"],
            charges=charges_from_list(parts["charges"]),
            is_private=parts["is_private"],
            micro_clusters=_weighted(np.asarray(parts["points"]), np.asarray(parts["weights"])),
        )


def _weighted(points: FloatArray, weights: FloatArray) -> WeightedPoints:
    return WeightedPoints(points=read_only(points), weights=read_only(weights))


def release_quarters(points, *, n_clusters, epsilon, rng):  # noqa: ARG001 - serves any
    """Count the people of each quarter: one person changes one count by 1."""
    mechanisms = Mechanisms(rng)
    quarter = (points[:, 0] > 0) * 2 + (points[:, 1] > 0)
    counts = mechanisms.counts(np.bincount(quarter, minlength=4), epsilon=epsilon, name="histogram")
    middles = np.zeros((4, points.shape[1]))
    middles[:, :2] = [[-0.5, -0.5], [-0.5, 0.5], [0.5, -0.5], [0.5, 0.5]]
    return Quarters(
        epsilon=epsilon,
        charges=mechanisms.charges,
        is_private=mechanisms.is_private,
        micro_clusters=_weighted(middles, np.maximum(counts, 1).astype(float)),
    )


@pytest.fixture
def quarters(monkeypatch):
    """Register an engine for this test."""
    engine = Engine(
        key="quarters",
        labels={"ko": "네 구역", "en": "Quarters"},
        serves_any_k=True,
        release=release_quarters,
        release_type=Quarters,
    )
    monkeypatch.setitem(ENGINES, engine.key, engine)
    return engine


@pytest.mark.usefixtures("quarters")
def test_the_compare_page_offers_it_and_draws_it():
    app = visit("compare", people="300")
    assert "네 구역" in app.get_by_key("engine").options

    move(app, "engine", "quarters")

    assert len(drawn(app)["private"]["centers"]) == drawn(app)["k"] == 4
    assert app.query_params["engine"] == "quarters"


@pytest.mark.usefixtures("quarters")
def test_a_link_names_it_and_another_k_is_free():
    app = visit_and_pay("compare", data="sample", engine="quarters", epsilon="2", k="7")
    move(app, "k", 9)

    (store,) = app.session_state["releases"].values()
    assert store.ledger.spent == 2.0
    assert len(store) == 1


@pytest.mark.usefixtures("quarters")
def test_products_are_recommended_from_it_and_the_ledger_names_it():
    app = visit("recommend", people="300", engine="quarters", k="5")

    assert "네 구역" in markup(go(app, "privacy"))


def test_a_document_holds_it_and_reads_it_back(quarters, rng):
    releases = ReleaseStore(Ledger(cap=3.0))
    points = rng.uniform(-1, 1, (200, 3))
    first = releases.get_or_release(
        "release", 1.0, key="a", draw=lambda: quarters.release(points, n_clusters=4, epsilon=1.0, rng=rng)
    )

    document = ReleaseDocument.from_json(export_releases(releases, columns=()))

    assert document.releases[1].to_json() == first.to_json()


def test_the_lab_sweeps_it_beside_the_others(quarters, rng):
    points = rng.uniform(-1, 1, (100, 3))

    *_, last = nonprivate_sweep(
        points,
        n_clusters=4,
        noise=NoiseSource(source=GENERATED, seed=1),
        epsilons=(1.0,),
        n_seeds=2,
        engines=(quarters,),
    )

    assert last.result[0].private[quarters][0].ari.low <= 1.0
