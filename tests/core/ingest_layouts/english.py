"""Banks, cards, budget apps and shops of Britain and the USA."""

import csv

from tests.core.ingest_layouts.expects import OPEN, long, one_person, stopped, wide
from tests.core.ingest_layouts.layout import Book, Layout, Text
from tests.core.ingest_layouts.recipes import (
    CENTS,
    PLAIN,
    always,
    counted,
    cycle,
    days,
    each,
    made,
    money,
    of,
    people,
    pick,
    spelled,
)

_SHOPS = pick("TESCO STORES 2211", "TFL TRAVEL CH", "AMZN Mktp", "COSTA COFFEE", "SHELL OIL 5744")
_OUT = money(-300, -2, step=0.01)

STATEMENTS = (
    Layout(
        file="MonzoDataExport.csv",
        kind="one account; transaction ids are no people",
        columns=(
            ("Transaction ID", each("tx_0000AbC{:05d}")),
            ("Date", days("%d/%m/%Y")),
            ("Time", cycle("09:12:01", "18:40:55")),
            ("Type", pick("Card payment", "Faster payment")),
            ("Name", _SHOPS),
            ("Emoji", always("🛒")),
            ("Category", pick("Groceries", "Transport", "Eating out")),
            ("Amount", _OUT, PLAIN),
            ("Currency", always("GBP")),
            ("Local amount", made(lambda amount: amount, "Amount"), PLAIN),
            ("Local currency", always("GBP")),
            ("Notes and #tags", always("")),
            ("Money Out", made(lambda amount: amount, "Amount"), PLAIN),
            ("Money In", always("")),
        ),
        expect=one_person(),
    ),
    Layout(
        file="barclays.csv",
        kind="one account",
        columns=(
            ("Number", always("")),
            ("Date", days("%d/%m/%Y")),
            ("Account", always("20-00-00 12345678")),
            ("Amount", _OUT, PLAIN),
            ("Subcategory", pick("PAYMENT", "DIRECTDEP", "CASH WDL")),
            ("Memo", _SHOPS),
        ),
        expect=one_person(),
    ),
    Layout(
        file="Chase1234_Activity.CSV",
        kind="one card with categories",
        columns=(
            ("Transaction Date", days("%m/%d/%Y")),
            ("Post Date", days("%m/%d/%Y")),
            ("Description", _SHOPS),
            ("Category", pick("Food & Drink", "Gas", "Shopping", "Travel")),
            ("Type", pick("Sale", "Sale", "Payment", "Return")),
            ("Amount", _OUT, PLAIN),
            ("Memo", always("")),
        ),
        expect=one_person(),
    ),
    Layout(
        file="wells_fargo_Checking.csv",
        kind="no header at all",
        form=Text(quoting=csv.QUOTE_ALL),
        header=False,
        columns=(
            ("date", days("%m/%d/%Y")),
            ("amount", _OUT, PLAIN),
            ("star", always("*")),
            ("blank", always("")),
            ("text", _SHOPS),
        ),
        expect=stopped(),
    ),
    Layout(
        file="amex_activity.csv",
        kind="one card; card members are one",
        columns=(
            ("Date", days("%m/%d/%Y")),
            ("Description", _SHOPS),
            ("Card Member", always("J SMITH")),
            ("Account #", always("-71005")),
            ("Amount", money(2, 300, step=0.01), PLAIN),
            ("Category", pick("Restaurant-Bar & Café", "Transportation-Fuel", "Merchandise & Supplies-Groceries")),
        ),
        expect=one_person(),
    ),
)

