"""Uploads of catalogues keep the first errors and count them all."""

from core.data.catalogue import load_catalogue
from core.ingest.catalogue_problems import ERRORS_MAX, RowProblem, catalogue_upload, row_error


def test_only_the_first_errors_are_kept_and_all_are_counted():
    errors = [row_error(line, "kind", RowProblem.MISSING) for line in range(ERRORS_MAX + 5)]
    upload = catalogue_upload(load_catalogue(), errors)

    assert upload.row_errors == tuple(errors[:ERRORS_MAX])
    assert upload.n_errors == ERRORS_MAX + 5


def test_the_figures_of_an_error_cannot_be_changed_from_outside():
    blanks = {"value": "x"}
    error = row_error(1, None, RowProblem.UNKNOWN_KIND, blanks=blanks)
    blanks["value"] = "y"

    assert dict(error.blanks) == {"value": "x"}
