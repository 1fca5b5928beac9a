"""Links of version 0.1 restore the screens that they were copied from: what they showed was recorded then."""

import json
import re
from pathlib import Path

import pytest

from tests.pages.visit import markup, notices, visit

RECORDED = json.loads((Path(__file__).parents[1] / "recorded" / "links.json").read_text(encoding="utf-8"))


def _said(app):
    """Return what a reader reads: the markup without its tags."""
    bare = re.sub(r"<style>.*?</style>|<[^>]+>", " ", markup(app), flags=re.DOTALL)
    return re.sub(r"\s+", " ", bare)


def test_every_page_with_settings_is_among_the_links():
    assert {each["page"] for each in RECORDED} == {"compare", "recommend", "data", "privacy", "lab"}


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda each: f"{each['page']}?{'&'.join(each['link'])}")
def test_a_recorded_link_shows_what_it_showed(recorded):
    app = visit(recorded["page"], **recorded["link"])

    assert dict(app.query_params) == recorded["kept"]
    assert notices(app) == recorded["notices"]
    assert [said for said in recorded["shows"] if said not in _said(app)] == []
