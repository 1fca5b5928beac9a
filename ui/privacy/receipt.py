"""The privacy receipt as one page to print, in the visitor's language."""

from datetime import date

from core.data import Column, Table
from core.privacy.accounting import total_by_name
from core.privacy.mechanisms import Mechanism
from core.release.receipt import NotCovered, Receipt, ReceiptLine
from ui import figures, names
from ui.markup import render
from ui.privacy import ledger_view, promise
from ui.text import language, phrase


def render_receipt(receipt: Receipt, table: Table, *, issued: date) -> str:
    """Return the receipt of a table as a document of its own: style and all, nothing exact.

    Args:
        receipt: What was promised and paid.
        table: Names the data; nothing else of it is used.
        issued: The day that stands on it.
    """
    return render(
        "receipt",
        language=language().key,
        data=names.data(table),
        issued=issued.isoformat(),
        practice=table.source.is_synthetic,
        spent=figures.epsilon(receipt.spent),
        cap=None if receipt.cap is None else figures.epsilon(receipt.cap),
        remaining=None if receipt.remaining is None else figures.epsilon(receipt.remaining),
        words=promise.describe_loss(receipt.spent, nothing=phrase("receipt.nothing")),
        lines=[_describe_line(line) for line in receipt.lines],
        laws=[phrase(f"receipt.noise_{law}") for law in Mechanism if law in _list_mechanisms(receipt)],
        keeping="" if table.source.is_synthetic else phrase(f"receipt.keeping_{receipt.keeping}"),
        seeds=phrase(f"receipt.seed_{receipt.seed_policy}"),
        columns=[_describe_column(column) for column in receipt.columns],
        limits=[phrase(f"receipt.not_{each}") for each in NotCovered if each in receipt.not_covered],
    )


def _list_mechanisms(receipt: Receipt) -> set[Mechanism]:
    return {charge.mechanism for line in receipt.lines for charge in line.charges}


def _describe_line(line: ReceiptLine) -> dict[str, object]:
    tree = total_by_name(line.charges)
    return {
        "number": line.number,
        "what": ledger_view.name_release(line),
        "choices": ledger_view.describe_choices(line),
        "when": ledger_view.describe_time(line.when),
        "declared": figures.epsilon(line.epsilon),
        "composed": "–" if line.composed is None else figures.epsilon(line.composed),
        "sign": ledger_view.SIGNS[line.verdict],
        "word": phrase(f"ledger.verdict_{line.verdict}"),
        "tree": " · ".join(f"{ledger_view.name_branch(branch)} ε {figures.epsilon(branch.epsilon)}" for branch in tree),
    }


def _describe_column(column: Column) -> dict[str, str]:
    return {
        "name": names.column(column),
        "lower": figures.amount(column.lower, column.unit),
        "upper": figures.amount(column.upper, column.unit),
        "transform": phrase(f"receipt.transform_{column.transform}"),
    }
