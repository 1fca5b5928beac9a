"""Rows that are totals of others: found by their names, 합계, Total, Summe, and left out."""

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from core.arrays import BoolArray, IntArray
from core.ingest.problems import RejectionReason
from core.ingest.row_filter import RowFilter
from core.ingest.sheet import RawSheet

#: Columns in which a total's name is looked for, beside those of people and categories.
COLUMNS_LOOKED_AT = 4
_NAMES = (
    r"(총\s*)?합\s*계|소\s*계|총\s*계|총합|누\s*계|평\s*균|전체|계|전체\s*합계|월\s*계|"
    r"(grand |sub|sub-|sub |over ?all )?totals?|sums?|average|avg\.?|"
    r"(gesamt|zwischen)?summen?|gesamt|gesamtergebnis|gesamtbetrag|ergebnis|mittelwert|durchschnitt|insgesamt|"
    r"moyenne|somme|sous-total|total général|totale|subtotale|totale generale|suma|promedio|"
    r"(sub|eind)?totaal|gemiddelde|summa|totalt|razem|łącznie|"
    r"totale complessivo|total general|"
    r"合\s*計|小\s*計|総\s*計|総合計|平\s*均|計"
)
#: The whole cell, with a colon or a note in parentheses behind it, or the last word: "고객1 합계", "P001 Total".
_TOTAL = (
    rf"(?i)^\s*[\[(<*]?\s*(?:{_NAMES})\s*[:：]?\s*[\])>*]?\s*(?:\(.*\))?$"
    r"|(?i)\S\s+(?:합계|소계|요약|total|subtotal|sub-total|sum|summe|ergebnis|totale|合計|小計)$"
)

#: What may as well be a name or a category, such as Max or Media: a total only among the last rows and nowhere else.
_STATISTIC = (
    r"(?i)^\s*(?:mean|media|média|max(?:imum|\.)?|min(?:imum|\.)?|count|std(?:\.|ev)?|median|anzahl|nombre|aantal|"
    r"최대값?|최댓값|최소값?|최솟값|최고|최저|표준편차|중앙값|건수|개수|인원|最大|最小|件数|中央値|標準偏差)\s*[:：]?\s*$"
)
#: Rows at the end of a table among which statistics stand, and how many of them there are at least.
LAST_ROWS, STATISTICS_LEAST = 10, 2


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
    codes = spelled.indices.fill_null(-1).to_numpy()
    found = _mark(spelled, _TOTAL, codes)
    statistics = _mark(spelled, _STATISTIC, codes)
    if statistics.any():
        last = np.arange(sheet.n_rows) >= sheet.n_rows - LAST_ROWS
        # Nothing that stands further up, too.
        statistics &= ~np.isin(codes, codes[statistics & ~last])
        if int((statistics | (found & last)).sum()) >= STATISTICS_LEAST:
            found |= statistics
    return found


def _mark(spelled: pa.DictionaryArray, pattern: str, codes: IntArray) -> BoolArray:
    """Mark the rows whose spelling is of a pattern."""
    named = pc.match_substring_regex(spelled.dictionary, pattern).to_numpy(zero_copy_only=False).astype(np.bool_)
    # One more for blank cells.
    marked: BoolArray = np.append(named, [False])[codes]
    return marked


def _is_blank(sheet: RawSheet, header: str) -> BoolArray:
    blank: BoolArray = sheet.text(header).is_null().to_numpy(zero_copy_only=False)
    return blank
