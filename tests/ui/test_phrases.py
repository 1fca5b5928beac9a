"""Every phrase in both languages: none missing, none unused, and every blank filled in wherever it is said."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import Environment, FileSystemLoader, nodes

from core.data import SOURCES
from core.data.catalogue import ProductKind
from core.ingest import LoadProblem, RejectionReason
from core.ingest.answers import CHOICES
from ui.frame import PAGES
from ui.languages import LANGUAGES
from ui.settings import SETTINGS, VIEWS
from ui.text import own_phrases

ROOT = Path(__file__).parents[2]
MODULES = sorted([*(ROOT / "ui").glob("**/*.py"), *(ROOT / "pages").glob("*.py")])
TEMPLATES = sorted((ROOT / "assets" / "html").glob("*.html"))
INGEST = sorted((ROOT / "core" / "ingest").glob("*.py"))
#: Languages that lack nothing; others may lend phrases from English.
COMPLETE = ("ko", "en")
KOREAN, ENGLISH = own_phrases("ko"), own_phrases("en")
#: Ends of f-strings that name phrases: any text may stand in a replaced part.
ANY = r"[\w.]+"


def _blanks(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _syntax(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def _template_calls():
    """Name every ``phrase(…)`` of the templates: its file, its first argument and its keywords."""
    environment = Environment(loader=FileSystemLoader(ROOT / "assets" / "html"), autoescape=True)
    for path in TEMPLATES:
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "phrase":
                yield path, call.args[0], {keyword.key for keyword in call.kwargs}


def _script_calls():
    """Name every ``phrase(…)`` of the scripts: its file, its first argument and its keywords; None is ``**``."""
    for path in MODULES:
        for node in ast.walk(_syntax(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "phrase":
                yield path, node.args[0], {keyword.arg for keyword in node.keywords}


def _literal_calls():
    for path, key, keywords in _script_calls():
        if isinstance(key, ast.Constant):
            yield path, key.value, keywords
    for path, key, keywords in _template_calls():
        if isinstance(key, nodes.Const):
            yield path, key.value, keywords


def _pattern(node):
    """Turn an f-string, or the beginning of a sum of strings, into what it may say; None when it may say anything."""
    if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):
        return re.escape(node.left.value) + ANY if node.left.value.endswith(".") else None
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ANY for part in node.values]
    fixed = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
    return "".join(parts) if re.fullmatch(r"[\w.]*", fixed) and "." in fixed else None


def _said():
    """Return every string the scripts and templates hold, and the patterns of those they put together."""
    literals, patterns = set(), set()
    for path in MODULES:
        for node in ast.walk(_syntax(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif pattern := _pattern(node):
                patterns.add(pattern)
    literals |= {key.value for _, key, _ in _template_calls() if isinstance(key, nodes.Const)}
    patterns |= {
        re.escape(key.left.value) + ANY
        for _, key, _ in _template_calls()
        if isinstance(key, nodes.Add | nodes.Concat) and isinstance(getattr(key, "left", None), nodes.Const)
    }
    return literals, patterns


@pytest.mark.parametrize("language", COMPLETE)
def test_all_complete_languages_say_the_same_things(language):
    assert {key for key in own_phrases(language) if not key.startswith("labels.")} == set(ENGLISH)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_language_says_what_nobody_asks_or_leaves_other_blanks(language):
    own = {key: text for key, text in own_phrases(language).items() if not key.startswith("labels.")}

    assert set(own) <= set(ENGLISH)
    assert [key for key, text in own.items() if _blanks(text) != _blanks(ENGLISH[key])] == []


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_no_phrase_is_empty_or_wears_stray_space(language):
    assert not [key for key, text in own_phrases(language).items() if not text or text != text.strip()]


def test_no_korean_is_left_in_the_english_phrases():
    assert not [key for key, text in ENGLISH.items() if re.search("[가-힣]", text)]


def test_every_phrase_said_by_name_exists():
    missing = [f"{path.name}: {key}" for path, key, _ in _literal_calls() if key not in KOREAN]

    assert not missing


def test_every_phrase_put_together_can_exist():
    patterns = {(path.name, _pattern(key)) for path, key, _ in _script_calls() if _pattern(key)}

    assert not [(name, pattern) for name, pattern in patterns if not any(re.fullmatch(pattern, key) for key in KOREAN)]


def test_every_blank_is_filled_in_where_a_phrase_is_said():
    said = [(path, key, keywords) for path, key, keywords in _literal_calls() if key in KOREAN and None not in keywords]

    assert said
    assert not [f"{path.name}: {key}" for path, key, keywords in said if not _blanks(KOREAN[key]) <= keywords]


def test_no_phrase_is_left_over():
    literals, patterns = _said()
    unsaid = [key for key in KOREAN if key not in literals and not any(re.fullmatch(each, key) for each in patterns)]

    assert not unsaid


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("settings.", SETTINGS),
        ("load.", [str(problem) for problem in LoadProblem]),
        ("rejection.", [str(reason) for reason in RejectionReason]),
        ("names.data_", list(SOURCES)),
        ("sources.", list(SOURCES)),
        ("products.kind_", [str(kind) for kind in ProductKind]),
        ("controls.view_", VIEWS),
    ],
)
def test_every_kind_of_thing_has_its_phrase(prefix, names):
    assert not [name for name in names if f"{prefix}{name}" not in KOREAN]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_its_name_title_and_sentence(page):
    # Where all that moves stands in one view there is no room for a sentence.
    sentence = set() if page in {"compare", "recommend"} else {f"{page}.lead"}

    assert {f"{page}.nav", f"{page}.title"} | sentence <= set(KOREAN)


def _codes(call, keyword):
    """Return every code that calls of the constructor ``call`` in the core are given under ``keyword``."""
    return {
        word.value.value
        for path in INGEST
        for node in ast.walk(_syntax(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == call
        for word in node.keywords
        if word.arg == keyword and isinstance(word.value, ast.Constant) and word.value.value
    }


def _explanations():
    """Return every code with which the core explains a column: what functions called explain hold, or return."""
    explaining = [
        node
        for path in INGEST
        for node in ast.walk(_syntax(path))
        if isinstance(node, ast.FunctionDef) and "explain" in node.name
    ]
    literals = {each.value for node in explaining for each in ast.walk(node) if isinstance(each, ast.Constant)}
    return {each for each in literals if isinstance(each, str) and re.fullmatch("[a-z]+(_[a-z]+)*", each)} - {"use"}


def test_every_question_of_a_reading_is_worded():
    reasons = _codes("Question", "reason")

    assert {"ambiguous_decimal", "sheets", "bounds"} <= reasons
    assert {f"ask.{reason}" for reason in reasons} <= set(KOREAN)


def test_every_reason_why_a_column_is_used_or_not_is_worded():
    whys = _codes("ColumnReading", "why") | _explanations()

    assert {"nested", "identifier", "use_spending"} <= whys
    assert {f"column.{why}" for why in whys} <= set(KOREAN)


def test_every_answer_among_few_is_worded():
    worded = {key: choices for key, choices in CHOICES.items() if key != "decimal"}

    assert {f"reply.{key}_{choice}" for key, choices in worded.items() for choice in choices} <= set(KOREAN)


def test_every_load_error_is_raised_with_the_figures_its_sentence_needs():
    raised = list(_load_errors())

    assert {problem for _, problem, _ in raised} <= set(LoadProblem.__members__)
    short = [
        f"{path.name}: {problem}"
        for path, problem, blanks in raised
        if None not in blanks and not _blanks(KOREAN[f"load.{LoadProblem[problem]}"]) <= blanks
    ]
    assert not short


def _load_errors():
    """Name every ``LoadError(LoadProblem.X, …)`` of the core: its file, its problem and its blanks."""
    for path in INGEST:
        for node in ast.walk(_syntax(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "LoadError":
                problem = node.args[0]
                if isinstance(problem, ast.Attribute):
                    yield path, problem.attr, {keyword.arg for keyword in node.keywords}
