"""Tables of web pages, whatever they are called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest import LoadError, LoadProblem
from core.ingest import web_tables as tables_module
from core.ingest.web_tables import is_web_page, open_web_page


def _rows(page, number=0):
    return open_web_page(page.encode(), file_key="k").grids[number].cells.rows


def _problem(page):
    with pytest.raises(LoadError) as caught:
        _rows(page)
    return caught.value.problem


TABLE = "<table><tr><th>id<th>food<tr><td>a<td>1&nbsp;234<tr><td>b<td> 5 </table>"


def test_cells_are_text_with_single_blanks_and_entities_read_and_need_no_closing_tags():
    assert _rows(TABLE) == [["id", "food"], ["a", "1 234"], ["b", "5"]]


def test_a_page_in_korean_says_how_it_is_written():
    page = "<html><meta charset=euc-kr><table><tr><td>이름<td>식비<tr><td>가<td>1</table>"
    book = open_web_page(page.encode("cp949"), file_key="k")

    assert (book.encoding, book.grids[0].cells.rows[0]) == ("cp949", ["이름", "식비"])
    assert open_web_page(page.encode(), file_key="k").encoding == "utf-8"


def test_cells_that_span_several_leave_blanks_and_reach_down():
    page = "<table><tr><td rowspan=2>a<td colspan=2>b<td rowspan='2'>c<tr><td>d<td>e<tr><td>f</table>"

    assert _rows(page) == [["a", "b", None, "c"], [None, "d", "e", None], ["f"]]


def test_excel_s_own_xml_is_read_alike_and_cells_that_it_leaves_out_are_blank():
    page = """<?xml version="1.0"?><Workbook xmlns:ss="x"><Worksheet><Table><Row><Cell><Data>id</Data></Cell>
        <Cell><Data>food</Data></Cell><Cell><Data>rent</Data></Cell></Row>
        <Row><Cell><Data>a</Data></Cell><Cell ss:Index="3"><Data>7</Data></Cell></Row></Table></Worksheet></Workbook>"""

    assert _rows(page) == [["id", "food", "rent"], ["a", None, "7"]]


def test_scripts_comments_and_blank_rows_are_no_cells_and_lines_are_those_of_the_table():
    page = "<table><tr><td></tr><tr><td><script>x<table>'</script>a<!-- <td> --><td>b<tr><td>c<td>d<br>e</table>"
    cells = open_web_page(page.encode(), file_key="k").grids[0].cells

    assert (cells.rows, cells.lines.tolist()) == ([["a", "b"], ["c", "d e"]], [2, 3])


def test_a_table_within_another_is_one_of_its_own():
    page = f"<table><tr><td>menu<td>{TABLE}</td></tr><tr><td>x<td>y</table>"

    assert [_rows(page, 0)[-1], _rows(page, 1)[0]] == [["x", "y"], ["id", "food"]]


@pytest.mark.parametrize("page", ["<html><p>hello</p></html>", "<table><tr><td>1</table>", "<table>", "<html><!-- "])
def test_a_page_without_a_table_is_called_a_web_page(page):
    assert _problem(page) is LoadProblem.WEB_PAGE


def test_a_page_of_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(tables_module, "CELLS_MAX", 100)

    assert _problem("<table>" + "<tr><td colspan=50>x" * 3) is LoadProblem.TOO_MANY_CELLS


@pytest.mark.parametrize(
    "piece", ["<table><tr><td>", "<!--", "<script>", "<", "<td colspan=999999999>", "&amp", "<tr/"]
)
def test_what_is_repeated_without_end_is_read_in_one_pass(piece):
    with pytest.raises(LoadError):
        _rows("<table>" + piece * 20_000)


@given(st.lists(st.sampled_from(["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=3>", "a", "<"])))
def test_tags_in_any_order_give_tables_or_none(pieces):
    try:
        assert all(len(row) <= 60 for row in _rows("".join(pieces)))
    except LoadError as error:
        assert error.problem is LoadProblem.WEB_PAGE  # noqa: PT017 - either is fine, anything else is not


@pytest.mark.parametrize(
    ("content", "is_one"),
    [(b"\xef\xbb\xbf <HTML>", True), ("<table>".encode("utf-16"), True), (b"<!-- x -->", True), (b"<1,2", False)],
)
def test_a_web_page_is_known_by_its_beginning(content, is_one):
    assert is_web_page(content) is is_one
