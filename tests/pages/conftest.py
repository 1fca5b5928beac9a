"""Pages run without a server here, so Streamlit's remark that there is none says nothing."""

import logging

import pytest

from core.ingest import child, load
from core.ingest.catalogue_file import read_catalogue_csv
from core.ingest.finlife import import_finlife
from core.ingest.upload import read_upload
from ui.data import catalogue, pending

logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)


@pytest.fixture(autouse=True)
def _read_here(monkeypatch):
    """Read files in the tests' own process: a process for each of them would take a second."""
    monkeypatch.setattr(pending, "read_in_child", read_upload)
    monkeypatch.setattr(child, "load_in_child", load)
    monkeypatch.setattr(child, "keep_ready", lambda: None)
    monkeypatch.setattr(catalogue, "read_catalogue_in_child", read_catalogue_csv)
    monkeypatch.setattr(catalogue, "import_finlife_in_child", import_finlife)
