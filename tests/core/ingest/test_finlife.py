"""Samples written for these tests in the format of the disclosure API; companies and products are invented."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.catalogue import ProductKind
from core.ingest.catalogue_problems import CatalogueError, CatalogueProblem, RowProblem
from core.ingest.finlife import import_finlife


def _base(code="P1", **fields):
    return {
        "dcls_month": "202605",
        "fin_co_no": "0010001",
        "kor_co_nm": "사그램은행",
        "fin_prdt_cd": code,
        "fin_prdt_nm": f"상품 {code}",
        "join_way": "인터넷,스마트폰",
        "dcls_strt_day": "20260501",
        "dcls_end_day": None,
        "fin_co_subm_day": "202605011000",
        **fields,
    }


def _option(code="P1", **fields):
    return {"dcls_month": "202605", "fin_co_no": "0010001", "fin_prdt_cd": code, **fields}


def _deposit(code="P1", **fields):
    defaults = {
        "mtrt_int": "만기 후\n- 1개월 이내 : 약정이율의 50%",
        "spcl_cnd": "급여 이체\n0.2%p\n\n첫 거래 0.1%p",
        "join_deny": "1",
        "join_member": "실명의 개인",
        "etc_note": "1인 1계좌\n",
        "max_limit": None,
    }
    return _base(code, **{**defaults, **fields})


def _rates(code="P1", *, months="12", base=2.5, best=3.1, **fields):
    return _option(
        code, intr_rate_type="S", intr_rate_type_nm="단리", save_trm=months, intr_rate=base, intr_rate2=best, **fields
    )


def _file(letter, products, options, *, page=1, of=1, total=None, **fields):
    result = {
        "prdt_div": letter,
        "total_count": total if total is not None else len(products),
        "max_page_no": of,
        "now_page_no": page,
        "err_cd": "000",
        "err_msg": "정상",
        "baseList": products,
        "optionList": options,
        **fields,
    }
    return json.dumps({"result": result}, ensure_ascii=False).encode()


def _only(*files):
    upload = import_finlife(list(files))
    (product,) = upload.catalogue.products
    return product, upload


def _error(*files):
    with pytest.raises(CatalogueError) as caught:
        import_finlife(list(files))
    return caught.value


def test_a_deposit_is_joined_with_its_option_over_twelve_months():
    options = [_rates(months="6", best=9.0), _rates(months="12"), _rates(months="24", best=8.0), _rates("other")]

    product, upload = _only(_file("D", [_deposit()], options))

    assert product.id == "0010001-P1"
    assert product.kind is ProductKind.DEPOSIT
    assert (product.base_rate, product.best_rate, product.term_months) == (2.5, 3.1, 12)
    assert (product.names, product.providers) == ({"ko": "상품 P1"}, {"ko": "사그램은행"})
    assert product.conditions["ko"] == "급여 이체 0.2%p 첫 거래 0.1%p · 1인 1계좌"
    assert product.eligibility["ko"] == "실명의 개인"
    assert (product.disclosure_month, product.source, dict(product.benefits)) == ("2026-05", "finlife", {})
    assert not product.is_illustrative
    (orphan,) = upload.row_errors
    assert (orphan.code, dict(orphan.blanks)) == (RowProblem.ORPHAN_OPTION, {"value": "0010001-other"})


def test_without_a_year_the_best_offer_counts_and_a_missing_base_rate_is_fine():
    options = [_rates(months="6", base=None, best=3.0), _rates(months="36", base=2.0, best=2.9)]

    product, upload = _only(_file("D", [_deposit()], options))

    assert (product.base_rate, product.best_rate, product.term_months) == (None, 3.0, 6)
    assert upload.n_errors == 0


def test_a_missing_best_rate_is_the_base_rate():
    product, _ = _only(_file("S", [_deposit()], [_rates(best=None, rsrv_type="F", rsrv_type_nm="자유적립식")]))

    assert product.kind is ProductKind.SAVINGS
    assert (product.base_rate, product.best_rate) == (2.5, 2.5)


def test_rates_and_counts_may_be_text():
    content = _file("D", [_deposit()], [_rates(base="연 2.5%", best="3,1")], page="1", of="1", total="1")

    product, upload = _only(content)

    assert (product.base_rate, product.best_rate) == (2.5, 3.1)
    assert upload.n_errors == 0


def test_an_annuity_shows_its_guaranteed_beside_its_disclosed_rate():
    base = _base(
        pnsn_kind="2", pnsn_kind_nm="연금저축보험", avg_prft_rate=2.35, dcls_rate="2.8", guar_rate="1.0", sale_co=None
    )
    options = [_option(paym_prd="10", pnsn_strt_age="60"), _option(paym_prd="10년", pnsn_strt_age="65")]

    product, upload = _only(_file("P", [base], options))

    assert product.kind is ProductKind.PENSION
    assert (product.base_rate, product.best_rate, product.term_months) == (1.0, 2.8, 10)
    assert upload.n_errors == 0


def test_a_rate_in_prose_is_named_and_the_product_kept():
    base = _base(pnsn_kind="2", dcls_rate=2.8, guar_rate="10년 이내 1.0%, 그 후 0.5%")

    product, upload = _only(_file("P", [base], []))

    assert (product.base_rate, product.best_rate) == (None, 2.8)
    (error,) = upload.row_errors
    assert (error.line, error.column, error.code, error.kept) == (1, "guar_rate", RowProblem.NOT_A_RATE, True)


@pytest.mark.parametrize("letter", ["M", "R"])
def test_a_loan_shows_the_highest_rate_beside_the_lowest_of_its_cheapest_option(letter):
    base = _base(loan_inci_expn="인지세", erly_rpay_fee="1.2%\n3년 이내", dly_rate="최고 연 12%", loan_lmt="최고 5억")
    options = [
        _option(rpay_type="D", lend_rate_type="F", lend_rate_min=4.1, lend_rate_max=5.0, lend_rate_avg=None),
        _option(rpay_type="S", lend_rate_type="C", lend_rate_min=3.8, lend_rate_max=4.6, lend_rate_avg=4.0),
    ]

    product, _ = _only(_file(letter, [base], options))

    assert product.kind is ProductKind.LOAN
    assert (product.base_rate, product.best_rate) == (4.6, 3.8)
    assert product.conditions["ko"] == "최고 5억 · 1.2% 3년 이내"
    assert product.eligibility == {}


def test_credit_is_joined_by_type_too_and_bands_of_nothing_are_not_offered():
    products = [_base(crdt_prdt_type=kind, cb_name="KCB") for kind in ("1", "2")]
    bands = {"crdt_grad_1": 5.1, "crdt_grad_4": 6.0, "crdt_grad_10": 0, "crdt_grad_13": None, "crdt_grad_avg": 1.0}
    options = [
        _option(crdt_prdt_type="1", crdt_lend_rate_type="A", **bands),
        _option(crdt_prdt_type="1", crdt_lend_rate_type="B", crdt_grad_1=3.0),
        _option(crdt_prdt_type="2", crdt_lend_rate_type="A", crdt_grad_1=7.5),
    ]

    one, two = import_finlife([_file("C", products, options)]).catalogue.products

    assert (one.id, one.base_rate, one.best_rate) == ("0010001-P1-1", 6.0, 5.1)
    assert (two.id, two.base_rate, two.best_rate) == ("0010001-P1-2", 7.5, 7.5)


def test_pages_and_services_join_in_any_order():
    files = [
        _file("D", [_deposit("P2")], [_rates("P1", best=9.9)], page=2, of=2, total=2),
        _file("S", [_deposit("P3")], [_rates("P3", rsrv_type="S")]),
        _file("D", [_deposit("P1")], [_rates("P2")], page=1, of=2, total=2),
    ]

    upload = import_finlife(files)

    assert {product.id: product.best_rate for product in upload.catalogue.products} == {
        "0010001-P2": 3.1,
        "0010001-P3": 3.1,
        "0010001-P1": 9.9,
    }
    assert upload.n_errors == 0


def test_a_missing_page_is_named_and_what_is_there_is_kept():
    _, upload = _only(_file("D", [_deposit()], [_rates()], page="1", of="3", total="25"))

    (error,) = upload.row_errors
    assert (error.code, dict(error.blanks), error.kept) == (RowProblem.MISSING_PAGES, {"pages": 1, "of": 3}, True)


def test_the_same_page_twice_names_every_product_once():
    page = _file("D", [_deposit()], [_rates()])

    _, upload = _only(page, page)

    (error,) = upload.row_errors
    assert (error.file, error.code, dict(error.blanks)) == (
        2,
        RowProblem.DUPLICATE_ID,
        {"value": "0010001-P1", "first": 1},
    )


def test_a_product_without_options_is_kept_and_named():
    product, upload = _only(_file("D", [_deposit()], []))

    assert (product.base_rate, product.best_rate) == (None, None)
    assert [error.code for error in upload.row_errors] == [RowProblem.NO_OPTIONS]


def test_a_product_without_its_name_or_code_is_left_out():
    _, upload = _only(_file("D", [_deposit(), _deposit("P2", fin_prdt_nm=None)], [_rates()]))

    (error,) = upload.row_errors
    assert (error.line, error.column, error.code) == (2, "fin_prdt_nm", RowProblem.MISSING)


def test_nobody_denied_means_anyone():
    assert _only(_file("D", [_deposit(join_member=None)], [_rates()]))[0].eligibility == {"ko": "누구나"}
    assert _only(_file("D", [_deposit(join_member=None, join_deny="3")], [_rates()]))[0].eligibility == {}


def test_the_service_is_known_without_its_letter():
    assert _only(_file(None, [_deposit()], [_rates(rsrv_type="S")]))[0].kind is ProductKind.SAVINGS
    assert _only(_file(None, [_deposit()], [_rates()]))[0].kind is ProductKind.DEPOSIT


def test_an_error_of_the_api_comes_with_http_200_and_is_told():
    refused = _error(_file("D", [_deposit()], []), _file("D", [], [], err_cd="021", err_msg="허용되지 않은 IP입니다."))

    assert refused.problem is CatalogueProblem.API_ERROR
    assert dict(refused.blanks) == {"file": 2, "err_cd": "021", "err_msg": "허용되지 않은 IP입니다."}


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ([], CatalogueProblem.EMPTY_FILE),
        ([b" \n"], CatalogueProblem.EMPTY_FILE),
        ([b"<html>"], CatalogueProblem.NOT_JSON),
        ([b"[" * 100_000], CatalogueProblem.NOT_JSON),
        ([b"[]"], CatalogueProblem.NOT_FINLIFE),
        ([b'{"result": {}}'], CatalogueProblem.NOT_FINLIFE),
        ([b'{"result": {"err_cd": "000", "baseList": [{"fin_co_no": "1"}]}}'], CatalogueProblem.UNKNOWN_SERVICE),
        ([_file("D", [], [])], CatalogueProblem.NO_PRODUCTS),
    ],
)
def test_what_is_no_answer_of_the_api_says_so(files, problem):
    assert _error(*files).problem is problem


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted({*_deposit(), *_rates(), "crdt_prdt_type"})), anything), anything)
def test_any_fields_give_products_or_a_reason(fields, options):
    for letter in "DSPMRC":
        content = _file(letter, [_deposit() | fields], options if isinstance(options, list) else [fields])
        with suppress(CatalogueError):
            assert len(import_finlife([content]).catalogue) >= 1
