from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.catalogue import CATALOGUE_FILE, ProductKind, load_catalogue
from core.ingest.catalogue_file import catalogue_template, read_catalogue_csv
from core.ingest.catalogue_problems import CatalogueError, CatalogueProblem, RowProblem

HEADER = "id,kind,name_ko,base_rate,best_rate,term_months,benefits\n"


def _read(text, encoding="utf-8"):
    return read_catalogue_csv(text.encode(encoding))


def _error(text):
    with pytest.raises(CatalogueError) as caught:
        _read(text)
    return caught.value


def _only_error(row):
    upload = _read(HEADER + "fine,예금,괜찮은 예금,,,,\n" + row + "\n")
    assert [product.id for product in upload.catalogue.products] == ["fine"]
    (error,) = upload.row_errors
    assert error.line == 3
    return error


def test_the_built_in_catalogue_reads_as_itself():
    upload = read_catalogue_csv(CATALOGUE_FILE.read_bytes())

    assert upload.catalogue == load_catalogue()
    assert upload.n_errors == 0


def test_the_template_can_be_uploaded_as_it_is():
    assert len(read_catalogue_csv(catalogue_template()).catalogue) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_one_product_with_a_kind_and_a_name_is_enough(encoding, separator):
    text = f"종류{separator}상품명\r\n적금{separator}우리 동네 적금\r\n"

    (product,) = _read(text, encoding).catalogue.products

    assert (product.id, product.kind) == ("우리 동네 적금", ProductKind.SAVINGS)
    assert (product.names, product.conditions, product.base_rate) == ({"ko": "우리 동네 적금"}, {}, None)
    assert product.source == "upload"


@pytest.mark.parametrize(
    ("row", "column", "code", "blanks"),
    [
        ("x,예금,이름,높음,,,", "base_rate", RowProblem.NOT_A_RATE, {"value": "높음"}),
        ("x,예금,이름,350,,,", "base_rate", RowProblem.RATE_TOO_LARGE, {"value": "350", "limit": 100.0}),
        ("x,복권,이름,,,,", "kind", RowProblem.UNKNOWN_KIND, {"value": "복권"}),
        ("x,,이름,,,,", "kind", RowProblem.MISSING, {}),
        ("x,예금,,,,,", "name_ko", RowProblem.MISSING, {}),
        ("x,예금,이름,,,평생,", "term_months", RowProblem.NOT_A_TERM, {"value": "평생"}),
        ("x,예금,이름,,,,외식 많이", "benefits", RowProblem.NOT_BENEFITS, {"value": "외식 많이"}),
        ("fine,예금,이름,,,,", "id", RowProblem.DUPLICATE_ID, {"value": "fine", "first": 2}),
        ("x,예금,이름", None, RowProblem.RAGGED, {"cells": 3, "columns": 7}),
    ],
)
def test_a_row_at_fault_is_named_and_the_others_stay(row, column, code, blanks):
    error = _only_error(row)

    assert (error.column, error.code, dict(error.blanks)) == (column, code, blanks)


def test_everything_wrong_with_a_row_is_named_at_once():
    upload = _read(HEADER + "a,카드,하나,,,,\nb,복권,,높음,,,\n")

    assert {(error.column, error.code) for error in upload.row_errors} == {
        ("kind", RowProblem.UNKNOWN_KIND),
        ("base_rate", RowProblem.NOT_A_RATE),
        ("name_ko", RowProblem.MISSING),
    }


def test_a_formula_is_text():
    (product,) = _read('id,kind,name_ko\n=1+1,카드,"=HYPERLINK(""x"")"\n').catalogue.products

    assert (product.id, product.names["ko"]) == ("=1+1", '=HYPERLINK("x")')


def test_line_breaks_in_a_cell_become_blanks_and_do_not_shift_the_lines():
    upload = _read('id,kind,name_ko\na,카드,"두\n줄"\nb,복권,이름\n')

    assert upload.catalogue.products[0].names["ko"] == "두 줄"
    assert upload.row_errors[0].line == 4


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", CatalogueProblem.EMPTY_FILE),
        ("\n\n", CatalogueProblem.EMPTY_FILE),
        ("id,name\n", CatalogueProblem.MISSING_COLUMNS),
        ("kind,name_ko\n", CatalogueProblem.NO_PRODUCTS),
        ("kind,name_ko\n복권,이름\n", CatalogueProblem.NO_PRODUCTS),
        ("kind,name_ko\n카드,\0\n", CatalogueProblem.BROKEN_CSV),
    ],
)
def test_a_file_of_which_nothing_can_be_made_says_why(text, problem):
    assert _error(text).problem is problem


def test_missing_columns_are_named():
    assert dict(_error("id,provider\nx,y\n").blanks) == {"columns": "kind, name_ko"}


@given(st.binary(max_size=200))
def test_any_bytes_give_a_catalogue_or_a_reason(content):
    with suppress(CatalogueError):
        assert len(read_catalogue_csv(content).catalogue) >= 1


@given(st.lists(st.text(max_size=12), min_size=3, max_size=3))
def test_any_cells_give_a_product_or_name_what_is_wrong(cells):
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    text = f"kind,name_ko,base_rate\n카드,이름,1\n{quoted}\n".encode(errors="replace").decode()

    with suppress(CatalogueError):
        upload = _read(text)
        assert upload.catalogue.products[0].names["ko"] == "이름"
        assert len(upload.catalogue) == 2 or upload.n_errors or not any(cell.strip() for cell in cells)
