"""The app and the lab measure the same thing: for the same settings they make the same release, whatever k is."""

import numpy as np
import pytest

from core.clustering import engines
from core.clustering.synopsis.release import N_CLUSTERS_SERVED, release_synopsis
from core.data import Recipe, generate
from core.data.generate import GENERATED
from core.privacy.noise_source import NoiseSource
from core.reduction.spec import ReleaseSpec
from core.studies import passes
from core.studies.dimensions import study_dimensions
from core.studies.passes import Algorithm
from core.studies.sweep import nonprivate_sweep
from tests.pages.visit import visit
from ui import results

RECIPE = Recipe(n_people=300)


@pytest.fixture
def served(monkeypatch):
    """Note what every synopsis that is released meanwhile was made to serve."""
    noted = []

    def release(*arguments, **asked):
        noted.append(asked["n_clusters_served"])
        return release_synopsis(*arguments, **asked)

    monkeypatch.setattr(engines, "release_synopsis", release)
    monkeypatch.setattr(passes, "release_synopsis", release)
    return noted


SEEDED = NoiseSource(source=GENERATED, seed=1)


def _sweep(n_clusters):
    points = generate(RECIPE).points()
    list(
        nonprivate_sweep(
            points, n_clusters=n_clusters, noise=SEEDED, epsilons=(1.0,), n_seeds=1, engines=(engines.SYNOPSIS,)
        )
    )


def _dimensions(n_clusters):
    list(
        study_dimensions(
            n_personas=3, overlap=0.0, n_clusters=n_clusters, epsilon=1.0, seed=1, clock=lambda: 0.0,
            people=(300,), columns=(5,), n_seeds=1,
        )
    )  # fmt: skip


def _passes(n_clusters):
    passes.fit(Algorithm.SYNOPSIS, generate(RECIPE).points(), n_clusters=n_clusters, seed=1)


@pytest.mark.parametrize("study", [_sweep, _dimensions, _passes])
@pytest.mark.parametrize("n_clusters", [2, 8, 9, 12])
def test_a_study_makes_its_synopses_for_as_many_clusters_as_the_app(study, n_clusters, served):
    study(n_clusters)

    assert set(served) == {N_CLUSTERS_SERVED}


def test_the_app_makes_one_release_for_every_k(served):
    # People of a seed that no other test has: nothing of theirs is cached.
    for k in ("2", "8", "9", "12"):
        visit("compare", people="300", k=k, seed="310731")

    assert served == [N_CLUSTERS_SERVED]


@pytest.mark.parametrize("engine", engines.ENGINES.values(), ids=str)
@pytest.mark.parametrize("n_clusters", [4, 12])
def test_a_sweep_draws_the_very_release_that_the_app_shows(engine, n_clusters, monkeypatch):
    # People of a seed that no other test has: what is cached of them here is nobody else's.
    table = generate(Recipe(n_people=300, seed=310732))
    spec = ReleaseSpec(engine=engine, epsilon=1.0, n_clusters=n_clusters)
    # The source of noise of a sweep's first draw.
    (source,) = np.random.SeedSequence(1).spawn(1)
    monkeypatch.setattr(ReleaseSpec, "public_seed", lambda _spec, _key: source)

    comparison = results.compare(table, spec, results.synthetic_release(table, spec))
    *_, last = nonprivate_sweep(
        table.points(), n_clusters=n_clusters, noise=SEEDED, epsilons=(1.0,), n_seeds=1, engines=(engine,)
    )

    (panel,) = last.result
    assert panel.private[engine][0].ari.median == comparison.agreement.adjusted_rand
