"""Whose complaints an outage explains: Streamlit's and the browser's own, and none of our scripts'."""

from tests.browser.complaints import Complaint, Outage

HERE = "http://127.0.0.1:8501"
STREAMLIT = f"{HERE}/static/js/index.js"
HEALTH = f"{HERE}/_stcore/health"
OURS = f"{HERE}/sagram/0123/survey/room_updates.js"


def said(text, *, url, is_browsers=False):
    return Complaint(text=text, url=url, is_browsers=is_browsers)


def unexplained(*complaints, unanswered=()):
    return Outage(heard=list(complaints), unanswered=set(unanswered)).unexplained()


def test_what_streamlit_says_of_its_connection_is_explained():
    assert unexplained(said("Cannot send a message", url=STREAMLIT)) == []


def test_what_the_browser_says_of_streamlits_socket_is_explained():
    assert unexplained(said("WebSocket connection failed", url=STREAMLIT, is_browsers=True)) == []


def test_what_the_browser_says_of_a_request_that_nobody_answered_is_explained():
    refused = said("Failed to load resource", url=HEALTH, is_browsers=True)

    assert unexplained(refused, unanswered=[HEALTH]) == []
    assert unexplained(refused) == [refused]


def test_what_a_script_of_ours_says_is_not_explained():
    ours = said("It went wrong", url=OURS)

    assert unexplained(ours, unanswered=[OURS]) == [ours]


def test_what_streamlit_caught_from_a_script_of_ours_is_not_explained():
    caught = said(f"TypeError: x is undefined\n    at ask ({OURS}:12:3)", url=STREAMLIT)

    assert unexplained(caught) == [caught]
