"""Excel files: typed cells, and what is refused."""

import pandas as pd

from core.ingest import LoadProblem, SheetFormat, read_sheet
from tests.core.ingest.files import cells_of, excel, problem_of


def test_an_excel_file_reads_as_numbers_and_text_with_its_lines():
    frame = pd.DataFrame({"이름": ["가람", "나래"], "식비": [1.5, 2], "메모": ["3만원", 4], "빈칸": [1, None]})
    sheet = read_sheet(excel(frame, startrow=2), name="표.csv")

    assert sheet.format is SheetFormat.EXCEL
    assert sheet.header == ("이름", "식비", "메모", "빈칸")
    assert cells_of(sheet) == [["가람", 1.5, "3만원", 1.0], ["나래", 2.0, "4", None]]
    assert sheet.lines.tolist() == [4, 5]


def test_an_excel_file_without_rows_or_cells_is_refused():
    assert problem_of(excel(pd.DataFrame({"a": [], "b": []})), "a.xlsx")[0] is LoadProblem.HEADER_ONLY
    assert problem_of(excel(pd.DataFrame()), "a.xlsx")[0] is LoadProblem.EMPTY_FILE
