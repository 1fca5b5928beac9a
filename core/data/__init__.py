"""Spending data: what a column is, and every way to get a table of people × columns.

An upload goes ``read_sheet`` → ``guess_layout`` → ``propose_wide`` or ``propose_long`` → ``load``; between the last
two the user confirms or changes the mapping and its bounds.
"""

from core.data.columns import propose_column
from core.data.generate import Recipe, generate, prototype_2020
from core.data.load import Loaded, load
from core.data.mapping import Feature, Layout, LongMapping, WideMapping
from core.data.preview import Histogram, nonprivate_histograms
from core.data.problems import LoadError, LoadProblem, Rejection, RejectionReason, Rejections
from core.data.propose import guess_layout, nonprivate_months, propose_long, propose_wide
from core.data.read import read_sheet
from core.data.sample import load_sample
from core.data.schema import Column, Holdings, Source, Table, Transform
from core.data.sheet import RawSheet, SheetFormat
from core.data.templates import long_template, wide_template

__all__ = [
    "Column",
    "Feature",
    "Histogram",
    "Holdings",
    "Layout",
    "LoadError",
    "LoadProblem",
    "Loaded",
    "LongMapping",
    "RawSheet",
    "Recipe",
    "Rejection",
    "RejectionReason",
    "Rejections",
    "SheetFormat",
    "Source",
    "Table",
    "Transform",
    "WideMapping",
    "generate",
    "guess_layout",
    "load",
    "load_sample",
    "long_template",
    "nonprivate_histograms",
    "nonprivate_months",
    "propose_column",
    "propose_long",
    "propose_wide",
    "prototype_2020",
    "read_sheet",
    "wide_template",
]
