"""What `make run` and `make test` install is what the ranges allow: one version of everything, known by its hashes."""

import re
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = {"requirements.lock": "requirements.txt", "requirements-dev.lock": "requirements-dev.txt"}
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}
MACHINES = [
    {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": platform,
        "platform_system": system,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for python, (platform, system) in product(PYTHONS, PLATFORMS.items())
]


def _read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def _ranges(name):
    for line in _read(name).splitlines():
        words = line.partition("#")[0].strip()
        if words.startswith("-r "):
            yield from _ranges(words.removeprefix("-r "))
        elif words:
            yield Requirement(words)


def _locked(name):
    """Each package of a lock beside its hashes."""
    for line in _read(name).replace("\\\n", " ").splitlines():
        if not line.lstrip().startswith("#"):
            package, *hashes = re.split(r"\s+--hash=", line)
            yield Requirement(package), frozenset(word.strip() for word in hashes)


def _wanted(requirement, machine):
    return requirement.marker is None or requirement.marker.evaluate(machine)


def _versions(locked, machine):
    """The one version of each package that a machine installs."""
    pairs = [(canonicalize_name(package.name), package.specifier) for package, _ in locked if _wanted(package, machine)]
    assert len({name for name, _ in pairs}) == len(pairs), "a package is locked twice"
    return {name: str(specifier).removeprefix("==") for name, specifier in pairs}


def _unmet(ranges, versions):
    """Names of the ranges that no locked version lies in."""
    return [
        wanted.name
        for wanted in ranges
        if (name := canonicalize_name(wanted.name)) not in versions or not wanted.specifier.contains(versions[name])
    ]


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: f"{m['python_version']}-{m['sys_platform']}")
@pytest.mark.parametrize("lock", LOCKS)
def test_every_range_holds_the_version_that_a_machine_installs(lock, machine):
    ranges = [wanted for wanted in _ranges(LOCKS[lock]) if _wanted(wanted, machine)]

    assert _unmet(ranges, _versions(_locked(lock), machine)) == []


def test_a_version_outside_its_range_is_seen_and_so_is_a_missing_one():
    ranges = [Requirement("numpy>=2.3,<2.5"), Requirement("scikit_learn>=1.8,<1.9"), Requirement("segno>=1.6,<2")]

    assert _unmet(ranges, {"numpy": "2.5.0", "scikit-learn": "1.8.1"}) == ["numpy", "segno"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_one_version_and_its_hashes(lock):
    for package, hashes in _locked(lock):
        assert re.fullmatch(r"==[0-9a-z.+!]+", str(package.specifier)), package
        assert hashes, package
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes), package


def test_the_tests_run_on_what_the_app_runs_on():
    used, tested = dict(_locked("requirements.lock")), dict(_locked("requirements-dev.lock"))

    assert {package: tested.get(package) for package in used} == used


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_its_one_command_and_no_place_of_the_machine_that_made_it(lock):
    text = _read(lock)

    assert text.splitlines()[1] == "#    make lock"
    assert not re.search(r"[/\\]\w|--(extra-)?index-url|--find-links", text)
