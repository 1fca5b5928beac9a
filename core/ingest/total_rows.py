"""Rows that are totals of others: found by their names, 합계, Total, Summe, and left out."""

import numpy as np
import pyarrow.compute as pc  # type: ignore[import-untyped]

from core.arrays import BoolArray
from core.ingest.problems import RejectionReason
from core.ingest.row_filter import RowFilter
from core.ingest.sheet import RawSheet

#: Columns in which a total's name is looked for, beside those of people and categories.
COLUMNS_LOOKED_AT = 4
_NAMES = (
    r"(총\s*)?합\s*계|소\s*계|총\s*계|총합|누\s*계|평\s*균|전체|계|전체\s*합계|월\s*계|"
    r"(grand |sub|sub-|sub |over ?all )?totals?|sums?|average|avg\.?|mean|"
    r"(gesamt|zwischen)?summen?|gesamt|gesamtergebnis|gesamtbetrag|ergebnis|mittelwert|durchschnitt|insgesamt|"
    r"moyenne|somme|sous-total|total général|totale|subtotale|totale generale|media|suma|promedio|"
    r"totale complessivo|total general|"
    r"合\s*計|小\s*計|総\s*計|総合計|平\s*均|計"
)
#: The whole cell, with a colon or a note in parentheses behind it, or the last word: "고객1 합계", "P001 Total".
_TOTAL = (
    rf"(?i)^\s*[\[(<*]?\s*(?:{_NAMES})\s*[:：]?\s*[\])>*]?\s*(?:\(.*\))?$"
    r"|(?i)\S\s+(?:합계|소계|요약|total|subtotal|sub-total|sum|summe|ergebnis|totale|合計|小計)$"
)


def reject_totals(sheet: RawSheet, row_filter: RowFilter, *, person: str | None, category: str | None = None) -> None:
    """Reject the rows that a total's name stands in: under people or categories, elsewhere if nobody is named."""
    for header in (person, category):
        if header is not None:
            row_filter.reject(find_totals(sheet, header), RejectionReason.TOTAL_ROW, header=header)
    nobody = _is_blank(sheet, person) if person is not None else np.ones(sheet.n_rows, dtype=np.bool_)
    if not nobody.any():
        return
    for header in sheet.header[:COLUMNS_LOOKED_AT]:
        if header not in (person, category):
            row_filter.reject(find_totals(sheet, header) & nobody, RejectionReason.TOTAL_ROW, header=header)


def find_totals(sheet: RawSheet, header: str) -> BoolArray:
    """Mark the rows whose cell under ``header`` is the name of a total."""
    spelled = sheet.text(header)
    named = pc.match_substring_regex(spelled.dictionary, _TOTAL).to_numpy(zero_copy_only=False).astype(np.bool_)
    if not named.any():
        return np.zeros(sheet.n_rows, dtype=np.bool_)
    # One more for blank cells.
    found: BoolArray = np.append(named, [False])[spelled.indices.fill_null(-1).to_numpy()]
    return found


def _is_blank(sheet: RawSheet, header: str) -> BoolArray:
    blank: BoolArray = sheet.text(header).is_null().to_numpy(zero_copy_only=False)
    return blank
