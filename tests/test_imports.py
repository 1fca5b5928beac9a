"""Imports run one way: app → ui, pages → ui → core, pages → store, and inside the core from the later package to the
earlier. Nothing imports in a circle. Imports inside functions and for type checking count.
"""

import ast
import graphlib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("app", "pages", "ui", "core", "store")
#: What the modules of a layer may import from the repository, beside their own layer.
MAY_IMPORT = {
    "app": {"ui"},
    "pages": {"ui", "core", "store"},
    "ui": {"core"},
    "core": set(),
    "store": {"core"},
}
#: Packages that belong to one kind of module only.
KEPT_OUT = {
    "core": {"streamlit", "sqlalchemy", "plotly"},
    "store": {"plotly"},
}
#: Packages and modules of the core; each imports only from those above it.
ORDER = (
    "arrays",
    "limits",
    "progress",
    "spreadsheet",
    "threads",
    "data",
    "privacy",
    "clustering",
    "reduction",
    "metrics",
    "recommendation",
    "release",
    "attack",
    "studies",
    "ingest",
    "survey",
)
#: Files that one looks through at the top of ``ui``, the package's own aside; everything else is in a folder.
UI_TOP_MAX = 20


def _paths():
    files = [ROOT / "app.py", *(path for layer in LAYERS[1:] for path in (ROOT / layer).rglob("*.py"))]
    return sorted(path for path in files if path.exists())


def _name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _layer(path):
    return _name(path).split(".")[0]


def _imported(source, package=""):
    """Name what ``source`` imports anywhere, also inside functions: dotted, down to the imported name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = package if node.level else node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names)


@cache
def _graph():
    """Return the modules that each module imports."""
    modules = {_name(path): path for path in _paths()}
    graph = {}
    for name, path in modules.items():
        package = name if path.stem == "__init__" else name.rpartition(".")[0]
        imported = set()
        for target in _imported(path.read_text(encoding="utf-8"), package):
            imported |= {known for known in (target, target.rpartition(".")[0]) if known in modules}
        graph[name] = imported - {name}
    return graph


def test_all_kinds_of_imports_are_seen():
    source = (
        "import core.data as d, os\nfrom ui import text\ndef f():\n    from store.survey import x\nfrom . import y\n"
    )

    assert list(_imported(source, "pages")) == ["core.data", "os", "ui.text", "pages.y", "store.survey.x"]


def test_there_are_modules_to_read():
    assert {_layer(path) for path in _paths()} >= set(LAYERS)


@pytest.mark.parametrize("path", _paths(), ids=_name)
def test_imports_run_one_way(path):
    layer = _layer(path)
    imported = {target.split(".")[0] for target in _imported(path.read_text(encoding="utf-8"), layer)}

    assert imported & set(LAYERS) <= MAY_IMPORT[layer] | {layer}
    assert not imported & KEPT_OUT.get(layer, set())


@pytest.mark.parametrize("path", _paths(), ids=_name)
def test_no_page_imports_another_page_and_no_module_the_tests(path):
    imported = {target.split(".")[0] for target in _imported(path.read_text(encoding="utf-8"), _layer(path))}

    assert not imported & {"tests", "benchmarks", "app", "pages"}


def test_the_order_names_every_package_of_the_core():
    found = {_name(path).split(".")[1] for path in (ROOT / "core").rglob("*.py") if _name(path) != "core"}

    assert found == set(ORDER)


@pytest.mark.parametrize("name", [name for name in _graph() if name.startswith("core.")])
def test_a_package_of_the_core_imports_only_those_above_it(name):
    own = ORDER.index(name.split(".")[1])
    imported = {target.split(".")[1] for target in _graph()[name] if target.startswith("core.")}

    assert not [package for package in imported if ORDER.index(package) > own]


@pytest.mark.parametrize("layer", ["core", "ui", "store"])
def test_no_modules_import_each_other_in_a_circle(layer):
    # A package is run before its modules, but they do not need what it gathers from them.
    inside = {
        name: {target for target in targets if target.startswith(f"{layer}.") and not name.startswith(f"{target}.")}
        for name, targets in _graph().items()
        if name.startswith(f"{layer}.")
    }

    graphlib.TopologicalSorter(inside).prepare()


def test_a_circle_would_be_found():
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter({"core.a": {"core.b"}, "core.b": {"core.a"}}).prepare()


def test_the_top_of_ui_can_be_looked_through():
    top = [path.name for path in (ROOT / "ui").glob("*.py") if path.name != "__init__.py"]

    assert len(top) <= UI_TOP_MAX, sorted(top)


def test_every_page_has_a_folder_of_its_own():
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"home"}

    assert pages <= {path.name for path in (ROOT / "ui").iterdir() if path.is_dir()}
