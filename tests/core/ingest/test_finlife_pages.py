"""Pages of the disclosure API: their envelope, the service they list, and pages that are missing."""

import json

import pytest

from core.ingest.catalogue_problems import CatalogueError, CatalogueProblem, RowProblem
from core.ingest.finlife_pages import find_missing_pages, product_id_of, read_page
from core.ingest.finlife_rates import Service


def answer(products=(), options=(), **fields):
    result = {"err_cd": "000", "prdt_div": "D", "baseList": list(products), "optionList": list(options), **fields}
    return json.dumps({"result": result}).encode()


def test_a_page_is_read_with_its_place_among_the_pages():
    page = read_page(answer([{"a": 1}], [{"b": 2}], now_page_no="2", max_page_no=3, total_count=41), 7)

    assert (page.file, page.service, page.number, page.of, page.total) == (7, Service.DEPOSIT, 2, 3, 41)
    assert (page.products, page.options) == ([{"a": 1}], [{"b": 2}])


def test_an_answer_without_its_envelope_or_its_lists_is_read_all_the_same():
    page = read_page(b'{"err_cd": "000", "prdt_div": "p", "baseList": null, "optionList": [null, {"c": 3}]}', 1)

    assert (page.service, page.number, page.of) == (Service.PENSION, 1, 1)
    assert (page.products, page.options) == ([], [{"c": 3}])


@pytest.mark.parametrize(
    ("option", "service"),
    [
        ({"save_trm": "12"}, Service.DEPOSIT),
        ({"save_trm": "12", "rsrv_type": "S"}, Service.SAVINGS),
        ({"lend_rate_min": 3}, Service.RENT),
        ({"lend_rate_min": 3, "mrtg_type": "A"}, Service.MORTGAGE),
        ({"crdt_prdt_type": "1"}, Service.CREDIT),
    ],
)
def test_without_its_letter_a_service_is_known_by_the_fields_that_only_it_has(option, service):
    assert read_page(answer(options=[option], prdt_div=None), 1).service is service


@pytest.mark.parametrize(
    ("content", "problem", "blanks"),
    [
        (b" ", CatalogueProblem.EMPTY_FILE, {}),
        (b"<html>", CatalogueProblem.NOT_JSON, {"file": 4}),
        (b"[]", CatalogueProblem.NOT_FINLIFE, {"file": 4}),
        (answer(prdt_div=None), CatalogueProblem.UNKNOWN_SERVICE, {"file": 4}),
        (answer(err_cd="021", err_msg="no"), CatalogueProblem.API_ERROR, {"file": 4, "err_cd": "021", "err_msg": "no"}),
    ],
)
def test_what_is_no_page_says_why(content, problem, blanks):
    with pytest.raises(CatalogueError) as refused:
        read_page(content, 4)

    assert (refused.value.problem, dict(refused.value.blanks)) == (problem, blanks)


@pytest.mark.parametrize("count", ["9" * 5000, "²", "-1", 1e300, "1e5"])
def test_a_count_that_is_none_counts_one(count):
    page = read_page(answer(now_page_no=count, max_page_no=count, total_count=count), 1)

    assert (page.number, page.of, page.total) == (1, 1, 1)


@pytest.mark.parametrize(
    "content",
    [
        b'{"result": {"err_cd": "000", "total_count": ' + b"9" * 5000 + b"}}",
        b"[" * 100_000,
        answer([{"fin_prdt_nm": "\ud800"}]),
        b'\xff\xfe{\x00"\x00',
    ],
)
def test_figures_without_end_depth_and_halves_of_characters_are_no_answer(content):
    with pytest.raises(CatalogueError) as refused:
        read_page(content, 1)

    assert refused.value.problem is CatalogueProblem.NOT_JSON


def test_pages_that_are_not_among_the_files_are_counted_by_service():
    pages = [read_page(answer(now_page_no=number, max_page_no=3), file) for file, number in enumerate((1, 3, 3), 1)]
    pages.append(read_page(answer(prdt_div="S"), 4))

    (missing,) = find_missing_pages(pages)

    assert (missing.code, dict(missing.blanks), missing.file) == (RowProblem.MISSING_PAGES, {"pages": 2, "of": 3}, 1)


def test_products_and_options_are_joined_by_company_and_code_and_of_credit_by_type():
    row = {"fin_co_no": "1", "fin_prdt_cd": " A ", "crdt_prdt_type": 2}

    assert product_id_of(Service.DEPOSIT, row) == "1-A"
    assert product_id_of(Service.CREDIT, row) == "1-A-2"
