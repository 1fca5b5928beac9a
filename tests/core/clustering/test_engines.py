"""Every registered engine releases what it is asked for."""

import numpy as np
import pytest

from core.clustering.engines import ENGINES
from core.privacy.noise import secure_rng


@pytest.mark.parametrize("engine", list(ENGINES.values()))
def test_every_engine_releases_what_it_was_asked_for(engine, rng):
    points = rng.uniform(-1, 1, (500, 3)).astype(np.float32)

    release = engine.release(points, n_clusters=4, epsilon=2.0, rng=rng)

    assert release.epsilon == 2.0
    assert not release.is_private
    assert release.clusters_any_k == engine.serves_any_k
    assert release.cluster(4).centers.shape == (4, 3)
    assert np.abs(release.cells.points).max() <= 1.0
    assert isinstance(bool(release.is_mostly_noise), bool)


@pytest.mark.parametrize("engine", list(ENGINES.values()))
def test_only_secure_noise_makes_a_release_private(engine, rng):
    points = rng.uniform(-1, 1, (100, 2)).astype(np.float32)

    assert engine.release(points, n_clusters=2, epsilon=1.0, rng=secure_rng()).is_private


@pytest.mark.parametrize("engine", list(ENGINES.values()))
def test_few_people_and_a_small_epsilon_are_said_to_be_mostly_noise(engine, rng):
    few = rng.uniform(-1, 1, (30, 3)).astype(np.float32)
    many = rng.uniform(-1, 1, (20_000, 3)).astype(np.float32)

    assert engine.release(few, n_clusters=8, epsilon=0.05, rng=rng).is_mostly_noise
    assert not engine.release(many, n_clusters=8, epsilon=5.0, rng=rng).is_mostly_noise
