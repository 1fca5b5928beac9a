"""Everything that turns somebody's file into a ``Table`` or a ``Catalogue``.

An upload goes ``read_upload`` → ``load``: the first gives a reading with all that was supposed, and what it has to ask;
between the two the user confirms it, or answers, and it is read again.
"""

from core.ingest.answers import AnswerError, Answers
from core.ingest.columns import propose_column
from core.ingest.load import Loaded, load
from core.ingest.mapping import Feature, Layout, LongMapping, WideMapping
from core.ingest.preview import Histogram, nonprivate_histograms
from core.ingest.problems import LoadError, LoadProblem, Rejection, RejectionReason, Rejections
from core.ingest.propose import propose_long, propose_wide
from core.ingest.read import read_sheet
from core.ingest.reading import ColumnReading, Question, Reading, Upload, Verdict
from core.ingest.sheet import RawSheet, SheetFormat
from core.ingest.templates import long_template, wide_template
from core.ingest.upload import read_upload

__all__ = [
    "AnswerError",
    "Answers",
    "ColumnReading",
    "Feature",
    "Histogram",
    "Layout",
    "LoadError",
    "LoadProblem",
    "Loaded",
    "LongMapping",
    "Question",
    "RawSheet",
    "Reading",
    "Rejection",
    "RejectionReason",
    "Rejections",
    "SheetFormat",
    "Upload",
    "Verdict",
    "WideMapping",
    "load",
    "long_template",
    "nonprivate_histograms",
    "propose_column",
    "propose_long",
    "propose_wide",
    "read_sheet",
    "read_upload",
    "wide_template",
]
