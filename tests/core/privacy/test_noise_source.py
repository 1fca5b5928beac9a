"""People's data cannot get noise that somebody may know; synthetic data may, and what comes of it says so."""

import pickle

import numpy as np
import pytest

from core.data.generate import GENERATED
from core.data.sample import SAMPLE
from core.data.sources import SOURCES, UPLOAD
from core.privacy.noise import is_secure, secure_rng
from core.privacy.noise_source import NoiseSource, check_noise


def draws(generators):
    return [int(each.integers(2**62)) for each in generators]


@pytest.mark.parametrize("source", [UPLOAD, SAMPLE])
def test_people_get_no_seed_whoever_asks(source):
    with pytest.raises(ValueError, match="seed must be None for people"):
        NoiseSource(source=source, seed=1)

    noise = NoiseSource.of(source, seed=1)
    assert noise.seed is None
    assert all(is_secure(each) for each in (noise.generator(), *noise.generators(2)))
    assert draws(noise.generators(3)) != draws(noise.generators(3))


def test_synthetic_data_may_have_a_seed_and_then_the_noise_repeats():
    noise = NoiseSource.of(GENERATED, seed=1)

    assert not any(is_secure(each) for each in (noise.generator(), *noise.generators(2)))
    assert draws([noise.generator()]) == draws([np.random.default_rng(1)])
    assert draws(noise.generators(3)) == draws(noise.generators(3))
    assert len(set(draws(noise.generators(3)))) == 3


@pytest.mark.parametrize("source", [each.source for each in SOURCES.values()])
def test_a_source_of_noise_goes_to_a_worker_as_it_is(source):
    noise = NoiseSource.of(source, seed=7)

    assert pickle.loads(pickle.dumps(noise)) == noise  # noqa: S301 - our own


def test_a_generator_that_somebody_may_know_is_refused_for_people_at_run_time():
    seeded = NoiseSource(source=GENERATED, seed=1).generator()

    for rng in (seeded, np.random.default_rng()):
        check_noise(rng, GENERATED)
        with pytest.raises(ValueError, match=f"takes secure noise only, not {type(rng).__name__}"):
            check_noise(rng, UPLOAD)
    check_noise(secure_rng(), UPLOAD)
