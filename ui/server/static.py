"""The components' own scripts and styles, served once and kept by the browser."""

import hashlib
from functools import cache

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ui.markup import ASSETS

FOLDER = ASSETS / "components"
STYLE = ASSETS / "style.css"
PATH = "/sagram"
#: What the first picture needs: its script with all that it imports, and its style.
FIRST_SCRIPTS = (
    "compare/pair.js",
    "compare/pair_picture.js",
    "compare/light.js",
    "compare/live.js",
    "compare/preview.js",
    "drawing.js",
    "elements.js",
)
FIRST_STYLE = "compare/pair.css"


@cache
def _version() -> str:
    """Return a word that changes whenever any of the files does."""
    files = [STYLE, *sorted(path for path in FOLDER.rglob("*") if path.is_file())]
    return hashlib.blake2b(b"".join(path.read_bytes() for path in files), digest_size=8).hexdigest()


async def _send_style(_request: Request) -> FileResponse:
    return FileResponse(STYLE, media_type="text/css")


# A script imports what stands beside it, so of its own version: of another one there is nothing here to mix with.
route = Mount(
    PATH,
    routes=[
        Mount(f"/{_version()}", routes=[Route("/style.css", _send_style), Mount("/", StaticFiles(directory=FOLDER))])
    ],
)


def add_base_path(path: str) -> str:
    """Return ``path`` as browsers find it: below where the server is said to be."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + base if base else ''}{path}"


def address_of(name: str) -> str:
    """Return the address of a component's file; a new version gets a new one."""
    return add_base_path(f"{PATH}/{_version()}/{name}")


def style_address() -> str:
    """Return the address of the pages' style sheet."""
    return address_of(STYLE.name)


@cache
def preload() -> str:
    """Return the header that lets a browser fetch the components' files before anything asks for them."""
    scripts = ", ".join(f"<{address_of(name)}>; rel=modulepreload" for name in FIRST_SCRIPTS)
    return f"{scripts}, <{address_of(FIRST_STYLE)}>; rel=preload; as=fetch; crossorigin"
