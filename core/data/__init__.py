"""Spending data: people × columns with public bounds, and the public, generated and real tables that come with it."""

from core.data.generate import GENERATED, PROTOTYPE, Recipe, generate, prototype_2020
from core.data.sample import SAMPLE, load_sample
from core.data.sources import SOURCES, UPLOAD, DataSource
from core.data.table import Column, Holdings, Source, Table, Transform

__all__ = [
    "GENERATED",
    "PROTOTYPE",
    "SAMPLE",
    "SOURCES",
    "UPLOAD",
    "Column",
    "DataSource",
    "Holdings",
    "Recipe",
    "Source",
    "Table",
    "Transform",
    "generate",
    "load_sample",
    "prototype_2020",
]
