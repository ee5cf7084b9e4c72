"""Workbooks (.xlsx, .xls, .ods) and .csv, .tsv: a heading for each sheet, its tables as grids."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from corpus.readers.content import Content, fail
from corpus.readers.encoding import decode
from corpus.readers.limits import MAX_CELLS
from corpus.readers.ooxml import Package
from corpus.readers.text import check_size
from corpus.records import Block, Grid, GridCell

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Row = Sequence[str]
Merge = tuple[tuple[int, int], tuple[int, int]]
"""Upper left and lower right (row, column) of merged cells, from 0."""

_CELL_PLACE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,3})(\d{1,7})"')
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 20


def read_workbook(data: bytes, name: str) -> Content:  # noqa: ARG001 - readers have one shape
    """Blocks of all sheets that have something in them; `line` counts blocks from 1."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if data.startswith(b"PK"):
        _check_package(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise fail(
            "encrypted", "The file is protected by a password.", "Remove the password and add it again."
        ) from error
    except CalamineError as error:
        raise fail("damaged", f"The file is damaged ({error}).", "Open it, save it anew and add that.") from error
    blocks: list[Block] = []
    for title in workbook.sheet_names:
        tables = list(_sheet(workbook, title, len(blocks) + 2))
        if tables:
            blocks += [Block(title, len(blocks) + 1, style="heading", depth=1), *tables]
    return Content(tuple(blocks))


def read_csv(data: bytes, name: str) -> Content:
    """One grid for each run of rows without a blank line; tabs, semicolons and bars part cells too."""
    check_size(data)
    decoded = decode(data)
    delimiter = "\t" if name.lower().endswith((".tsv", ".tab")) else _delimiter(decoded.text)
    try:
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise fail("damaged", f"The table can't be taken apart ({error}).", "Save it anew as .xlsx.") from error
    _check_cells(len(rows), max(map(len, rows), default=0))
    texts = [[" ".join(cell.split()) for cell in row] for row in rows]
    return Content(tuple(_tables(texts, (), 1)), decoded.problems)


def _sheet(workbook: CalamineWorkbook, title: str, line: int) -> Iterator[Block]:
    sheet = workbook.get_sheet_by_name(title)
    _check_cells(sheet.total_height, sheet.total_width)
    rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    yield from _tables(rows, sheet.merged_cell_ranges or (), line)


def _tables(rows: Sequence[Row], merges: Sequence[Merge], line: int) -> Iterator[Block]:
    """Blank rows part tables; rows with a single cell before and after a table are its caption and notes."""
    for first, last in _runs(rows):
        inner = [at for at in range(first, last) if _filled(rows[at]) > 1]
        if not inner:
            inner = [last]
        top, bottom = inner[0], inner[-1] + 1
        for at in range(first, last):
            if at == top and top < last:
                yield Block("", line, grid=_grid(rows, merges, top, bottom))
                line += 1
            if not top <= at < bottom:
                yield Block(next(filter(None, rows[at])), line)
                line += 1


def _runs(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Half-open ranges of rows between blank ones."""
    start = None
    for at, row in enumerate(rows):
        if _filled(row) and start is None:
            start = at
        elif not _filled(row) and start is not None:
            yield start, at
            start = None
    if start is not None:
        yield start, len(rows)


def _filled(row: Row) -> int:
    return sum(map(bool, row))


def _grid(rows: Sequence[Row], merges: Sequence[Merge], top: int, bottom: int) -> Grid:
    """Rows `top` to `bottom`, empty columns at both sides cut off."""
    used = [at for row in rows[top:bottom] for at, text in enumerate(row) if text]
    left, right = min(used), max(used) + 1
    spans = {low: (high[0] - low[0] + 1, high[1] - low[1] + 1) for low, high in merges}
    hidden = {
        (row, column)
        for (r0, c0), (r1, c1) in merges
        for row in range(max(r0, top), min(r1 + 1, bottom))
        for column in range(c0, min(c1 + 1, right))
        if (row, column) != (r0, c0)
    }
    cells = []
    for at in range(top, bottom):
        for column in range(left, right):
            if (at, column) not in hidden:
                height, width = spans.get((at, column), (1, 1))
                text = rows[at][column] if column < len(rows[at]) else ""
                place = (at - top, column - left)
                cells.append(GridCell(text, *place, min(height, bottom - at), min(width, right - column)))
    return Grid(tuple(cells))


def _text(value: float | str | bool | time | date | datetime | timedelta) -> str:  # noqa: FBT001 - a cell's value
    """A value as a reader would write it: whole numbers without point, dates in ISO 8601."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    return " ".join(str(value).split())


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the same number of pieces most often."""
    lines = [line for line in text.splitlines()[: 2 * _SAMPLE_LINES] if line.strip()][:_SAMPLE_LINES]

    def fit(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(_DELIMITERS, key=fit)


def _check_cells(height: int, width: int) -> None:
    if height * width > MAX_CELLS:
        raise fail(
            "too-large",
            f"A sheet reaches over {height} rows and {width} columns, at most {MAX_CELLS:,} cells are read.",
            "Split it, or delete the cells far off its table.",
        )


def _check_package(data: bytes) -> None:
    """Caps, DOCTYPEs and far-off cells, before a parser lays the sheets out in memory."""
    package = Package(data)
    for part in package.names():
        if not part.lower().endswith((".xml", ".rels")):
            continue
        xml = package.read(part)
        if _DOCTYPE.search(xml.replace(b"\0", b"")):
            raise fail(
                "doctype",
                "The file declares a DOCTYPE or entities inside its XML, which office programs never write.",
                "It may be an attack; if you trust it, open it in an office program, save it anew and add that.",
            )
        if re.match(r"xl/worksheets/[^/]+\.xml", part, re.IGNORECASE):
            _check_cells(*_extent(xml))


def _extent(xml: bytes) -> tuple[int, int]:
    """Height and width of the part of a sheet that has cells."""
    rows, columns = (1 << 30, 0), (1 << 30, 0)
    for match in _CELL_PLACE.finditer(xml):
        row, column = int(match[2]), _column(match[1])
        rows = (min(rows[0], row), max(rows[1], row))
        columns = (min(columns[0], column), max(columns[1], column))
    return max(0, rows[1] - rows[0] + 1), max(0, columns[1] - columns[0] + 1)


def _column(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - ord("A") + 1
    return value
