"""The filter of rows: one fault a row, the first lines as examples, and tables of too few people."""

import numpy as np
import pytest

from core.ingest import LoadError, LoadProblem, RejectionReason, read_sheet
from core.ingest.problems import Rejection, Rejections
from core.ingest.row_filter import RowFilter, check_people

SHEET = read_sheet(b"id,food\na,1\nb\nc,x\nd,y\n", name="a.csv")


def test_a_row_keeps_its_first_fault_and_ragged_rows_count_as_well():
    rows = RowFilter(SHEET)
    rows.reject(np.array([False, True, True]), RejectionReason.NOT_A_NUMBER, header="food")
    rows.reject(np.array([False, False, True]), RejectionReason.DUPLICATE_PERSON, header="id")

    assert rows.kept.tolist() == [True, False, False]
    assert rows.rejections() == Rejections(
        counts={RejectionReason.NOT_A_NUMBER: 2, RejectionReason.RAGGED: 1},
        examples=(
            Rejection(line=3, reason=RejectionReason.RAGGED, column=None, value="b"),
            Rejection(line=4, reason=RejectionReason.NOT_A_NUMBER, column="food", value="x"),
            Rejection(line=5, reason=RejectionReason.NOT_A_NUMBER, column="food", value="y"),
        ),
    )


def test_a_filter_that_rejected_nothing_keeps_all_whole_rows():
    assert RowFilter(SHEET).kept.all()
    assert RowFilter(SHEET).rejections().counts == {RejectionReason.RAGGED: 1}


@pytest.mark.parametrize(("n_people", "n_rejected"), [(0, 0), (1, 5)])
def test_fewer_people_than_needed_are_refused(n_people, n_rejected):
    rejections = Rejections(counts={RejectionReason.MISSING: n_rejected} if n_rejected else {}, examples=())
    with pytest.raises(LoadError) as refused:
        check_people(rejections, n_people=n_people, n_rows=n_people + n_rejected, least=2)

    assert refused.value.problem is LoadProblem.TOO_FEW_PEOPLE
    assert dict(refused.value.blanks) == {"people": n_people, "least": 2}


def test_where_nobody_is_left_the_commonest_reason_and_its_first_line_are_named():
    examples = [
        Rejection(line=line, reason=reason, column="food", value="")
        for line, reason in ((2, RejectionReason.FORMULA), (3, RejectionReason.MISSING), (4, RejectionReason.MISSING))
    ]
    counts = {RejectionReason.FORMULA: 1, RejectionReason.MISSING: 2}
    with pytest.raises(LoadError) as refused:
        check_people(Rejections(counts=counts, examples=tuple(examples)), n_people=0, n_rows=3, least=2)

    assert refused.value.problem is LoadProblem.NOBODY_LEFT
    assert dict(refused.value.blanks) == {"rows": 3, "reason": RejectionReason.MISSING, "line": 3}
