"""More spellings of figures, and more columns that are no spending."""

from tests.core.ingest_layouts.expectation import Expected
from tests.core.ingest_layouts.expects import ASK, OPEN, long, wide
from tests.core.ingest_layouts.layout import Layout, Text
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
    spelled,
)


def _indian(cell):
    whole, _, rest = f"{cell:.2f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    while len(head) > 2:
        tail, head = f"{head[-2:]},{tail}", head[:-2]
    return f"{head},{tail}.{rest}" if head else f"{tail}.{rest}"


def _ask_for_the_mark(_):
    return Expected(verdict=ASK, reason=("ambiguous_decimal",))


LAYOUTS = (
    Layout(
        file="won_word.csv",
        kind="원 behind grouped figures",
        form=Text(encoding="cp949"),
        columns=(
            ("성명", each("회원{:03d}")),
            ("외식", money(10_000, 900_000, step=10), spelled(digits=0, after="원")),
            ("쇼핑", money(10_000, 900_000, step=10), spelled(digits=0, after=" 원")),
        ),
        expect=wide("성명", "외식", "쇼핑", encoding="cp949"),
    ),
    Layout(
        file="nbsp_groups.csv",
        kind="no-break spaces in thousands, tabs",
        form=Text(separator="\t"),
        columns=(
            ("client", each("c{}")),
            ("loisirs", money(1_000, 90_000, step=0.5), spelled(mark=",", group="\u00a0")),
            ("transport", money(1_000, 90_000, step=0.5), spelled(mark=",", group="\u00a0")),
        ),
        expect=wide("client", "loisirs", "transport", verdict=OPEN, decimal=","),
    ),
    Layout(
        file="indian.csv",
        kind="groups of two and three",
        columns=(
            ("customer_id", each("IN{:04d}")),
            ("groceries", money(90_000, 9_900_000, step=0.25), _indian),
            ("travel", money(90_000, 9_900_000, step=0.25), _indian),
        ),
        expect=wide("customer_id", "groceries", "travel", verdict=OPEN),
    ),
    Layout(
        file="scientific.csv",
        kind="powers of ten",
        columns=(
            ("id", each("s{:03d}")),
            ("spend_food", money(1_000, 900_000, step=100), lambda cell: f"{cell:.6e}"),
            ("spend_fun", money(1_000, 900_000, step=100), lambda cell: f"{cell:.6E}"),
        ),
        expect=wide("id", "spend_food", "spend_fun", verdict=OPEN),
    ),
    Layout(
        file="three_digits_tab.txt",
        kind="groups of three with points, tabs, nothing else to tell",
        form=Text(separator="\t"),
        columns=(
            ("person", each("p{}")),
            ("x", money(1_001, 98_998), spelled(digits=0, group=".")),
            ("y", money(1_001, 98_998), spelled(digits=0, group=".")),
        ),
        expect=_ask_for_the_mark,
    ),
    Layout(
        file="long_three_digits.csv",
        kind="groups of three only, in a long file",
        n=120,
        columns=(
            ("client_id", people("c{:03d}")),
            ("category", pick("a-shop", "b-shop", "c-shop")),
            ("amount", money(1_001, 9_998), spelled(digits=0, group=".")),
        ),
        expect=_ask_for_the_mark,
    ),
    Layout(
        file="three_decimals.csv",
        kind="three decimals that zero before the point tells",
        columns=(
            ("customer", each("c{}")),
            ("food_kg", money(0.101, 2.998, step=0.001), spelled(digits=3, group="")),
            ("fuel_share", money(0.101, 0.998, step=0.001), spelled(digits=3, group="")),
        ),
        expect=wide("customer", "food_kg", "fuel_share", verdict=OPEN, decimal="."),
    ),
    Layout(
        file="dollar_parentheses_wide.csv",
        kind="parentheses and dollars in a wide file",
        columns=(
            ("Client", each("Client {}")),
            ("Dining", money(-90, 3_900, step=0.01), spelled(before="$", minus="({})")),
            ("Hotels", money(-90, 3_900, step=0.01), spelled(before="$", minus="({})")),
        ),
        expect=wide("Client", "Dining", "Hotels", verdict=OPEN),
    ),
    Layout(
        file="cheonwon.csv",
        kind="천원 in the header, grouped",
        form=Text(encoding="cp949", separator=";"),
        columns=(
            ("고객코드", each("{:06d}", start=100001)),
            ("식비(천원)", money(100, 9_000), THOUSANDS),
            ("교육비(천원)", money(100, 9_000), THOUSANDS),
        ),
        expect=wide("고객코드", "식비(천원)", "교육비(천원)", verdict=OPEN, not_used=("고객코드",)),
    ),
    Layout(
        file="euro_before.csv",
        kind="euros before dotted thousands, whole",
        form=Text(separator=";"),
        columns=(
            ("Mandant", each("M{}")),
            ("Strom", money(1_000, 9_999), spelled(mark=",", group=".", digits=0, before="€ ")),
            ("Gas", money(1_000, 9_999), spelled(mark=",", group=".", digits=2, before="€ ")),
        ),
        expect=wide("Mandant", "Strom", "Gas", verdict=OPEN, decimal=","),
    ),
    Layout(
        file="names_latin.csv",
        kind="cp1252 names and pounds",
        form=Text(encoding="cp1252"),
        columns=(
            ("Full name", each("Zoë Núñez-{}")),
            ("Groceries", money(10, 3_900, step=0.01), spelled(before="£")),
            ("Holidays", money(10, 3_900, step=0.01), spelled(before="£")),
        ),
        expect=wide("Full name", "Groceries", "Holidays", encoding="cp1252"),
    ),
    Layout(
        file="flags_and_scores.csv",
        kind="flags, scores, ratios, years and coordinates",
        n=90,
        columns=(
            ("row_id", counted()),
            ("client_uid", each("{}", start=990000123456789)),
            ("year", always(2026)),
            ("latitude", money(33, 38, step=0.0001)),
            ("is_member", pick(0, 1)),
            ("nps_score(0-10)", money(0, 10)),
            ("discount_ratio", money(0, 1, step=0.01)),
            ("monthly_spend_usd", money(10, 3_000, step=0.01)),
            ("yearmonth", cycle(202601, 202602, 202603)),
        ),
        expect=wide(
            "client_uid",
            "monthly_spend_usd",
            verdict=OPEN,
            not_used=("row_id", "client_uid", "year", "latitude", "yearmonth"),
            bounds={"nps_score(0-10)": (0.0, 10.0), "discount_ratio": (0.0, 1.0)},
        ),
    ),
    Layout(
        file="percent_cells.csv",
        kind="percent signs in cells",
        columns=(
            ("customer_id", each("p{:03d}")),
            ("groceries_usd", money(10, 900)),
            ("grocery_pct", money(1, 99), spelled(digits=0, after="%")),
        ),
        expect=wide(
            "customer_id",
            "groceries_usd",
            "grocery_pct",
            verdict=OPEN,
            scales=(1.0, 0.01),
            bounds={"grocery_pct": (0.0, 100.0)},
        ),
    ),
    Layout(
        file="grand_total_column.csv",
        kind="subtotals as columns",
        columns=(
            ("고객명", each("고객{:02d}")),
            ("식료품", money(10_000, 300_000, step=10), THOUSANDS),
            ("외식", money(10_000, 300_000, step=10), THOUSANDS),
            ("식비 소계", made(lambda a, b: a + b, "식료품", "외식"), THOUSANDS),
            ("교통", money(10_000, 300_000, step=10), THOUSANDS),
            ("총계", made(lambda a, b: a + b, "식비 소계", "교통"), THOUSANDS),
        ),
        total=(0, "전체"),
        expect=wide("고객명", "식료품", "외식", "교통", verdict=OPEN, not_used=("총계",)),
    ),
    Layout(
        file="phone_person.csv",
        kind="a phone number stands for the person",
        n=140,
        columns=(
            ("전화번호", people("010-1234-{:04d}")),
            ("주문일시", days("%Y-%m-%d %H:%M")),
            ("메뉴분류", pick("치킨", "피자", "족발")),
            ("주문금액", money(12_000, 60_000, step=500), THOUSANDS),
        ),
        expect=long("전화번호", "메뉴분류", "주문금액", verdict=OPEN),
    ),
    Layout(
        file="one_category.csv",
        kind="one category only",
        n=120,
        columns=(
            ("customer_id", people("c{:03d}")),
            ("date", days("%Y-%m-%d")),
            ("category", always("food")),
            ("amount", money(3, 90, step=0.01)),
        ),
        expect=long("customer_id", "category", "amount", verdict=OPEN),
    ),
)
