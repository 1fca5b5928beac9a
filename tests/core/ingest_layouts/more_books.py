"""More of what people do to tables."""

from dataclasses import replace
from datetime import date

from tests.core.ingest_layouts.expects import OPEN, long, stopped, wide
from tests.core.ingest_layouts.layout import Book, Html, Layout, Text
from tests.core.ingest_layouts.recipes import (
    THOUSANDS,
    always,
    counted,
    days,
    each,
    money,
    people,
    pick,
    some,
)

LAYOUTS = (
    Layout(
        file="corner.xlsx",
        kind="the table begins at C6",
        form=Book(sheet="Sheet1", corner=(6, 3)),
        columns=(
            ("회원명", each("회원{:03d}")),
            ("식비", money(50_000, 900_000, step=1_000)),
            ("교통비", money(10_000, 300_000, step=1_000)),
            ("문화비", money(10_000, 300_000, step=1_000)),
        ),
        expect=wide("회원명", "식비", "교통비", "문화비"),
    ),
    Layout(
        file="pivot_export.csv",
        kind="a pivot of pandas: the names of columns stand over the person's",
        above=(["category", "dining", "groceries"], ["customer_id", "", ""]),
        header=False,
        columns=(
            ("customer_id", each("{}", start=101)),
            ("dining", money(10, 400, step=0.01)),
            ("groceries", money(10, 400, step=0.01)),
        ),
        expect=lambda columns: replace(
            wide("customer_id", "dining", "groceries", verdict=OPEN)(columns), person=("customer_id", "category")
        ),
    ),
    Layout(
        file="blocks.xlsx",
        kind="a summary, an empty row, then the table with totals",
        form=Book(sheet="Übersicht"),
        above=(
            ["Jahresbericht", "", "", "Stand:", date(2026, 4, 1)],
            ["Kunden gesamt", 60],
            ["Umsatz gesamt", 98765.43],
            [],
        ),
        columns=(
            ("Kundennr.", each("{}", start=70_001)),
            ("Name", each("Kunde {}")),
            ("Möbel", money(10, 990, step=0.01)),
            ("Deko", money(10, 990, step=0.01)),
            ("Garten", money(10, 990, step=0.01)),
        ),
        total=(1, "Gesamt"),
        expect=wide(("Kundennr.", "Name"), "Möbel", "Deko", "Garten", verdict=OPEN),
    ),
    Layout(
        file="serial_dates.xlsx",
        kind="dates as figures of Excel",
        form=Book(sheet="list"),
        columns=(
            ("CustomerNo", counted(start=5001)),
            ("Member since", money(43_000, 45_900)),
            ("Groceries", money(10, 900)),
            ("Clothing", money(10, 900)),
        ),
        expect=wide("CustomerNo", "Groceries", "Clothing", verdict=OPEN, not_used=("CustomerNo", "Member since")),
    ),
    Layout(
        file="unnamed_twice.csv",
        kind="an index of pandas, written twice",
        columns=(
            ("Unnamed: 0.1", counted(start=0)),
            ("Unnamed: 0", counted(start=0)),
            ("name", each("n{}")),
            ("food", money(10, 900)),
            ("rent", money(10, 900)),
        ),
        expect=wide("name", "food", "rent", not_used=("Unnamed: 0.1", "Unnamed: 0")),
    ),
    Layout(
        file="index_column.csv",
        kind="a column called index and a column called No.",
        form=Text(separator=";"),
        columns=(
            ("index", counted(start=0)),
            ("No.", counted()),
            ("client_id", each("cl{:04d}")),
            ("food", money(10, 900, step=0.5)),
            ("leisure", money(10, 900, step=0.5)),
        ),
        expect=wide("client_id", "food", "leisure", not_used=("index", "No.")),
    ),
    Layout(
        file="units_below_header.csv",
        kind="a row of units and a line of source",
        form=Text(encoding="utf-8-sig"),
        columns=(
            ("respondent", each("R{:03d}")),
            ("age", money(20, 80)),
            ("food", money(100, 900)),
            ("transport", money(100, 900)),
        ),
        under=(["", "years", "USD/month", "USD/month"],),
        below=([], ["Source: household survey 2026"]),
        expect=wide("respondent", "food", "transport", verdict=OPEN),
    ),
    Layout(
        file="error_cells.xlsx",
        kind="cells of errors",
        form=Book(sheet="Sheet1"),
        columns=(
            ("고객번호", each("{:04d}", start=1)),
            ("식비", some(money(50_000, 900_000), blank="#N/A")),
            ("교통비", some(money(10_000, 300_000), blank="#VALUE!")),
        ),
        expect=wide("고객번호", "식비", "교통비", verdict=OPEN, gaps=("식비", "교통비")),
    ),
    Layout(
        file="month_sheets_wide.xlsx",
        kind="a sheet of totals beside a sheet of people",
        form=Book(
            sheet="People",
            before=(("Summary", (["Month", "Groceries", "Rent"], ["Jan", 12000, 30000], ["Feb", 11000, 30500])),),
            after=(("Lists", (["Category"], ["Groceries"], ["Rent"])),),
        ),
        columns=(
            ("Name", each("Person {:02d}")),
            ("Groceries", money(10, 900)),
            ("Rent", money(10, 900)),
        ),
        expect=wide("Name", "Groceries", "Rent", verdict=OPEN, sheet="People"),
    ),
    Layout(
        file="months_three.xlsx",
        kind="a sheet a month of one shape, English",
        n=120,
        form=Book(sheet="Jan", parts=("Jan", "Feb", "Mar")),
        columns=(
            ("Customer", people("c{:03d}")),
            ("Date", days()),
            ("Category", pick("Food", "Fuel", "Fun")),
            ("Amount", money(1, 300, step=0.01)),
        ),
        expect=long("Customer", "Category", "Amount", verdict=OPEN),
    ),
    Layout(
        file="bank_table.xls",
        kind="HTML in CP949 with customers",
        form=Html(encoding="cp949"),
        columns=(
            ("고객번호", each("B{:04d}")),
            ("대출이자(원)", money(10_000, 900_000, step=10), THOUSANDS),
            ("카드결제(원)", money(10_000, 900_000, step=10), THOUSANDS),
        ),
        total=(0, "합계"),
        expect=wide("고객번호", "대출이자(원)", "카드결제(원)", verdict=OPEN),
    ),
    Layout(
        file="utf16be.csv",
        kind="UTF-16, big end first, commas",
        form=Text(encoding="utf-16-be"),
        columns=(("이름", each("사람{:03d}")), ("식비", money(10_000, 90_000)), ("의류비", money(10_000, 90_000))),
        expect=wide("이름", "식비", "의류비", encoding="utf-16"),
    ),
    Layout(
        file="sep_pipe.csv",
        kind="a hint of the separator and title rows",
        form=Text(separator="|", first=("sep=|",)),
        above=(["Members 2026"],),
        columns=(("member", each("m{}")), ("gym", money(10, 90)), ("food", money(10, 900))),
        expect=wide("member", "gym", "food", verdict=OPEN, separator="|"),
    ),
    Layout(
        file="averages_named.xlsx",
        kind="average, sum and count under the table, in the second column",
        form=Book(sheet="Sheet1"),
        columns=(
            ("No", counted()),
            ("Name", each("Student {}")),
            ("Books", money(10, 900)),
            ("Meals", money(10, 900)),
        ),
        below=(["", "Average", 455, 455], ["", "Sum", 27300, 27300], ["", "Count", 60, 60]),
        expect=wide("Name", "Books", "Meals", not_used=("No",), left_out=(62, 63, 64)),
    ),
    Layout(file="empty.csv", kind="nothing at all", n=0, header=False, columns=(), expect=stopped(verdict=("refuse",))),
    Layout(
        file="one_column.csv",
        kind="one column of names",
        columns=(("name", each("p{}")),),
        expect=stopped(),
    ),
    Layout(
        file="all_zero.csv",
        kind="everybody is at zero",
        columns=(("name", each("p{}")), ("food", always(0)), ("rent", always(0))),
        expect=stopped(verdict=("read", "ask", "refuse")),
    ),
)
