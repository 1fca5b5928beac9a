"""Sheets and profiles of short texts, for tests of what is found out of them."""

from core.ingest import Answers, read_sheet
from core.ingest.interpret import interpret
from core.ingest.profile import profile_sheet


def sheet_of(header, *rows):
    """Read rows that stand below a header."""
    return read_sheet("\n".join([header, *rows]).encode(), name="a.csv")


def profiles_of(header, *rows):
    """Look at the columns of such a sheet."""
    return profile_sheet(sheet_of(header, *rows))


def reading_of(header, *rows, answers=()):
    """Read what such a sheet means."""
    return interpret(sheet_of(header, *rows), Answers.from_pairs(answers))


def repeat(line, count=30):
    """Return rows of a pattern: ``{i}`` counts, ``{j}`` comes again every five rows, ``{k}`` every seven."""
    return [line.format(i=i, j=i % 5, k=i % 7 + 1, date=f"2024-0{i % 9 + 1}-1{i % 7}") for i in range(count)]
