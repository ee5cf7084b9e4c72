"""Workbooks and separated values."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter

from corpus.records import Grid, Source

ReadOne = Callable[[bytes, str], Source]
Rows = Callable[[Grid], list[list[str]]]


@pytest.fixture
def workbook() -> bytes:
    """Two sheets with something in them and an empty one; a caption, merged cells, a note, a second table."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("规模")
    sheet.merge_range(0, 0, 0, 2, "2023年学校规模")
    sheet.merge_range(1, 0, 2, 0, "学校")
    sheet.merge_range(1, 1, 1, 2, "学生")
    sheet.write_row(2, 1, ["男", "女"])
    sheet.write_row(3, 0, ["南湾一职", 1310, 0.456])
    sheet.write(4, 0, "注：技工学校不计入。")
    sheet.write_row(7, 1, ["日期", "达标"])
    sheet.write(8, 1, date(2023, 9, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write(8, 2, True)
    book.add_worksheet("空")
    book.add_worksheet("说明").write(0, 0, "数据截至年底。")
    book.close()
    return buffer.getvalue()


def test_sheets_captions_tables_and_notes(workbook: bytes, read_one: ReadOne, rows: Rows) -> None:
    """Each sheet with content has a heading; single cells around a table are text; blank rows part tables."""
    source = read_one(workbook, "a.xlsx")
    assert [(b.text, b.style, b.line) for b in source.blocks] == [
        ("规模", "heading", 1),
        ("2023年学校规模", "body", 2),
        ("", "body", 3),
        ("注：技工学校不计入。", "body", 4),
        ("", "body", 5),
        ("说明", "heading", 6),
        ("数据截至年底。", "body", 7),
    ]
    first, second = (block.grid for block in source.blocks if block.grid)
    assert rows(first) == [["学校", "学生", "学生"], ["学校", "男", "女"], ["南湾一职", "1310", "0.456"]]
    assert rows(second) == [["日期", "达标"], ["2023-09-01", "TRUE"]]


def test_open_document_sheets(make_zip: Callable[..., bytes], read_one: ReadOne, rows: Rows) -> None:
    """An .ods with merged and repeated cells; its million repeated empty rows take no memory."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" '
        f'xmlns:text="{office}text:1.0"><office:body><office:spreadsheet><table:table table:name="规模">'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>学校</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>人数</text:p>'
        '</table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="string">'
        '<text:p>南湾一职</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1310">'
        '<text:p>1310</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="9.5">'
        "<text:p>9.5</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<m:manifest xmlns:m="{office}manifest:1.0"><m:file-entry m:full-path="/" m:media-type="x"/></m:manifest>'
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    source = read_one(make_zip(parts), "a.bin")
    assert source.blocks[0].text == "规模"
    grid = source.blocks[1].grid
    assert grid is not None
    assert rows(grid) == [["学校", "人数", "人数"], ["南湾一职", "1310", "9.5"]]


@pytest.mark.parametrize(
    ("name", "sign", "codec"), [("a.csv", ",", "gb18030"), ("a.csv", ";", "utf-8-sig"), ("a.tsv", "\t", "utf-16")]
)
def test_separated_values(read_one: ReadOne, rows: Rows, name: str, sign: str, codec: str) -> None:
    """Delimiter and encoding are recognised; quoted cells may hold line ends."""
    lines = [["学校", "在校生", "备注"], ["南湾一职", "2310", '"含\n分校"'], ["南湾二职", "1875", ""]]
    data = "\r\n".join(sign.join(line) for line in lines).encode(codec)
    grid = read_one(data, name).blocks[0].grid
    assert grid is not None
    assert rows(grid) == [["学校", "在校生", "备注"], ["南湾一职", "2310", "含 分校"], ["南湾二职", "1875", ""]]
