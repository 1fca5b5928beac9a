"""Small pieces of HTML from ``assets/html``: filled in with escaping, shown with ``st.html``.

A piece of one or two lines is a macro of ``pieces.html``, a longer one a file of its own; both are drawn by name.
"""

import base64
from functools import cache
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ui.text import language, phrase

ASSETS = Path(__file__).parent.parent / "assets"


@cache
def _environment() -> Environment:
    # Everything is escaped, whatever the file is called; a missing value raises instead of leaving a gap.
    environment = Environment(
        loader=FileSystemLoader(ASSETS / "html"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals["phrase"] = phrase
    environment.globals["language"] = language
    environment.globals["picture"] = picture
    return environment


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html")


@cache
def _macros() -> object:
    return _environment().get_template("pieces.html").module


def show(piece: str, /, **values: object) -> None:
    """Draw the piece of HTML named ``piece`` with its values."""
    st.html(render(piece, **values))


def render(piece: str, /, **values: object) -> str:
    """Return the piece of markup named ``piece`` filled in with its values, escaped."""
    macro = getattr(_macros(), piece, None)
    return _template(piece).render(**values) if macro is None else str(macro(**values))


@cache
def picture(name: str) -> str:
    """Return a drawing of ``assets/pictures`` as an address that an image can carry: ``st.html`` drops inline SVG."""
    drawing = asset(f"pictures/{name}.svg").encode()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing).decode()}"


@cache
def asset(name: str) -> str:
    """Return the text of a file in ``assets``."""
    return (ASSETS / name).read_text(encoding="utf-8")