BUSINESSES = (
    Layout(
        file="QuickBooks_Sales by Customer Summary.xlsx",
        kind="a report of a bookkeeper, with title rows and a total",
        form=Book(sheet="Sales by Customer Summary", merged=("A1:E1", "A2:E2")),
        above=(["Bluebird Trading LLC"], ["Sales by Customer Summary"], ["January - March, 2026"], []),
        columns=(
            ("Customer", each("Customer {:03d} Inc.")),
            ("Jan 2026", money(10, 5_000, step=0.01)),
            ("Feb 2026", money(10, 5_000, step=0.01)),
            ("Mar 2026", money(10, 5_000, step=0.01)),
            ("Total", made(lambda *months: round(sum(months), 2), "Jan 2026", "Feb 2026", "Mar 2026")),
        ),
        total=(0, "TOTAL"),
        below=([], ["Saturday, Apr 04, 2026 10:12:44 AM GMT-7 - Accrual Basis"]),
        expect=wide("Customer", "Jan 2026", "Feb 2026", "Mar 2026", verdict=OPEN, not_used=("Total",)),
    ),
    Layout(
        file="superstore.csv",
        kind="order, customer and product ids beside each other",
        n=160,
        form=Text(encoding="cp1252"),
        columns=(
            ("Row ID", counted()),
            ("Order ID", each("CA-2026-{:06d}", start=103800)),
            ("Order Date", days("%m/%d/%Y")),
            ("Ship Mode", pick("Standard Class", "First Class")),
            ("Customer ID", people("AB-{:05d}", start=10015)),
            ("Customer Name", of("Customer ID", tuple(f"Ann Böhm {n}" for n in range(40)))),
            ("Segment", of("Customer ID", ("Consumer", "Corporate", "Home Office"))),
            ("Postal Code", pick(42420, 90036, 33311, 10009)),
            ("Product ID", pick("FUR-BO-10001798", "OFF-LA-10000240", "TEC-PH-10002275")),
            ("Category", pick("Furniture", "Office Supplies", "Technology")),
            ("Sub-Category", pick("Bookcases", "Labels", "Phones", "Chairs")),
            ("Product Name", pick("Bush Bookcase", "Self-Adhesive Labels", "Phone “6”")),
            ("Sales", money(1, 900, step=0.01)),
            ("Quantity", pick(1, 2, 3, 7)),
            ("Discount", pick(0, 0.2, 0.45)),
            ("Profit", money(-90, 90, step=0.01)),
        ),
        expect=long(("Customer ID", "Customer Name"), "Category", "Sales", encoding="cp1252"),
    ),
    Layout(
        file="orders.csv",
        kind="a transaction id before the customer",
        n=150,
        columns=(
            ("order_id", counted(start=500123)),
            ("customer_id", people("{}", start=20117)),
            ("order_date", days("%Y-%m-%d")),
            ("category", pick("books", "toys", "garden", "sports")),
            ("price", money(2, 90, step=0.01)),
            ("qty", pick(1, 2, 3)),
            ("total_price", made(lambda price, qty: round(price * qty, 2), "price", "qty")),
        ),
        expect=long("customer_id", "category", "total_price"),
    ),
    Layout(
        file="expenses_typed.csv",
        kind="income and transfers beside spending",
        n=200,
        columns=(
            ("user_id", people("u{:03d}", 20)),
            ("date", days("%Y-%m-%d")),
            ("type", cycle("expense", "expense", "expense", "income", "transfer")),
            ("category", cycle("groceries", "rent", "dining", "salary", "savings")),
            ("amount", cycle(52.5, 880.0, 31.25, 2500.0, 300.0)),
        ),
        expect=long(
            "user_id",
            "category",
            "amount",
            verdict=OPEN,
            where=("type", ("expense",)),
            counted=False,
        ),
    ),
    Layout(
        file="ledger_debit_credit.csv",
        kind="debits and credits of many",
        n=160,
        columns=(
            ("Client No", people("{}", start=1001)),
            ("Posting Date", days("%d-%b-%Y")),
            ("Category", cycle("Groceries", "Transport", "Salary", "Utilities")),
            ("Debit", cycle(61.2, 12.0, "", 95.5), CENTS),
            ("Credit", cycle("", "", 1900.0, ""), CENTS),
        ),
        expect=long(
            "Client No",
            "Category",
            "Debit",
            verdict=OPEN,
            where=("Category", ("Groceries", "Transport", "Utilities")),
            counted=False,
        ),
    ),
    Layout(
        file="refunds_in_parentheses.csv",
        kind="parentheses for refunds",
        n=150,
        columns=(
            ("account_no", people("{}", start=880123001234)),
            ("merchant_category", pick("Grocery", "Fuel", "Apparel")),
            ("amount_usd", money(-90, 3_500, step=0.01), spelled(before="$", minus="({})")),
        ),
        expect=long("account_no", "merchant_category", "amount_usd", verdict=OPEN),
    ),
)

LAYOUTS = STATEMENTS + BUSINESSES
