"""What all tests share: one seed, which CI may change, and Hypothesis profiles."""

import os

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

TEST_SEED = int(os.environ.get("TEST_SEED", "20260528"))

settings.register_profile("default", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture
def rng() -> np.random.Generator:
    """Give a test its own reproducible randomness."""
    return np.random.default_rng(TEST_SEED)
