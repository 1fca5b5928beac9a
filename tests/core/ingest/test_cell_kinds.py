import pytest

from core.ingest.cell_kinds import CellKind, cell_kind


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("", CellKind.BLANK),
        ("  ", CellKind.BLANK),
        ("12", CellKind.NUMBER),
        ("-1.234,56 €", CellKind.NUMBER),
        ("(1,200)", CellKind.NUMBER),
        ("CHF 1'234.50", CellKind.NUMBER),
        ("4 864,50", CellKind.NUMBER),
        ("3만원", CellKind.NUMBER),
        ("12.50-", CellKind.NUMBER),
        ("2024-01-02", CellKind.DATE),
        ("01.06.23", CellKind.DATE),
        ("1/2/2023 10:00", CellKind.DATE),
        ("2024년 1월 2일", CellKind.DATE),
        ("05 Jan 2024", CellKind.DATE),
        ("12:30", CellKind.DATE),
        ("외식", CellKind.TEXT),
        ("P001", CellKind.TEXT),
        ("kr00012", CellKind.TEXT),
        ("kr 12,50", CellKind.NUMBER),
        ("3만 2천원", CellKind.NUMBER),
        ("1억 2,000만", CellKind.NUMBER),
        ("$60K - $80K", CellKind.TEXT),
        ("1" * 200, CellKind.TEXT),
    ],
)
def test_cells_look_like_what_they_are(cell, kind):
    assert cell_kind(cell) is kind
