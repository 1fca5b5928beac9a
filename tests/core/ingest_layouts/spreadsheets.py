"""What people do to tables in Excel, and what pandas and R add to them."""

import csv
from datetime import date

from tests.core.ingest_layouts.expects import OPEN, long, stopped, wide
from tests.core.ingest_layouts.layout import Book, Html, Layout, Text
from tests.core.ingest_layouts.recipes import (
    THOUSANDS,
    always,
    counted,
    days,
    each,
    made,
    money,
    people,
    pick,
    some,
)

_NOTES = ("안내", (["이 파일은 고객 소비 현황입니다."], ["두 번째 시트를 보세요."], ["문의", "기획팀 02-123-4567"]))

BOOKS = (
    Layout(
        file="report_title.xlsx",
        kind="title rows and a merged heading",
        form=Book(sheet="Report", merged=("A1:D1",)),
        above=(["Customer spending report 2026"], ["Generated:", date(2026, 4, 1)], []),
        columns=(
            ("Customer ID", each("C{:04d}")),
            ("Groceries", money(10, 900)),
            ("Transport", money(10, 400)),
            ("Dining", money(10, 400)),
        ),
        total=(0, "Total"),
        expect=wide("Customer ID", "Groceries", "Transport", "Dining"),
    ),
    Layout(
        file="notes_first.xlsx",
        kind="a sheet of notes first",
        form=Book(sheet="고객소비", before=(_NOTES,)),
        columns=(
            ("고객번호", each("{:05d}", start=12001)),
            ("식비", money(50_000, 900_000, step=1_000)),
            ("교통비", money(10_000, 300_000, step=1_000)),
        ),
        expect=wide("고객번호", "식비", "교통비", sheet="고객소비"),
    ),
    Layout(
        file="hidden_lookup.xlsx",
        kind="a hidden sheet of codes first",
        form=Book(
            sheet="Data",
            before=(("codes", (["code", "label"], *([n, f"Label {n}"] for n in range(80)))),),
            hidden=("codes",),
        ),
        columns=(
            ("name", each("Person {}")),
            ("food", money(10, 900)),
            ("rent", money(10, 900)),
        ),
        expect=wide("name", "food", "rent", sheet="Data"),
    ),
    Layout(
        file="월별_시트.xlsx",
        kind="a sheet a month of one shape",
        n=150,
        form=Book(sheet="1월", parts=("1월", "2월", "3월")),
        columns=(
            ("회원번호", people("M{:03d}")),
            ("거래일", days("%Y-%m-%d")),
            ("분류", pick("식비", "교통", "문화")),
            ("금액", money(1_000, 90_000, step=100)),
        ),
        expect=long("회원번호", "분류", "금액", verdict=OPEN),
    ),
    Layout(
        file="단위행.xlsx",
        kind="a row of units under the header",
        form=Book(sheet="Sheet1"),
        columns=(
            ("고객명", each("고객{:03d}")),
            ("식비", money(50, 900)),
            ("주거비", money(100, 900)),
            ("여가비", money(10, 500)),
        ),
        under=(["", "(천원)", "(천원)", "(천원)"],),
        below=([], ["자료: 내부 조사"]),
        expect=wide("고객명", "식비", "주거비", "여가비", verdict=OPEN, scales=(1.0, 1000.0)),
    ),
    Layout(
        file="소계.xlsx",
        kind="subtotals between rows",
        n=60,
        form=Book(sheet="집계"),
        columns=(
            ("고객명", each("홍길{:02d}")),
            ("식비(원)", money(10_000, 900_000, step=10_000)),
            ("의류비(원)", money(10_000, 900_000, step=10_000)),
        ),
        subtotals=(20, "소계"),
        total=(0, "총계"),
        expect=wide("고객명", "식비(원)", "의류비(원)"),
    ),
    Layout(
        file="text_figures.xlsx",
        kind="figures as text, empty columns at the end",
        form=Book(sheet="Sheet1"),
        columns=(
            ("client", each("cl-{:03d}")),
            ("groceries", money(1_000, 9_000), THOUSANDS),
            ("travel", money(1_000, 9_000), THOUSANDS),
            ("", always("")),
        ),
        expect=wide("client", "groceries", "travel", verdict=OPEN),
    ),
    Layout(
        file="customers.xls",
        kind="HTML named .xls",
        form=Html(),
        columns=(
            ("Customer No", each("{}", start=55001)),
            ("Groceries", money(10, 900)),
            ("Utilities", money(10, 300)),
        ),
        expect=wide("Customer No", "Groceries", "Utilities"),
    ),
    Layout(
        file="avg_and_max.csv",
        kind="several rows of statistics under the table",
        columns=(
            ("이름", each("회원{:03d}")),
            ("식비", money(50_000, 900_000, step=1_000), THOUSANDS),
            ("교통비", money(10_000, 300_000, step=1_000), THOUSANDS),
        ),
        below=(["평균", "475,000", "155,000"], ["최대", "900,000", "300,000"]),
        expect=wide("이름", "식비", "교통비", left_out=(62, 63)),
    ),
)

EXPORTS = (
    Layout(
        file="to_csv_index.csv",
        kind="an index that pandas wrote",
        columns=(
            ("Unnamed: 0", counted(start=0)),
            ("customer_id", each("{}", start=1001)),
            ("groceries", money(10, 900, step=0.01)),
            ("transport", money(10, 300, step=0.01)),
            ("signup", made(lambda number: 20230101 + number % 28, "Unnamed: 0")),
        ),
        expect=wide(
            "customer_id", "groceries", "transport", verdict=OPEN, not_used=("Unnamed: 0", "customer_id", "signup")
        ),
    ),
    Layout(
        file="write_csv.csv",
        kind="row names that R wrote",
        form=Text(quoting=csv.QUOTE_NONNUMERIC),
        columns=(
            ("", each("{}")),
            ("id", each("p{:03d}")),
            ("food", money(10, 900)),
            ("clothes", some(money(10, 900), blank="NA")),
        ),
        expect=wide("id", "food", "clothes", gaps=("clothes",)),
    ),
    Layout(
        file="excel_utf16.txt",
        kind="Unicode text of Excel",
        form=Text(separator="\t", encoding="utf-16-le", newline="\r\n"),
        columns=(
            ("Kunde", each("Größe {:03d}")),
            ("Essen", money(10, 900)),
            ("Reisen", money(10, 900)),
        ),
        expect=wide("Kunde", "Essen", "Reisen", encoding="utf-16", separator="\t"),
    ),
)

NOTHING = (
    Layout(
        file="header_only.csv",
        kind="a header and no rows",
        n=0,
        columns=(("id", each("{}")), ("food", counted())),
        expect=stopped(),
    ),
    Layout(
        file="words.csv",
        kind="text only",
        columns=(("name", each("p{}")), ("city", pick("Seoul", "Busan")), ("remark", pick("a", "b c"))),
        expect=stopped(),
    ),
    Layout(
        file="all_the_same.csv",
        kind="everybody is equal",
        columns=(("name", each("p{}")), ("food", always(100)), ("rent", always(500))),
        expect=stopped(verdict=("read", "ask", "refuse")),
    ),
)

LAYOUTS = BOOKS + EXPORTS + NOTHING
