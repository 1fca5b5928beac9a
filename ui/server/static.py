"""The components' own scripts and styles, served once and kept by the browser."""

import hashlib
from functools import cache

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from ui.markup import ASSETS

FOLDER = ASSETS / "components"
PATH = "/sagram"

route = Mount(PATH, StaticFiles(directory=FOLDER))


@cache
def _version() -> str:
    """Return a word that changes whenever any of the files does."""
    content = b"".join(path.read_bytes() for path in sorted(FOLDER.iterdir()))
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def beneath(path: str) -> str:
    """Return ``path`` as browsers find it: below where the server is said to be."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + base if base else ''}{path}"


def served(name: str) -> str:
    """Return the address of a component's file; a new version gets a new one."""
    return beneath(f"{PATH}/{name}?v={_version()}")


@cache
def preload() -> str:
    """Return the header that lets a browser fetch the components' files before anything asks for them."""
    script, style = served("pair.js"), served("pair.css")
    return f"<{script}>; rel=modulepreload, <{style}>; rel=preload; as=fetch; crossorigin"
