"""Cards, budget apps and shops of Japan."""

import csv

from tests.core.ingest_layouts.expects import OPEN, long, one_person, wide
from tests.core.ingest_layouts.layout import Layout, Text
from tests.core.ingest_layouts.recipes import always, days, each, made, money, people, pick, spelled

_SHOPS = pick("セブン－イレブン", "ヤマダ電機　池袋", "ＪＲ東日本", "スターバックス")

LAYOUTS = (
    Layout(
        file="enavi202601.csv",
        kind="one card in Shift-JIS",
        form=Text(encoding="cp932", newline="\r\n"),
        columns=(
            ("利用日", days("%Y/%m/%d")),
            ("利用店名・商品名", _SHOPS),
            ("利用者", always("本人")),
            ("支払方法", always("1回払い")),
            ("利用金額", money(120, 30_000)),
            ("支払手数料", always(0)),
            ("支払総額", made(lambda yen: yen, "利用金額")),
        ),
        expect=one_person(encoding="shift-jis"),
    ),
    Layout(
        file="顧客購買.csv",
        kind="customers in Shift-JIS",
        n=150,
        form=Text(encoding="cp932", newline="\r\n"),
        columns=(
            ("顧客番号", people("C{:04d}")),
            ("購入日", days("%Y/%m/%d")),
            ("商品カテゴリ", pick("食品", "衣料品", "日用品", "家電")),
            ("購入金額（円）", money(120, 30_000), spelled(digits=0)),
        ),
        expect=long("顧客番号", "商品カテゴリ", "購入金額（円）", encoding="shift-jis"),
    ),
    Layout(
        file="家計調査_個票.csv",
        kind="yen behind each figure",
        form=Text(encoding="utf-8-sig", quoting=csv.QUOTE_ALL),
        columns=(
            ("世帯番号", each("{}", start=30001)),
            ("世帯人員", pick(1, 2, 3, 4)),
            ("食費", money(12_000, 90_000), spelled(digits=0, after="円")),
            ("交通費", money(1_000, 40_000), spelled(digits=0, after="円")),
        ),
        expect=wide("世帯番号", "食費", "交通費", verdict=OPEN, not_used=("世帯番号",)),
    ),
)
