"""Every example of a docstring is true."""

import doctest
import importlib
from pathlib import Path

import pytest

import core

ROOT = Path(core.__file__).parent
# Only the files that hold examples are imported.
MODULES = [
    ".".join(("core", *path.relative_to(ROOT).with_suffix("").parts))
    for path in sorted(ROOT.rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


def test_public_estimators_and_releases_have_examples():
    assert {
        "core.clustering.estimator",
        "core.clustering.lloyd.estimator",
        "core.clustering.synopsis.release",
    } <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name):
    results = doctest.testmod(importlib.import_module(name))

    assert results.attempted > 0
    assert results.failed == 0
