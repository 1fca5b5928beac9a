import dataclasses
import io
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import UPLOAD, Column
from core.ingest import (
    Feature,
    LoadError,
    LoadProblem,
    RejectionReason,
    WideMapping,
    load,
    propose_long,
    propose_wide,
    read_sheet,
)
from core.limits import COLUMNS_MAX


def sheet_of(text):
    return read_sheet(text.encode(), name="a.csv")


def loaded(text):
    sheet = sheet_of(text)
    return load(sheet, propose_wide(sheet))


def loaded_long(text, **roles):
    sheet = sheet_of(text)
    return load(sheet, propose_long(sheet, **roles))


def rejected_rows(result):
    return [(row.line, row.reason, row.column, row.value) for row in result.rejections.examples]


def problem_of(load_it, *arguments):
    with pytest.raises(LoadError) as caught:
        load_it(*arguments)
    return caught.value.problem, dict(caught.value.blanks)


def feature(header, **changes):
    column = Column(key=header, labels={"ko": header, "en": header}, unit="", lower=0, upper=100)
    return Feature(header=header, column=dataclasses.replace(column, **changes))


def test_a_wide_sheet_becomes_its_people_in_manwon():
    result = loaded('id,식비(원),교통(만원)\n가,"12,000원",3\n나,3만 2천원,12000원\n')

    assert result.table.source == UPLOAD
    assert result.table.person_ids.tolist() == ["가", "나"]
    assert result.table.values.tolist() == [[pytest.approx(1.2), 3], [pytest.approx(3.2), pytest.approx(1.2)]]
    assert result.table.values.dtype == np.float32
    assert result.rejections.total == 0


def test_every_kind_of_bad_row_is_left_out_with_its_line_reason_column_and_value():
    result = loaded(
        "id,식비,교통\n"
        "a,1,2\n"
        "b,,2\n"
        "c,1,많이\n"
        "d,nan,2\n"
        "e,1,inf\n"
        "f,-1,2\n"
        "g,=1+1,2\n"
        "h,$5,2\n"
        "i,1e300,2\n"
        ",1,2\n"
        "a,3,4\n"
        "j,1\n"
        f"{'x' * 65},1,2\n"
        "k,3,4\n"
    )

    assert rejected_rows(result) == [
        (3, RejectionReason.MISSING, "식비", ""),
        (4, RejectionReason.NOT_A_NUMBER, "교통", "많이"),
        (5, RejectionReason.NOT_FINITE, "식비", "nan"),
        (6, RejectionReason.NOT_FINITE, "교통", "inf"),
        (7, RejectionReason.NEGATIVE, "식비", "-1"),
        (8, RejectionReason.FORMULA, "식비", "=1+1"),
        (9, RejectionReason.OTHER_UNIT, "식비", "$5"),
        (10, RejectionReason.TOO_LARGE, "식비", "1e300"),
        (11, RejectionReason.MISSING_PERSON, "id", ""),
        (12, RejectionReason.DUPLICATE_PERSON, "id", "a"),
        (13, RejectionReason.RAGGED, None, "j,1"),
        (14, RejectionReason.LONG_PERSON, "id", "x" * 23 + "…"),
    ]
    assert result.table.person_ids.tolist() == ["a", "k"]
    assert result.rejections.total == 12


def test_a_row_with_two_faults_counts_once_under_the_first_column():
    result = loaded("id,식비,교통\na,x,y\nb,1,2\nc,1,2\n")

    assert result.rejections.counts == {RejectionReason.NOT_A_NUMBER: 1}
    assert rejected_rows(result) == [(2, RejectionReason.NOT_A_NUMBER, "식비", "x")]


def test_a_duplicate_of_a_rejected_row_is_the_first_of_its_name():
    result = loaded("id,식비\na,x\na,2\nb,3\n")

    assert result.table.person_ids.tolist() == ["a", "b"]
    assert result.rejections.counts == {RejectionReason.NOT_A_NUMBER: 1}


