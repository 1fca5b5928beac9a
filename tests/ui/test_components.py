"""Components' scripts as browsers fetch them: one version at a time, the first picture's without waiting."""

import re

import anyio
import pytest
from starlette.applications import Starlette

from tests.ui import aside
from ui.components import component
from ui.markup import ASSETS, asset
from ui.server import static

FOLDER = ASSETS / "components"
ROOT = ASSETS.parent
IMPORTED = re.compile(r'^(?:import|\}) .*?from "(.+?)";$', re.MULTILINE)
REGISTERED = re.compile(r'\bcomponent\("(.+?)"\)\(')


def imports_of(name):
    """Return the script of this name and all that it imports."""
    script = FOLDER / name
    found = {name}
    for imported in IMPORTED.findall(script.read_text(encoding="utf-8")):
        found |= imports_of((script.parent / imported).resolve().relative_to(FOLDER).as_posix())
    return found


def answered(path):
    """Return the status with which the app answers who asks for a component's file."""
    status = []

    async def receive():
        await anyio.sleep_forever()

    async def send(message):
        status.append(message.get("status"))

    app = Starlette(routes=[static.route])
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": [], "query_string": b""}
    aside.run(app, scope, receive, send)
    return status[0]


def test_a_file_is_served_below_its_version_alone():
    served = static.address_of("lab/played.js")

    assert answered(served) == 200
    assert answered(served.replace("/sagram/", "/sagram/x")) == 404
    assert answered("/sagram/lab/played.js") == 404
    assert answered(served.replace("played", "nowhere")) == 404


def test_scripts_import_what_stands_beside_them_and_never_by_a_version_of_their_own():
    for script in FOLDER.rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert all(name.startswith(("./", "../")) for name in IMPORTED.findall(text))
        assert "import.meta.url" not in text.replace('.css", import.meta.url)', "")


def test_what_the_first_picture_needs_is_told_to_browsers_at_once():
    assert set(static.FIRST_SCRIPTS) == imports_of("compare/pair.js")
    for name in (*static.FIRST_SCRIPTS, static.FIRST_STYLE):
        assert f"<{static.address_of(name)}>" in static.preload()
        assert (FOLDER / name).exists()


def test_every_component_has_its_script_and_every_script_its_use():
    registered = {
        name for path in (ROOT / "ui").rglob("*.py") for name in REGISTERED.findall(path.read_text(encoding="utf-8"))
    }
    with_a_face = {
        path.relative_to(FOLDER).with_suffix("").as_posix()
        for path in FOLDER.rglob("*.js")
        if "export default" in path.read_text(encoding="utf-8") and path.name != "loader.js"
    }

    assert registered == with_a_face


def test_what_a_rerun_sends_again_is_short_and_names_the_present_version():
    sent = asset("components/loader.js").replace("{address}", static.address_of("lab/played.js"))

    assert static.address_of("lab/played.js") in sent
    assert len(sent.encode()) < 600


@pytest.mark.parametrize("name", ["compare/pair", "present/keys"])
def test_a_component_can_be_drawn_with_html_of_its_own_or_without(name):
    assert callable(component(name))


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.html")), ids=lambda path: path.stem)
def test_no_picture_is_on_the_page_before_it_has_a_name(path):
    pictures = re.findall(r"<[^>]*role=[\"']img[\"'][^>]*>", path.read_text(encoding="utf-8"))

    assert all("aria-label" in picture for picture in pictures)


def test_scripts_make_a_canvas_a_picture_together_with_its_name():
    for path in FOLDER.rglob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert script.count('setAttribute("role", "img")') == (path.name == "elements.js")
