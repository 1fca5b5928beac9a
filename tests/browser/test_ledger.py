"""A ledger outlives its tab: the browser carries a cookie that no script reads, and finds what was spent and paid."""

from playwright.sync_api import expect

from tests.browser.accessibility import shuts_out
from tests.browser.visitor import Screen
from ui.server.device import COOKIE
from ui.text import phrases

WORDS = phrases("ko")


def _spent(me, text):
    expect(me.page.locator(".st-key-budget")).to_contain_text(text, use_inner_text=True)


def test_a_price_is_said_before_it_is_paid_and_a_reload_and_a_second_tab_find_what_was(visit):
    me = visit().open("compare", data="sample", epsilon="2")
    _spent(me, "ε 0 / 10")
    expect(me.page.locator(".offer-price")).to_contain_text("ε 8")
    assert shuts_out(me.page) == ""
    assert me.overhang() == 0

    me.pay()
    _spent(me, "ε 2 / 10")
    me.page.reload()
    me.rest()

    _spent(me, "ε 2 / 10")
    expect(me.page.locator(".st-key-pair")).to_be_visible()
    (cookie,) = [each for each in me.page.context.cookies() if each["name"] == COOKIE]
    assert cookie["httpOnly"]
    assert COOKIE not in me.page.evaluate("document.cookie")

    with me.page.context.expect_page() as opened:
        me.page.evaluate("window.open(location.href)")
    expect(opened.value.locator(".st-key-budget")).to_contain_text("ε 2 / 10", use_inner_text=True)

    stranger = visit().open("compare", data="sample", epsilon="2")
    _spent(stranger, "ε 0 / 10")


def test_the_price_and_the_rehearsal_fit_a_phone_and_shut_nobody_out(visit):
    me = visit(Screen(theme="dark", is_phone=True)).open("compare", data="sample", epsilon="3")

    me.page.locator(".st-key-rehearsal summary").click()
    me.page.wait_for_selector(".st-key-rehearsal_run")
    me.page.locator(".offer summary").click()
    me.rest()

    assert shuts_out(me.page) == ""
    assert me.overhang() == 0