def test_only_the_first_rejections_are_kept_one_by_one(monkeypatch):
    monkeypatch.setattr("core.ingest.row_filter.EXAMPLES_MAX", 3)
    sheet = sheet_of("food\n" + "x\n" * 10 + "1\n2\n")
    result = load(sheet, WideMapping(features=(feature("food"),)))

    assert [row.line for row in result.rejections.examples] == [2, 3, 4]
    assert result.rejections.total == 10


def test_negative_values_are_kept_where_the_bounds_allow_them():
    sheet = sheet_of("balance\n-5\n5\n")
    result = load(sheet, WideMapping(features=(feature("balance", lower=-10, upper=10),)))

    assert result.table.values.tolist() == [[-5], [5]]


def test_values_outside_the_bounds_are_kept_for_the_figure_of_what_is_clipped():
    result = loaded("식비(만원),교통(만원)\n301,1\n1,1\n")

    assert result.table.nonprivate_clipped().tolist() == [[0, 1], [0, 0]]


def test_people_without_names_are_numbered():
    result = loaded("식비,교통\n1,2\n3,4\n")

    assert result.table.person_ids is None
    assert result.table.person_id(1) == "2"


def test_a_constant_column_is_fine():
    assert loaded("식비,교통\n1,7\n3,7\n").table.n_people == 2


@pytest.mark.parametrize("n_people", [0, 1])
def test_too_few_people_are_refused(n_people):
    text = "id,식비\n" + "".join(f"p{place},1\n" for place in range(n_people)) + "x,bad\ny,bad\n"
    sheet = sheet_of(text)
    mapping = WideMapping(features=(feature("식비"),), person="id")
    blanks = (
        {"rows": 2, "reason": RejectionReason.NOT_A_NUMBER, "line": 2} if n_people == 0 else {"people": 1, "least": 2}
    )

    assert problem_of(load, sheet, mapping) == (
        LoadProblem.NOBODY_LEFT if n_people == 0 else LoadProblem.TOO_FEW_PEOPLE,
        blanks,
    )


def test_a_file_of_ragged_rows_only_has_nobody_left():
    assert problem_of(sheet_of, "id,food\na\nb\n") == (
        LoadProblem.NOBODY_LEFT,
        {"rows": 2, "reason": RejectionReason.RAGGED, "line": 2},
    )


def test_nothing_or_too_much_chosen_is_refused():
    sheet = sheet_of("a,b\nx,1\n")
    many = tuple(feature(f"c{place}") for place in range(COLUMNS_MAX + 1))

    assert problem_of(load, sheet, WideMapping(features=())) == (LoadProblem.NOTHING_CHOSEN, {})
    assert problem_of(load, sheet, WideMapping(features=many)) == (
        LoadProblem.TOO_MANY_CHOSEN,
        {"columns": COLUMNS_MAX + 1, "limit": COLUMNS_MAX},
    )


def test_transactions_are_summed_by_person_and_category_with_refunds():
    result = loaded_long("고객,분류,금액\n나,외식,30000\n가,커피,5000\n가,외식,10000\n가,교통,20000\n나,외식,-10000\n")
    keys = [column.key for column in result.table.columns]
    people = {result.table.person_id(row): result.table.values[row] for row in range(result.table.n_people)}

    assert people["가"][keys.index("restaurants")] == pytest.approx(1.5)
    assert people["가"][keys.index("transport")] == pytest.approx(2)
    assert people["나"][keys.index("restaurants")] == pytest.approx(2)
    assert result.table.values.sum() == pytest.approx(5.5)


def test_monthly_amounts_are_totals_over_the_months():
    text = "person,date,category,amount\na,2026-01-05,food,30\na,2026-03-05,food,30\nb,2026-02-01,taxi,9\n"
    total, monthly = loaded_long(text), loaded_long(text, months=3, per_month=True)

    assert total.table.values[0, 0] == 60
    assert monthly.table.values[0, 0] == 20


