"""How figures are spelled, and which columns of figures are no spending."""

from tests.core.ingest_layouts.expectation import Expected
from tests.core.ingest_layouts.expects import ASK, OPEN, long, wide
from tests.core.ingest_layouts.layout import Layout, Text
from tests.core.ingest_layouts.recipes import (
    GERMAN,
    THOUSANDS,
    WON,
    always,
    cycle,
    days,
    each,
    made,
    money,
    people,
    pick,
    some,
    spelled,
)


def _ask_for_the_mark(_):
    return Expected(verdict=ASK, reason=("ambiguous_decimal",))


FIGURES = (
    Layout(
        file="won_sign.csv",
        kind="currency signs",
        columns=(
            ("회원", each("회원{}")),
            ("식비", money(10_000, 900_000), WON),
            ("통신비", money(10_000, 90_000), WON),
        ),
        expect=wide("회원", "식비", "통신비"),
    ),
    Layout(
        file="manwon.csv",
        kind="만원 behind the figure",
        columns=(
            ("이름", each("사람{}")),
            ("식비", money(10, 90), spelled(digits=0, after="만원")),
            ("여행", money(10, 300), spelled(digits=0, after="만원")),
        ),
        expect=wide("이름", "식비", "여행", verdict=OPEN, scales=(1.0, 10_000.0)),
    ),
    Layout(
        file="thousands_k.csv",
        kind="k behind the figure",
        columns=(
            ("client", each("c{}")),
            ("groceries", money(1, 90), spelled(digits=0, after="k")),
            ("travel", money(1, 90, step=0.5), spelled(digits=1, after="k")),
        ),
        expect=wide("client", "groceries", "travel", verdict=OPEN, scales=(1.0, 1_000.0)),
    ),
    Layout(
        file="three_digits.csv",
        kind="groups of three digits only, and nothing else to tell",
        columns=(
            ("client", each("c{}")),
            ("spending_a", money(1_001, 9_998), spelled(digits=0, group=".")),
            ("spending_b", money(1_001, 9_998), spelled(digits=0, group=".")),
        ),
        expect=_ask_for_the_mark,
    ),
    Layout(
        file="euro_behind.csv",
        kind="euros behind decimal commas",
        form=Text(separator=";", encoding="cp1252"),
        columns=(
            ("Mitglied", each("M{}")),
            ("Beitrag Kurse", money(10, 2_900, step=0.5), spelled(mark=",", group=".", after=" €")),
            ("Bar & Café", money(10, 2_900, step=0.5), spelled(mark=",", group=".", after=" €")),
        ),
        expect=wide("Mitglied", "Beitrag Kurse", "Bar & Café", verdict=OPEN, decimal=","),
    ),
    Layout(
        file="missing_words.csv",
        kind="words for what is missing",
        columns=(
            ("customer", each("c{}")),
            ("groceries", some(money(10, 900), blank="-")),
            ("transport", some(money(10, 900), blank="N/A")),
            ("dining", some(money(10, 900), blank="NULL")),
        ),
        expect=wide("customer", "groceries", "transport", "dining", gaps=("groceries", "transport", "dining")),
    ),
    Layout(
        file="trailing_minus.txt",
        kind="minus behind the figure",
        n=120,
        form=Text(separator="\t"),
        columns=(
            ("Debitor", people("{}", start=10001)),
            ("Sparte", pick("Strom", "Gas", "Wasser")),
            ("Betrag", money(-90, 4_000, step=0.01), spelled(mark=",", group=".", minus="{}-")),
        ),
        expect=long("Debitor", "Sparte", "Betrag", verdict=OPEN, decimal=","),
    ),
    Layout(
        file="mixed_signs.csv",
        kind="mostly negative, with refunds",
        n=150,
        columns=(
            ("customer_id", people("{}", start=501)),
            ("date", days("%Y-%m-%d")),
            ("category", pick("groceries", "dining", "travel")),
            ("amount", cycle(*[-52.5, -18.25, -940.0, -71.1, -8.0] * 2, 18.25)),
        ),
        expect=long("customer_id", "category", "amount", verdict=OPEN, sign=-1),
    ),
)

NO_SPENDING = (
    Layout(
        file="codes_and_years.csv",
        kind="ids, codes, years, dates as figures, shares and constants",
        n=90,
        columns=(
            ("customer_no", each("{}", start=8801234567890)),
            ("zip_code", money(10_000, 99_999)),
            ("phone", money(1_000_000_000, 1_099_999_999)),
            ("birth_year", money(1940, 2005)),
            ("joined", days("%Y%m%d")),
            ("branch_code", pick(101, 102, 205)),
            ("version", always(3)),
            ("groceries", money(10, 900)),
            ("dining", money(10, 900)),
            ("online_share", money(0, 1, step=0.01)),
        ),
        expect=wide(
            "customer_no",
            "groceries",
            "dining",
            verdict=OPEN,
            not_used=("customer_no", "zip_code", "phone", "birth_year", "joined", "branch_code", "version"),
        ),
    ),
    Layout(
        file="percent.csv",
        kind="percents",
        columns=(
            ("고객ID", each("A{:04d}")),
            ("식비(원)", money(100_000, 900_000, step=1_000), THOUSANDS),
            ("카드사용비중(%)", money(0, 100)),
            ("만족도(1-5)", money(1, 5)),
        ),
        expect=wide(
            "고객ID",
            "식비(원)",
            verdict=OPEN,
            bounds={"카드사용비중(%)": (0.0, 100.0), "만족도(1-5)": (1.0, 5.0)},
            clipped_share_max=0.05,
        ),
    ),
    Layout(
        file="german_total_column.csv",
        kind="a column that adds the others up",
        form=Text(separator=";"),
        columns=(
            ("Kunde", each("K{:03d}")),
            ("Essen (€)", money(10, 990, step=0.01), GERMAN),
            ("Kleidung (€)", money(10, 990, step=0.01), GERMAN),
            ("Gesamt (€)", made(lambda a, b: round(a + b, 2), "Essen (€)", "Kleidung (€)"), GERMAN),
        ),
        expect=wide("Kunde", "Essen (€)", "Kleidung (€)", verdict=OPEN, decimal=",", not_used=("Gesamt (€)",)),
    ),
)

LAYOUTS = FIGURES + NO_SPENDING
