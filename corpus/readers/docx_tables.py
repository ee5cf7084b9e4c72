"""Word tables to grids: horizontal and vertical merges, header rows, tables inside cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from corpus.readers.docx_numbering import W, integer, is_on, value
from corpus.readers.docx_text import content
from corpus.records import Grid, GridCell

CellText = Callable[[ET.Element], str]
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}


@dataclass(slots=True)
class _Open:
    """A cell whose lower end is not known yet."""

    text: str
    row: int
    column: int
    width: int
    height: int = 1


def read_table(table: ET.Element, cell_text: CellText) -> Grid:
    """The grid of a `w:tbl`; `cell_text` gives the text of a `w:tc`."""
    cells: list[_Open] = []
    above: dict[int, _Open] = {}
    headers, in_header = 0, True
    for at, row in enumerate(rows(table)):
        in_header = in_header and is_on(row.find(f"{W}trPr/{W}tblHeader"))
        headers += in_header
        above = _read_row(row, at, above, cell_text)
        cells += [cell for cell in above.values() if cell.row == at]
    return Grid(
        tuple(GridCell(c.text, c.row, c.column, c.height, c.width) for c in cells),
        header_rows=headers or None,
    )


def only_cell(table: ET.Element) -> ET.Element | None:
    """The cell of a table that has just one: a frame around text, not a table."""
    found = [cell for row in rows(table) for cell in _wrapped(row, f"{W}tc")]
    return found[0] if len(found) == 1 else None


def rows(table: ET.Element) -> Iterator[ET.Element]:
    """Rows that were not deleted."""
    for row in _wrapped(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row


def cell_parts(cell: ET.Element, paragraph_text: Callable[[ET.Element], str]) -> Iterator[str]:
    """The lines of a cell; a table inside it gives one line a row."""
    for item in content(cell):
        if item.tag == f"{W}p":
            yield from paragraph_text(item).split("\n")
        else:
            for row in rows(item):
                inner = (" ".join(cell_parts(tc, paragraph_text)).strip() for tc in _wrapped(row, f"{W}tc"))
                yield " ".join(filter(None, inner))


def _read_row(row: ET.Element, at: int, above: dict[int, _Open], cell_text: CellText) -> dict[int, _Open]:
    """The cells that reach into this row, by column; cells from above that go on are lengthened."""
    here: dict[int, _Open] = {}
    column = integer(row.find(f"{W}trPr/{W}gridBefore"))
    for tc in _wrapped(row, f"{W}tc"):
        width = max(1, integer(tc.find(f"{W}tcPr/{W}gridSpan"), 1))
        vertical = tc.find(f"{W}tcPr/{W}vMerge")
        upper = above.get(column)
        text = cell_text(tc)
        if vertical is not None and value(vertical, "continue") == "continue" and upper and upper.width == width:
            upper.height += 1
            here[column] = upper
        elif value(tc.find(f"{W}tcPr/{W}hMerge"), "none") == "continue" and here:
            here[max(here)].width += width
        else:
            here[column] = _Open(text, at, column, width)
        column += width
    return here


def _wrapped(parent: ET.Element, tag: str) -> Iterator[ET.Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _wrapped(child, tag)