def test_bad_transactions_are_left_out_with_their_reasons():
    result = loaded_long(
        "고객,분류,금액\n가,외식,10000\n,외식,1\n나,,1\n나,점괘,1\n나,교통,x\n나,교통,2\n다,교통,=1\n", category="분류"
    )

    assert rejected_rows(result) == [
        (3, RejectionReason.MISSING_PERSON, "고객", ""),
        (4, RejectionReason.MISSING_CATEGORY, "분류", ""),
        (5, RejectionReason.UNKNOWN_CATEGORY, "분류", "점괘"),
        (6, RejectionReason.NOT_A_NUMBER, "금액", "x"),
        (8, RejectionReason.FORMULA, "금액", "=1"),
    ]
    assert result.table.person_ids.tolist() == ["가", "나"]


def test_too_many_people_by_columns_are_refused(monkeypatch):
    # The package's function of this name hides the module from a plain import.
    monkeypatch.setattr(sys.modules["core.ingest.load"], "SHEET_CELLS_MAX", 23)
    sheet = sheet_of("고객,분류,금액\n가,외식,1\n나,외식,1\n")

    assert problem_of(load, sheet, propose_long(sheet)) == (LoadProblem.TOO_MANY_CELLS, {"cells": 24, "limit": 23})


def test_equal_content_and_schema_have_equal_keys_and_nothing_else_does():
    text = "id,식비,상품\na,1,card-fuel\nb,2,\n"
    sheet = sheet_of(text)
    mapping = propose_wide(sheet)
    wider = dataclasses.replace(mapping.features[0].column, upper=999.0)
    others = [
        loaded(text.replace("b,2", "b,3")),
        loaded(text.replace("b,2", "c,2")),
        loaded(text.replace("card-fuel", "card-baby")),
        load(sheet, dataclasses.replace(mapping, person=None)),
        load(sheet, dataclasses.replace(mapping, products=())),
        load(sheet, dataclasses.replace(mapping, features=(dataclasses.replace(mapping.features[0], column=wider),))),
    ]
    keys = {load(sheet, mapping).table.content_key, *(other.table.content_key for other in others)}

    assert load(sheet, mapping).table.content_key == loaded(text).table.content_key
    assert len(keys) == len(others) + 1
    assert all(other.file_key == sheet.file_key for other in others[3:])


def test_one_persons_row_changes_nobody_elses():
    text = "id,식비,교통\na,1,2\nb,3,4\n"
    without, with_one_more = loaded(text), loaded(text + "c,999999,0\n")

    assert with_one_more.table.columns == without.table.columns
    assert (with_one_more.table.values[:2] == without.table.values).all()


def test_excel_and_parquet_load_like_csv():
    frame = pd.DataFrame({"id": ["가", "나"], "식비(만원)": [1.5, 2.0], "교통(만원)": [3, 4]})
    excel, parquet = io.BytesIO(), io.BytesIO()
    frame.to_excel(excel, index=False)
    frame.to_parquet(parquet, index=False)
    contents = [frame.to_csv(index=False).encode(), excel.getvalue(), parquet.getvalue()]
    sheets = [read_sheet(content, name="a") for content in contents]

    assert len({load(sheet, propose_wide(sheet)).table.content_key for sheet in sheets}) == 1


amounts = st.integers(0, 3_000_000).map(lambda tenths: tenths / 10)
names = st.text(st.sampled_from("가나다라abc 12"), min_size=1, max_size=6).map(str.strip).filter(bool)


@given(
    st.dictionaries(names, st.tuples(amounts, amounts), min_size=2, max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp949"]),
    st.sampled_from(["{:.1f}", "{:,.1f}", "{:,.1f}만원", "￦{:,.1f}"]),
)
def test_wide_files_come_back_as_the_people_they_were_written_from(people, separator, encoding, spelling):
    in_won = spelling.startswith("￦")
    rows = [
        [name, *(spelling.format(value * (10_000 if in_won else 1)) for value in pair)] for name, pair in people.items()
    ]
    frame = pd.DataFrame(rows, columns=["이름", "식비(만원)", "교통(만원)"])
    content = frame.to_csv(index=False, sep=separator).encode(encoding)
    sheet = read_sheet(content, name="a.csv")
    result = load(sheet, propose_wide(sheet))

    assert result.rejections.total == 0
    assert result.table.person_ids.tolist() == list(people)
    assert result.table.values == pytest.approx(np.asarray(list(people.values()), dtype=np.float32))
