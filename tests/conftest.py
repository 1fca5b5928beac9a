"""What all tests share: one seed, which CI may change, and Hypothesis profiles."""

import os

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

TEST_SEED = int(os.environ.get("TEST_SEED", "20260528"))

settings.register_profile("default", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture(scope="session", autouse=True)
def _survey_elsewhere(tmp_path_factory):
    """Keep what tests answer, in this process and in the servers it starts, out of the user's survey."""
    os.environ["SAGRAM_SURVEY"] = str(tmp_path_factory.mktemp("survey") / "survey.db")
    os.environ["SAGRAM_KEY_FILE"] = str(tmp_path_factory.mktemp("key") / "installation.key")


@pytest.fixture
def rng() -> np.random.Generator:
    """Give a test its own reproducible randomness."""
    return np.random.default_rng(TEST_SEED)
