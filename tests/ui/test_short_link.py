"""Short addresses lead into rooms."""

import pytest
from starlette.requests import Request
from starlette.routing import Match

from tests.ui import aside
from ui.survey import short_link


def follow(path):
    """Ask for a path; return where it leads, or None if the route leaves it to others."""
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    match, found = short_link.route.matches(scope)
    if match is not Match.FULL:
        return None
    return aside.run(short_link._lead, Request(scope | found)).headers["location"]


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [("/123456", "/survey?room=123456"), ("/12345", "/survey"), ("/1234567890123456789", "/survey")],
)
def test_a_number_leads_into_its_room_and_no_number_of_a_room_to_where_it_is_typed(path, leads_to):
    assert follow(path) == leads_to


@pytest.mark.parametrize("path", ["/", "/survey", "/123456/more", "/-123456", "/12a456"])
def test_no_other_address_is_taken(path):
    assert follow(path) is None
