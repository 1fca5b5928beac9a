"""Files that people really have: from the file to the picture, or to the sentence that says what would work."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.browser.accessibility import shuts_out
from tests.browser.visitor import Screen
from tests.core.ingest.files import shared_text_bomb
from ui.text import phrases

pytestmark = pytest.mark.browser

WORDS = phrases("ko")
HEADER = "고객,외식 (만원),교통 (만원),의료 (만원)"
ROWS = [f"고객{n},{20 + n % 9},{5 + n % 7},{3 + n % 5}" for n in range(80)]
CP949 = "\r\n".join([HEADER, *ROWS]).encode("cp949")
#: A German shop's customers: dots between thousands, a comma for the cents.
GERMAN = "\n".join(
    [
        "Kundennummer;Lebensmittel (EUR);Miete (EUR);Reisen (EUR)",
        *(f"K{n};{3 + n % 4}.{100 + n},{n % 90 + 10};{9 + n % 5}.{200 + n},50;{n % 7}{n % 10}0,00" for n in range(90)),
    ]
)


def _day(n):
    return (date(2026, 1, 1) + timedelta(days=n % 300)).isoformat()


#: A card company's export: three lines above the header, several people.
CARD = "\n".join(
    [
        "카드 이용내역 조회,,,,",
        "조회기간,2026-01-01 ~ 2026-10-31,,,",
        ",,,,",
        "회원번호,이용일자,업종,이용금액(원),승인번호",
        *(
            f'M{n % 60:03},{_day(n)},{("외식", "교통", "의료", "식료품")[n % 4]},"{7 + n % 60},{n % 9}00",{30_000 + n}'
            for n in range(600)
        ),
    ]
)
#: One account: days, payees and amounts, and nobody but its owner.
ACCOUNT = "\n".join(
    [
        "Date,Description,Amount,Running Balance",
        *(f"{_day(n)},Shop {n % 11},-{10 + n % 80}.50,{5_000 - 10 * n}.00" for n in range(120)),
    ]
)


def _workbook():
    """Make a workbook of two sheets of one shape, a shop each."""
    book, whole = Workbook(), io.BytesIO()
    for place, shop in enumerate(("강남점", "부산점")):
        sheet = book.active if place == 0 else book.create_sheet()
        sheet.title = shop
        sheet.append(["고객번호", "식비(원)", "교통비(원)"])
        for n in range(40):
            sheet.append([f"{shop}{n}", 300_000 + 7_000 * n, 50_000 + 900 * n])
    book.save(whole)
    return whole.getvalue()


def _zip():
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("spending.csv", CP949)
    return whole.getvalue()


def _hand_in(me, content, name="소비.csv"):
    content = content.encode() if isinstance(content, str) else content
    me.page.locator(".st-key-file input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def _open_uploader(me):
    me.open("data")
    me.page.locator(".st-key-way").get_by_text(WORDS["sources.upload"]).click()
    me.page.wait_for_selector(".st-key-file")
    me.rest()
    return me


def _expect_strip(me, title="title_read"):
    expect(me.page.locator(".reading-head")).to_have_text(WORDS[f"reading.{title}"])
    me.rest()
    assert me.overhang() == 0
    return me.page.locator(".reading-chips")


def _compare(me):
    """Press the button, which stands in the first view, and see the uploaded people compared."""
    button = me.page.locator(".st-key-compare_file button")
    box = button.bounding_box()
    assert box["y"] + box["height"] <= me.page.viewport_size["height"]
    button.click()
    me.arrive("compare")
    expect(me.page.locator(".context")).to_contain_text(WORDS["names.data_upload"])


def _buy(me):
    """Say that it may be paid, and see the pictures."""
    me.page.locator(".st-key-pay_release button").click()
    me.page.wait_for_selector(".st-key-pair")
    me.rest()


def test_a_korean_file_as_excel_saves_it_is_compared_and_a_friend_gets_practice_data(visit):
    me = _open_uploader(visit())
    assert shuts_out(me.page) == ""
    _hand_in(me, CP949)
    expect(_expect_strip(me)).to_contain_text("80명")
    assert shuts_out(me.page) == ""

    _compare(me)
    assert me.link()["data"] == "upload"

    friend = visit().follow_link(me.page.url)
    expect(friend.page.locator(".stMain")).to_contain_text(WORDS["notice.upload_gone"])
    expect(friend.page.locator(".context")).to_contain_text(WORDS["names.data_generated"])


def test_a_german_file_goes_from_the_phone_to_the_picture(visit):
    me = _open_uploader(visit(Screen(theme="dark", is_phone=True)))
    _hand_in(me, GERMAN, "kunden.csv")
    chips = _expect_strip(me)
    for said in ("Kundennummer", WORDS["reading.decimal_comma"], "90명"):
        expect(chips).to_contain_text(said)
    me.page.locator("[class*=st-key-details_] label").first.click()
    me.page.wait_for_selector(".st-key-details canvas")
    me.rest()
    assert shuts_out(me.page) == ""
    assert me.overhang() == 0

    _compare(me)
    _buy(me)


def test_an_account_is_refused_on_a_phone_and_a_card_export_of_many_goes_to_the_picture(visit):
    me = _open_uploader(visit(Screen(is_phone=True)))
    _hand_in(me, ACCOUNT, "account.csv")
    me.page.get_by_text(WORDS["refuse.one_person"]).wait_for()
    assert me.page.locator(".st-key-compare_file").count() == 0
    me.rest()
    assert shuts_out(me.page) == ""

    _hand_in(me, CARD, "card.csv")
    chips = _expect_strip(me)
    for said in (WORDS["reading.line"].format(n="4"), "회원번호", "업종", "이용금액(원)", "60명"):
        expect(chips).to_contain_text(said)
    _compare(me)
    _buy(me)


def test_a_file_that_kills_its_reader_ends_in_a_sentence_and_two_sheets_after_it_are_one_table(visit):
    me = _open_uploader(visit())
    _hand_in(me, shared_text_bomb(), "bomb.xlsx")
    me.page.get_by_text(WORDS["load.too_much_memory"]).wait_for()

    _hand_in(me, _zip(), "renamed.csv")
    me.page.get_by_text(WORDS["load.archive"]).wait_for()

    _hand_in(me, _workbook(), "shops.xlsx")
    expect(me.page.locator(".reading-question")).to_contain_text(WORDS["ask.sheets"])
    me.page.get_by_role("button", name=WORDS["reply.sheet_all"]).click()
    expect(_expect_strip(me)).to_contain_text("80명")

    _compare(me)
    me.navigate("data")
    expect(me.page.locator(".kept-file")).to_have_text("shops.xlsx")
    expect(_expect_strip(me)).to_contain_text("80명")
