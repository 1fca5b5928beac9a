"""What the documents name exists: paths, names in code, commands, and where links lead."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "benchmarks" / "README.md"])
WRITTEN = [path for path in DOCUMENTS if path.name != "CHANGELOG.md"]
FOLDERS = ("core", "ui", "store", "pages", "tests", "docs", "assets", "benchmarks", ".ci", ".streamlit", "deploy")
#: What whoever runs the app writes; never in the repository.
OWN_FILES = {".streamlit/secrets.toml"}
#: In code spans and blocks; a place of an example that a reader is to write is named by the sentence around it.
PATHS = re.compile(rf"(?<![\w/.-])((?:{'|'.join(map(re.escape, FOLDERS))})/[\w./-]*\w)")
LINKS = re.compile(r"\]\(([^)#]+?)(?:#[^)]*)?\)")
TARGETS = re.compile(r"\bmake ([a-z-]+)")
MODULES = re.compile(r"python -m ((?:benchmarks|tests)[\w.]*)")


def _name(path):
    return str(path.relative_to(ROOT))


def _examples(path):
    """Return what an example asks its reader to create: it says "here `name`"."""
    return set(re.findall(r"here `([\w./-]+)`", path.read_text(encoding="utf-8")))


def test_there_is_a_document_for_each_question():
    assert {_name(path) for path in DOCUMENTS} >= {
        "README.md",
        "README.ko.md",
        "CONTRIBUTING.md",
        "docs/architecture.md",
        "docs/privacy-model.md",
        "docs/add-an-engine.md",
        "docs/add-a-data-source.md",
        "docs/add-a-scene.md",
        "docs/what-we-learned.md",
    }


@pytest.mark.parametrize("path", WRITTEN, ids=_name)
def test_every_path_that_a_document_names_exists(path):
    named = set(PATHS.findall(path.read_text(encoding="utf-8"))) - OWN_FILES
    asked = _examples(path)

    assert [name for name in sorted(named) if not (ROOT / name).exists() and Path(name).name not in asked] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_every_link_leads_somewhere(path):
    links = [link for link in LINKS.findall(path.read_text(encoding="utf-8")) if "://" not in link]

    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", WRITTEN, ids=_name)
def test_every_command_that_a_document_names_exists(path):
    text = path.read_text(encoding="utf-8")
    rules = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    # "make" is a verb in prose: commands stand in code.
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL))
    modules = [module.replace(".", "/") for module in MODULES.findall(code)]

    assert set(TARGETS.findall(code)) <= rules
    assert [each for each in modules if not ((ROOT / each).is_dir() or (ROOT / f"{each}.py").exists())] == []


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_the_readme_leads_to_the_documents(name):
    linked = set(LINKS.findall((ROOT / name).read_text(encoding="utf-8")))

    assert {"CONTRIBUTING.md", "docs/architecture.md", "docs/privacy-model.md"} <= linked


def test_the_order_of_the_core_stands_in_the_document_as_in_the_test():
    from tests.test_imports import ORDER  # noqa: PLC0415 - a module of tests, not one of the documents

    rows = re.findall(r"^\| (`[a-z`, ]+`) \|", (ROOT / "docs" / "architecture.md").read_text(), flags=re.MULTILINE)

    assert tuple(re.findall(r"`(\w+)`", " ".join(rows)))[: len(ORDER)] == ORDER


def test_names_of_the_notation_exist_in_the_code():
    table = (ROOT / "docs" / "privacy-model.md").read_text(encoding="utf-8").split("## Notation")[1].split("##")[0]
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "core").rglob("*.py"))
    names = re.findall(r"`(\w+)`", "\n".join(line.split("|")[1] for line in table.splitlines() if "|" in line))

    assert len(names) > 10
    assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []
