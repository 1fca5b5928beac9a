"""Files that are odd in other ways: panels, events, tables on their side, other formats under a table's name."""

import csv
from dataclasses import dataclass, replace

from tests.core.ingest_layouts.expects import OPEN, long, no_person, stopped, wide
from tests.core.ingest_layouts.layout import Book, Layout, Text
from tests.core.ingest_layouts.recipes import (
    THOUSANDS,
    always,
    counted,
    cycle,
    days,
    each,
    made,
    money,
    people,
    pick,
)


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Lines of text, made from each row."""

    form: str
    before: str = ""
    after: str = ""
    join: str = "\n"

    def write(self, rows):
        return (self.before + self.join.join(self.form.format(*row) for row in rows) + self.after).encode()


def _twins(columns):
    found = wide("이름", verdict=OPEN)(columns)
    return replace(found, total=(sum(columns["식비"]) + sum(columns["식비 "]) + sum(columns["교통"]),), every=())


LAYOUTS = (
    Layout(
        file="household_panel.csv",
        kind="a row a household and month",
        n=120,
        columns=(
            ("household_id", cycle(*(f"H{n:03d}" for n in range(40)))),
            ("month", cycle(*["2026-01"] * 40, *["2026-02"] * 40, *["2026-03"] * 40)),
            ("food", money(10, 900)),
            ("housing", money(10, 900)),
            ("transport", money(10, 400)),
        ),
        expect=wide("household_id", "food", "housing", "transport", verdict=OPEN),
    ),
    Layout(
        file="회원_년월_금액.csv",
        kind="person, month as a figure and amount",
        n=120,
        columns=(
            ("회원번호", people("{}", start=3001)),
            ("기준년월", pick(202601, 202602, 202603)),
            ("이용금액", money(10_000, 900_000, step=10), THOUSANDS),
        ),
        expect=long("회원번호", None, "이용금액", verdict=OPEN),
    ),
    Layout(
        file="2019-Oct.csv",
        kind="events of a shop, of which some are purchases",
        n=200,
        columns=(
            ("event_time", days("%Y-%m-%d %H:%M:%S UTC")),
            ("event_type", cycle("view", "view", "cart", "purchase")),
            ("product_id", pick(44600062, 3900821, 17200506)),
            ("category_id", pick(2103807459595387724, 2053013552326770905)),
            ("category_code", pick("electronics.smartphone", "appliances.kitchen", "furniture.living_room")),
            ("brand", pick("shiseido", "aqua", "samsung")),
            ("price", money(5, 900, step=0.01)),
            ("user_id", people("{}", 20, start=541312140)),
            ("user_session", each("72d76fde-8bb3-4e00-8c23-{:012d}")),
        ),
        expect=long(
            "user_id", "category_code", "price", verdict=OPEN, where=("event_type", ("purchase",)), counted=False
        ),
    ),
    Layout(
        file="people_across.csv",
        kind="people are columns",
        n=8,
        columns=(
            ("항목", cycle("식비", "교통", "주거", "통신", "의료", "교육", "여가", "기타")),
            *((f"회원{n:02d}", money(10_000, 900_000, step=100)) for n in range(40)),
        ),
        expect=stopped(),
    ),
    Layout(
        file="no_name_for_names.csv",
        kind="the column of names has no name",
        columns=(("", each("Person {}")), ("food", money(10, 900)), ("rent", money(10, 900))),
        expect=wide("", "food", "rent", verdict=OPEN),
    ),
    Layout(
        file="성적표.xlsx",
        kind="marks of pupils by class and number",
        form=Book(sheet="1학년"),
        columns=(
            ("학년", always(1)),
            ("반", pick(1, 2, 3)),
            ("번호", counted()),
            ("이름", each("학생{:02d}")),
            ("국어", money(30, 100)),
            ("수학", money(30, 100)),
            ("총점", made(lambda a, b: a + b, "국어", "수학")),
        ),
        expect=wide("이름", "국어", "수학", verdict=OPEN, not_used=("학년", "번호")),
    ),
    Layout(
        file="급여대장.xlsx",
        kind="pay of employees, with totals as a column and a row",
        form=Book(sheet="3월"),
        above=(["2026년 3월 급여대장"], []),
        columns=(
            ("사원번호", each("E{:04d}")),
            ("성명", each("사원{:02d}")),
            ("입사일", days()),
            ("기본급", money(2_000_000, 5_000_000, step=1_000)),
            ("식대", always(200_000)),
            ("상여", money(0, 2_000_000, step=1_000)),
            ("지급합계", made(lambda a, b, c: a + b + c, "기본급", "식대", "상여")),
        ),
        total=(0, "합계"),
        expect=wide(("사원번호", "성명"), "기본급", "상여", verdict=OPEN, not_used=("입사일",)),
    ),
    Layout(
        file="orders.json",
        kind="JSON under its own name",
        n=40,
        columns=(("a", each("c{}")), ("b", money(1, 90))),
        header=False,
        form=Lines(form='{{"customer": "{0}", "amount": {1}}}', before="[", after="]", join=",\n"),
        expect=stopped(),
    ),
    Layout(
        file="bank.qif",
        kind="an exchange format of budget programs",
        n=40,
        columns=(("a", days("%m/%d/%Y")), ("b", money(-90, -1, step=0.01)), ("c", pick("Shop A", "Shop B"))),
        header=False,
        form=Lines(form="D{0}\nT{1}\nP{2}\n^", before="!Type:Bank\n"),
        expect=stopped(),
    ),
    Layout(
        file="readme.txt",
        kind="prose",
        n=40,
        columns=(
            ("a", cycle("Dear all, the figures of the quarter follow.", "Best, Ann", "We sold more, and more often.")),
        ),
        header=False,
        form=Lines(form="{0}"),
        expect=stopped(),
    ),
    Layout(
        file="markdown_table.txt",
        kind="a table of Markdown",
        columns=(("name", each("p{}")), ("food", money(10, 900)), ("rent", money(10, 900))),
        form=Lines(form="| {0} | {1} | {2} |"),
        under=(["---", "---:", "---:"],),
        expect=wide("name", "food", "rent", verdict=("read", "ask", "refuse")),
    ),
    Layout(
        file="lines_in_cells.csv",
        kind="lines within cells",
        n=90,
        form=Text(quoting=csv.QUOTE_ALL),
        columns=(
            ("customer", people("c{}", 30)),
            ("address", pick("1 Road\nTown", "2, Street\nCity")),
            ("category", pick("books", "music")),
            ("amount", money(3, 90, step=0.01)),
        ),
        expect=long("customer", "category", "amount"),
    ),
    Layout(
        file="line_as_a_cell.csv",
        kind="whole lines in quotes",
        columns=(("name", each("p{}")), ("food", money(10, 900)), ("rent", money(10, 900))),
        form=Lines(form='"{0},{1},{2}"'),
        expect=wide("name", "food", "rent", verdict=("read", "ask", "refuse")),
    ),
    Layout(
        file="old_mac.csv",
        kind="carriage returns end the lines",
        form=Text(newline="\r"),
        columns=(("customer", each("c{}")), ("food", money(10, 900)), ("rent", money(10, 900))),
        expect=wide("customer", "food", "rent", verdict=OPEN),
    ),
    Layout(
        file="쌍둥이열.csv",
        kind="two columns of one name",
        columns=(
            ("이름", each("사람{}")),
            ("식비", money(10_000, 90_000)),
            ("식비 ", money(10_000, 90_000)),
            ("교통", money(10_000, 90_000)),
        ),
        expect=_twins,
    ),
    Layout(
        file="fixed_width.txt",
        kind="fields of fixed width",
        n=60,
        columns=(("name", each("person{:03d}")), ("food", money(10, 900)), ("rent", money(10, 900))),
        form=Lines(form="{0:<14}{1:>8}{2:>8}"),
        expect=wide("name", "food", "rent", verdict=("read", "ask", "refuse")),
    ),
    Layout(
        file="many_columns.csv",
        kind="more columns than may be used",
        columns=(("customer_id", each("c{}")), *((f"item_{n:02d}", money(0, 99)) for n in range(90))),
        expect=wide("customer_id", verdict=OPEN),
    ),
    Layout(
        file="gender_age_summary.csv",
        kind="rows are groups of people",
        n=12,
        columns=(
            ("성별", cycle("남", "여")),
            ("연령대", cycle(*(f"{age}0대" for age in range(2, 8) for _ in range(2)))),
            ("이용금액", money(1_000_000, 90_000_000, step=100)),
            ("이용건수", money(100, 9_000)),
        ),
        expect=no_person(),
    ),
    Layout(
        file="merchant_report.csv",
        kind="rows are merchants",
        columns=(
            ("Merchant ID", each("MER{:05d}")),
            ("Merchant Name", each("Shop {}")),
            ("MCC", pick(5411, 5812, 5541)),
            ("Total Sales", money(1_000, 90_000, step=0.01)),
            ("Transactions", money(10, 900)),
        ),
        expect=no_person(),
    ),
    Layout(
        file="employee_expenses.xlsx",
        kind="who paid, what for, how much, and when it was paid back",
        n=130,
        form=Book(sheet="Expenses"),
        columns=(
            ("Report #", each("EXP-{:05d}")),
            ("Employee", people("Employee {:02d}", 35)),
            ("Submitted", days()),
            ("Expense type", pick("Meals", "Hotel", "Taxi")),
            ("Amount (USD)", money(5, 900, step=0.01)),
            ("Reimbursed", pick("Yes", "No")),
        ),
        expect=long("Employee", "Expense type", "Amount (USD)", verdict=OPEN),
    ),
    Layout(
        file="signed_income.csv",
        kind="positive spending, negative income by a column of directions",
        n=150,
        columns=(
            ("member", people("m{:02d}", 30)),
            ("posted", days("%Y-%m-%d")),
            ("dr_cr", cycle("DR", "DR", "CR")),
            ("category", cycle("food", "fuel", "salary")),
            ("amount", cycle(41.5, 60.0, 1800.0)),
        ),
        expect=long("member", "category", "amount", verdict=OPEN, where=("dr_cr", ("DR",)), counted=False),
    ),
    Layout(
        file="subscription_users.csv",
        kind="minutes and megabytes: no money",
        columns=(
            ("phone_number", each("555-{:04d}")),
            ("plan", pick("S", "M", "L")),
            ("day_minutes", money(0, 400, step=0.1)),
            ("night_minutes", money(0, 400, step=0.1)),
            ("data_mb", money(0, 90_000)),
        ),
        expect=wide("phone_number", "day_minutes", "night_minutes", "data_mb", verdict=OPEN, not_used=("plan",)),
    ),
    Layout(
        file="loan_rows.csv",
        kind="a row a loan, by borrower",
        n=100,
        columns=(
            ("loan_id", each("LN{:06d}")),
            ("borrower_id", people("B{:04d}", 40)),
            ("purpose", pick("car", "home", "study")),
            ("interest_rate", money(2, 19, step=0.01)),
            ("loan_amount", money(1_000, 90_000, step=100)),
        ),
        expect=long("borrower_id", "purpose", "loan_amount", verdict=OPEN),
    ),
)
