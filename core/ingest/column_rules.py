"""What words in a column's name say about its values: unit and public bounds. Written down here, read from no data."""

import re
from dataclasses import dataclass

from core.data.table import Transform


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a word in a column's name says about its values.

    Attributes:
        words: Lower-case words; in English whole words, or beginnings when they end in ``*``.
        unit: Unit when the name has none; None for money.
        lower: Lower bound; of money in 만원.
        upper: Upper bound; of money in 만원.
        transform: How to transform the values.
        key: Key of the public category, if it is one.
        months: Months that bounds of money are for; 0: they do not grow with time, as of a balance.
    """

    words: tuple[str, ...]
    unit: str | None
    lower: float
    upper: float
    transform: Transform = Transform.IDENTITY
    key: str | None = None
    months: int = 1


def _money(upper: float, *words: str, months: int = 1) -> Rule:
    return Rule(words=words, unit=None, lower=0.0, upper=upper, transform=Transform.LOG1P, months=months)


def _figure(unit: str, upper: float, *words: str, log: bool = False) -> Rule:
    transform = Transform.LOG1P if log else Transform.IDENTITY
    return Rule(words=words, unit=unit, lower=0.0, upper=upper, transform=transform)


RULES = (
    _money(
        24_000,
        "연소득",
        "연봉",
        "연간소득",
        "annual income",
        "yearly income",
        "jahreseinkommen",
        "年収",
        "revenu annuel",
        months=12,
    ),
    _money(2_000, "소득", "급여", "월급", "수입", "income", "salary", "wage*", "einkommen", "gehalt", "revenu", "収入"),
    _money(
        100_000,
        *("자산", "잔액", "예금", "저축", "부채", "대출", "asset*", "balance", "savings", "debt*", "loan*", "bal"),
        *("한도", "limit", "credit limit", "credit line", "saldo", "vermögen", "solde", "残高", "revolving"),
        months=0,
    ),
    _figure("세", 100, "나이", "연령", "age", "alter", "âge", "edad", "età", "年齢"),
    _figure(
        "명", 10, "가구원", "가구원수", "가족수", "가족 수", "household size", "family size", "dependent*", "children"
    ),
    _figure(
        "명", 10, "child*", "kid*", "kidhome", "teenhome", "자녀", "자녀수", "부양가족", "haushaltsgröße", "kinder"
    ),
    _figure(
        "회", 1000, "횟수", "건수", "count", "visits", "times", "number of", "ct", "cnt", "trx", "num", "nb", log=True
    ),
    _figure("회", 1000, "빈도", "frequency", "transactions", "방문", "anzahl", "häufigkeit", "回数", "件数", log=True),
    _figure("개", 10_000, "quantity", "qty", "units", "수량", "개수", "menge", "数量", log=True),
    _figure("", 1, "ratio", "rate", "fraction", "proportion", "probability", "prc", "quote", "taux", "utilization"),
    _figure("%", 100, "비율", "비중", "share", "percent*", "pct", "prozent", "anteil", "割合"),
    _figure("점", 1000, "점수", "score*", "punkte"),
    _figure("", 10, "rating*", "stars", "별점", "평점", "만족도", "satisfaction", "bewertung", "評価"),
    _figure("", 600, "tenure", "months on book", "months", "개월", "개월수", "laufzeit", "가입기간", log=True),
    _figure("", 3660, "recency", "days", "일수", "경과일", "days since", log=True),
)
#: What says only that it is spending: any other word says more.
SPENDING = _money(
    2_000,
    *("합계", "총액", "지출", "소비", "금액", "사용액", "매출", "이용액", "결제액", "구매액", "비용"),
    *(
        "total",
        "spend*",
        "spent",
        "amount*",
        "amt",
        "expen*",
        "purchase*",
        "payment*",
        "sales",
        "monetary",
        "mnt",
        "cost*",
    ),
    *(
        "cash advance*",
        "advance*",
        "ausgabe*",
        "umsatz",
        "betrag",
        "kosten",
        "dépense*",
        "montant",
        "gasto*",
        "importe",
    ),
    *("spesa", "spese", "importo", "支出", "金額", "利用額"),
)
#: A name that ends as a rate of how often something is done: "PURCHASES_FREQUENCY" is a part of the months, 0 to 1.
FREQUENCY = re.compile(r"\S+ (frequency|freq)$")
RATE = _figure("", 1)
#: For names that say nothing: wide enough for most, and the transform forgives the rest.
UNKNOWN = Rule(words=(), unit="", lower=0, upper=1_000, transform=Transform.LOG1P)
UNKNOWN_MONEY = _money(1_000)
