"""Files of one's own: read, confirmed and compared; a bad one gets a sentence and changes nothing."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import shuts_out
from tests.browser.visitor import Screen
from ui.text import phrases

pytestmark = pytest.mark.browser

WORDS = phrases("ko")
HEADER = "고객,외식 (만원),교통 (만원),의료 (만원)"
ROWS = [f"고객{n},{20 + n % 9},{5 + n % 7},{3 + n % 5}" for n in range(80)]
CP949 = "\r\n".join([HEADER, *ROWS]).encode("cp949")


def _zip():
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("spending.csv", CP949)
    return whole.getvalue()


def _hand_in(me, content, name="소비.csv"):
    me.page.locator(".st-key-file input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def _open_uploader(me):
    me.open("data")
    me.page.locator(".st-key-way").get_by_text(WORDS["sources.upload"]).click()
    me.page.wait_for_selector(".st-key-file")
    me.rest()
    return me


def _compare(me):
    me.page.locator(".st-key-compare_file button").click()
    me.arrive("compare")


@pytest.fixture
def uploaded(visit):
    """Let somebody upload a Korean file as Excel saves it."""
    me = _open_uploader(visit())
    _hand_in(me, CP949)
    me.page.locator(".st-key-use_file button").click()
    me.page.wait_for_function("document.querySelector('.facts strong').innerText.startsWith('80')")
    me.rest()
    return me


def test_a_korean_file_as_excel_saves_it_is_compared_under_a_budget(uploaded):
    _compare(uploaded)

    expect(uploaded.page.locator(".context")).to_contain_text(WORDS["names.data_upload"])
    assert uploaded.link()["data"] == "upload"


@pytest.mark.parametrize("screen", [Screen(), Screen(theme="dark", is_phone=True)], ids=str)
def test_the_steps_of_an_upload_shut_nobody_out(visit, screen):
    me = _open_uploader(visit(screen))
    assert shuts_out(me.page) == ""

    _hand_in(me, CP949)
    me.page.wait_for_selector(".st-key-use_file")
    me.rest()
    assert shuts_out(me.page) == ""
    assert me.overhang() == 0


def test_a_zip_called_csv_gets_a_sentence_and_the_former_file_stays(uploaded):
    _hand_in(uploaded, _zip(), "renamed.csv")

    uploaded.page.get_by_text(WORDS["load.archive"]).wait_for()
    uploaded.rest()
    expect(uploaded.page.locator(".facts strong").first).to_have_text(re.compile("^80"))


def test_a_link_to_an_uploaded_file_shows_a_friend_practice_data(uploaded, visit):
    _compare(uploaded)

    friend = visit().follow_link(uploaded.page.url)

    expect(friend.page.locator(".stMain")).to_contain_text(WORDS["notice.upload_gone"])
    expect(friend.page.locator(".context")).to_contain_text(WORDS["names.data_generated"])


def test_the_template_is_a_file_that_can_be_handed_in(visit):
    me = _open_uploader(visit())
    with me.page.expect_download() as expected:
        me.page.locator(".st-key-template_wide button").click()
    content = expected.value.path().read_bytes()

    _hand_in(me, content, expected.value.suggested_filename)
    me.page.locator(".st-key-use_file button").click()
    me.page.wait_for_function("document.querySelector('.facts strong').innerText.startsWith('5')")
    me.rest()
