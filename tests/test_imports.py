"""Imports run one way: app → ui, pages → ui → core, ui → store → core. Streamlit and SQL stay out of the core."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("app", "pages", "ui", "core", "store")
#: What the modules of a layer may import from the repository, beside their own layer.
MAY_IMPORT = {
    "app": {"ui"},
    "pages": {"ui", "core", "store"},
    "ui": {"core", "store"},
    "core": set(),
    "store": {"core"},
}
#: Packages that belong to one kind of module only.
KEPT_OUT = {
    "core": {"streamlit", "sqlalchemy", "plotly"},
    "store": {"plotly"},
}


def _modules():
    files = [ROOT / "app.py", *(path for layer in LAYERS[1:] for path in (ROOT / layer).rglob("*.py"))]
    return sorted(path for path in files if path.exists())


def _layer(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def _imported(source, package=""):
    """Name the top-level packages that ``source`` imports anywhere, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield package if node.level else (node.module or "").split(".")[0]


def test_all_kinds_of_imports_are_seen():
    source = (
        "import core.data as d, os\nfrom ui import text\ndef f():\n    from store.survey import x\nfrom . import y\n"
    )

    assert list(_imported(source, "pages")) == ["core", "os", "ui", "pages", "store"]


def test_there_are_modules_to_read():
    assert {_layer(path) for path in _modules()} >= set(LAYERS)


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path):
    layer = _layer(path)
    imported = set(_imported(path.read_text(encoding="utf-8"), layer))

    assert imported & set(LAYERS) <= MAY_IMPORT[layer] | {layer}
    assert not imported & KEPT_OUT.get(layer, set())


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_imports_another_page_and_no_module_the_tests(path):
    imported = set(_imported(path.read_text(encoding="utf-8"), _layer(path)))

    assert not imported & {"tests", "benchmarks", "app", "pages"}
