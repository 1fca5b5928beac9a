"""From a price to the ledger, and away with the receipt and everything released."""

import json

import pytest
from playwright.sync_api import expect

from core.release.export import ReleaseDocument
from tests.browser.accessibility import shuts_out
from tests.browser.visitor import Screen

pytestmark = pytest.mark.browser

SCREENS = [Screen(), Screen(lang="en", theme="dark", is_phone=True)]


def taken(me, key):
    """Return the name and the text of what a download button saves."""
    with me.page.expect_download() as download:
        me.page.locator(f".st-key-{key} button").click()
    return download.value.suggested_filename, download.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_a_price_leads_to_the_ledger_that_explains_it_and_shuts_nobody_out(visit, screen):
    me = visit(screen).open("compare", data="sample", epsilon="2").pay()

    me.page.locator(".st-key-price button").click()
    me.arrive("privacy")

    expect(me.page.locator(".losses .answer-number")).to_contain_text("ε 2")
    expect(me.page.locator(".entry .branches li").nth(3)).to_be_attached()
    assert shuts_out(me.page) == ""
    assert me.overhang() == 0


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_the_receipt_and_everything_released_are_taken_along(visit, screen):
    me = visit(screen).open("compare", data="sample", epsilon="2").pay()
    me.page.locator(".st-key-price button").click()
    me.arrive("privacy")

    name, releases = taken(me, "take_releases")
    assert name == "sagram-releases.json"
    assert list(ReleaseDocument.from_json(releases).releases) == [1]
    assert json.loads(releases)["guarantee"]["epsilon"] == 2

    name, receipt = taken(me, "take_receipt")
    assert name == "sagram-receipt.html"
    assert f'<html lang="{screen.lang}">' in receipt


def test_the_receipt_fits_on_one_sheet_and_shuts_nobody_out(visit):
    me = visit().open("compare", data="sample", epsilon="2").pay()
    me.page.locator(".st-key-price button").click()
    me.arrive("privacy")
    _, receipt = taken(me, "take_receipt")

    me.page.set_content(receipt)

    sheets = me.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert sheets == 1
    assert shuts_out(me.page) == ""


def test_the_meter_leads_back_from_another_part_to_the_ledger(visit):
    me = visit().open("privacy", part="names")

    me.page.locator(".st-key-open_ledger button").click()

    me.page.wait_for_selector(".ledger")
    assert me.link() == {}
