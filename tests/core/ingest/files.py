"""Uploaded files, made in memory, and what reading them gives."""

import io
import zipfile

import pytest

from core.ingest import LoadError, read_sheet

SEPARATORS = [",", ";", "\t"]
ENCODINGS = ["utf-8", "utf-8-sig", "cp949"]


def problem_of(content, name="file.csv"):
    """Return why ``content`` is refused, with its figures."""
    with pytest.raises(LoadError) as caught:
        read_sheet(content, name=name)
    return caught.value.problem, dict(caught.value.blanks)


def cells_of(sheet):
    """Return all rows of a sheet."""
    return [list(row.values()) for row in sheet.head(sheet.n_rows)]


def excel(frame, **options):
    """Write a workbook."""
    file = io.BytesIO()
    frame.to_excel(file, index=False, **options)
    return file.getvalue()


def parquet(frame):
    """Write a Parquet file."""
    file = io.BytesIO()
    frame.to_parquet(file, index=False)
    return file.getvalue()


_NAMESPACE = "http://schemas.openxmlformats.org"
_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_NAMESPACE}/package/2006/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Default Extension="xml" ContentType="application/xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_NAMESPACE}/package/2006/relationships">
        <Relationship Id="r1" Target="xl/workbook.xml"
        Type="{_NAMESPACE}/officeDocument/2006/relationships/officeDocument"/></Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{_NAMESPACE}/spreadsheetml/2006/main"
        xmlns:r="{_NAMESPACE}/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/>
        </sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_NAMESPACE}/package/2006/relationships">
        <Relationship Id="r1" Type="{_NAMESPACE}/officeDocument/2006/relationships/worksheet"
        Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="sharedStrings.xml"
        Type="{_NAMESPACE}/officeDocument/2006/relationships/sharedStrings"/></Relationships>""",
}


def excel_parts(*, sheet, strings="<sst/>", **others):
    """Write a workbook of one sheet from its parts as they are, for files that no program would write."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        named = {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings}
        for name, part in {**_PARTS, **named, **others}.items():
            parts.writestr(name, part)
    return file.getvalue()


def shared_text_bomb():
    """Write a workbook of some kilobytes in which 300 cells share a text of 3 MB: its reader makes a copy for each."""
    strings = f"<sst><si><t>{'x' * 3_000_000}</t></si></sst>"
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 301))
    return excel_parts(sheet=f"<worksheet><sheetData>{rows}</sheetData></worksheet>", strings=strings)
