"""Spending data: what a column is, and every way to get a table of people × columns."""

from core.data.schema import Column, Holdings, Source, Table, Transform

__all__ = ["Column", "Holdings", "Source", "Table", "Transform"]
