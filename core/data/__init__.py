"""Spending data: what a column is, and every way to get a table of people × columns."""

from core.data.generate import Recipe, generate, prototype_2020
from core.data.sample import load_sample
from core.data.schema import Column, Holdings, Source, Table, Transform

__all__ = [
    "Column",
    "Holdings",
    "Recipe",
    "Source",
    "Table",
    "Transform",
    "generate",
    "load_sample",
    "prototype_2020",
]
