"""More of Japan."""

import csv

from tests.core.ingest_layouts.expects import OPEN, long, one_person, wide
from tests.core.ingest_layouts.layout import Book, Layout, Text
from tests.core.ingest_layouts.recipes import always, days, each, money, people, pick, spelled

LAYOUTS = (
    Layout(
        file="収入・支出詳細_2026-01.csv",
        kind="a budget app of one; ids of entries are no people",
        form=Text(encoding="cp932", quoting=csv.QUOTE_ALL),
        columns=(
            ("計算対象", always("1")),
            ("日付", days("%Y/%m/%d")),
            ("内容", pick("ローソン", "家賃", "電気代")),
            ("金額（円）", money(-90_000, -100)),
            ("保有金融機関", pick("楽天カード", "三菱UFJ銀行")),
            ("大項目", pick("食費", "住宅", "水道・光熱費")),
            ("中項目", pick("食料品", "家賃・地代", "電気代")),
            ("メモ", always("")),
            ("振替", always("0")),
            ("ID", each("kq3Xz{:016d}AbQ")),
        ),
        expect=one_person(encoding="shift-jis"),
    ),
    Layout(
        file="会員別集計.xlsx",
        kind="title rows, yen signs, a row of totals",
        form=Book(sheet="集計", merged=("A1:D1",)),
        above=(["会員別購入集計（2026年1月〜3月）"], []),
        columns=(
            ("会員ID", each("M{:04d}")),
            ("食費", money(12_000, 90_000), spelled(digits=0, before="¥")),
            ("衣料費", money(1_000, 90_000), spelled(digits=0, before="¥")),
            ("娯楽費", money(1_000, 90_000), spelled(digits=0, before="¥")),
        ),
        total=(0, "総計"),
        expect=wide("会員ID", "食費", "衣料費", "娯楽費", verdict=OPEN),
    ),
    Layout(
        file="売上明細.csv",
        kind="full-width yen and subtotals",
        n=120,
        form=Text(encoding="cp932"),
        columns=(
            ("伝票番号", each("D{:06d}")),
            ("売上日", days("%Y/%m/%d")),
            ("顧客コード", people("K{:03d}")),
            ("部門", pick("青果", "精肉", "惣菜")),
            ("金額", money(100, 9_000), spelled(digits=0, before="￥")),
        ),
        total=(0, "合計"),
        expect=long("顧客コード", "部門", "金額", verdict=OPEN, encoding="shift-jis"),
    ),
)
