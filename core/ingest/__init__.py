"""Everything that turns somebody's file into a ``Table`` or a ``Catalogue``.

An upload goes ``read_sheet`` → ``guess_layout`` → ``propose_wide`` or ``propose_long`` → ``load``; between the last
two the user confirms or changes the mapping and its bounds.
"""

from core.ingest.columns import propose_column
from core.ingest.load import Loaded, load
from core.ingest.mapping import Feature, Layout, LongMapping, WideMapping
from core.ingest.preview import Histogram, nonprivate_histograms
from core.ingest.problems import LoadError, LoadProblem, Rejection, RejectionReason, Rejections
from core.ingest.propose import guess_layout, nonprivate_months, propose_long, propose_wide
from core.ingest.read import read_sheet
from core.ingest.sheet import RawSheet, SheetFormat
from core.ingest.templates import long_template, wide_template

__all__ = [
    "Feature",
    "Histogram",
    "Layout",
    "LoadError",
    "LoadProblem",
    "Loaded",
    "LongMapping",
    "RawSheet",
    "Rejection",
    "RejectionReason",
    "Rejections",
    "SheetFormat",
    "WideMapping",
    "guess_layout",
    "load",
    "long_template",
    "nonprivate_histograms",
    "nonprivate_months",
    "propose_column",
    "propose_long",
    "propose_wide",
    "read_sheet",
    "wide_template",
]
