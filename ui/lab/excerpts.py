"""The lines of the core behind a section, read from its source, so that what is shown is what runs."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from ui.text import phrase

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A few lines of a function or class of the core.

    Attributes:
        of: What they belong to.
        begins: How the first line begins; the first one after the docstring unless told.
        lines: How many there are.
    """

    of: Callable[..., object]
    begins: str = ""
    lines: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines of source and where they stand."""

    text: str
    path: str
    name: str
    first: int
    last: int


@cache
def read(excerpt: Excerpt) -> Lines:
    """Return the lines of ``excerpt`` as they stand in the source.

    Raises:
        LookupError: If no line begins as told: the core has moved on and the section must too.
    """
    source, start = inspect.getsourcelines(excerpt.of)
    first = _find_line(source, excerpt.begins) if excerpt.begins else _skip_docstring(source)
    shown = source[first : first + excerpt.lines]
    path = Path(inspect.getsourcefile(excerpt.of) or "").resolve().relative_to(ROOT)
    return Lines(
        text=textwrap.dedent("".join(shown)).rstrip(),
        path=path.as_posix(),
        name=excerpt.of.__qualname__,
        first=start + first,
        last=start + first + len(shown) - 1,
    )


def _find_line(source: list[str], begins: str) -> int:
    for place, line in enumerate(source):
        if line.lstrip().startswith(begins):
            return place
    raise LookupError(f"no line begins with {begins!r}")


def _skip_docstring(source: list[str]) -> int:
    (definition,) = ast.parse(textwrap.dedent("".join(source))).body
    assert isinstance(definition, ast.FunctionDef | ast.ClassDef)  # noqa: S101 - what an excerpt may be of
    has_docstring = ast.get_docstring(definition) is not None
    return definition.body[1 if has_docstring else 0].lineno - 1


def show(excerpt: Excerpt) -> None:
    """Draw the lines behind a section, folded away until somebody asks."""
    lines = read(excerpt)
    with st.expander(phrase("lab.code"), icon=":material/code:", key="lab_code"):
        st.code(lines.text, language="python", wrap_lines=True)
        st.caption(phrase("lab.code_place", path=lines.path, name=lines.name, first=lines.first, last=lines.last))
