"""HTML tables: which are tables and which only lay out the page; rowspan, colspan and header rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.readers.content import join_lines
from corpus.records import Grid, GridCell

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MAX_SPAN = 1000
"""As in the HTML standard: a larger span is a slip."""

_LONG_CELL = 600
"""Characters from which on a cell of a table without rules holds a text, not a value."""

_LINE = re.compile(r"<br[^>]*>|</(?:p|div|li|tr|h[1-6])>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style|head|xml)\b.*?</\1>|<!--.*?-->", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """A table and the caption that stands inside it, "" if none."""

    grid: Grid
    caption: str


def is_layout(table: LexborNode) -> bool:
    """Whether the table only places text on the page: one cell, tables or headings or long texts inside."""
    if table.attributes.get("role") == "presentation":
        return True
    rows = list(_rows(table))
    cells = [cell for row in rows for cell in _cells(row)]
    if any(cell.tag == "th" for cell in cells):
        return False
    widest = max((sum(1 for _ in _cells(row)) for row in rows), default=0)
    if len(cells) < 2 or widest < 2:
        return True
    if any(inner.mem_id != table.mem_id for inner in table.css("table")) or table.css_first("h1, h2, h3") is not None:
        return True
    return len(rows) < 3 and any(len(cell.text()) > _LONG_CELL for cell in cells)


def read_table(table: LexborNode) -> HtmlTable:
    """The grid; header rows are those in `thead` or of `th` only, at the top."""
    taken: dict[int, int] = {}
    cells: list[GridCell] = []
    headers, in_header = 0, True
    for at, row in enumerate(_rows(table)):
        tags = [cell.tag for cell in _cells(row)]
        in_header = in_header and bool(tags) and (_in_head(row) or all(tag == "th" for tag in tags))
        headers += in_header
        cells += _read_row(row, at, taken)
    caption = next((cell_text(child) for child in table.iter() if child.tag == "caption"), "")
    return HtmlTable(Grid(tuple(cells), header_rows=headers or None), caption)


def cell_text(node: LexborNode) -> str:
    """A cell's text on one line, its paragraphs joined."""
    from selectolax.lexbor import LexborHTMLParser

    html = _HIDDEN.sub("", node.html or "")
    text = LexborHTMLParser(_wrap(_LINE.sub("\x1f", html))).text() if html else ""
    return join_lines(" ".join(part.split()) for part in text.split("\x1f"))


def _wrap(html: str) -> str:
    """Cells alone are no document."""
    return re.sub(r"^<(?:td|th|caption)\b[^>]*>|</(?:td|th|caption)>$", "", html.strip())


def _read_row(row: LexborNode, at: int, taken: dict[int, int]) -> Iterator[GridCell]:
    """Cells in the columns that no cell from above reaches into; `taken` says how many rows it still does."""
    column = 0
    reach: dict[int, int] = {}
    for node in _cells(row):
        while taken.get(column, 0):
            column += 1
        height, width = _span(node, "rowspan"), _span(node, "colspan")
        yield GridCell(cell_text(node), at, column, height, width)
        reach |= dict.fromkeys(range(column, column + width), height)
        column += width
    for other in list(taken):
        taken[other] -= 1
        if taken[other] <= 0:
            del taken[other]
    taken |= {place: height - 1 for place, height in reach.items() if height > 1}


def _span(node: LexborNode, name: str) -> int:
    text = (node.attributes.get(name) or "1").strip()
    return min(max(1, int(text)), _MAX_SPAN) if re.fullmatch(r"\d{1,6}", text) else 1


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child.iter() if row.tag == "tr")


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (cell for cell in row.iter() if cell.tag in {"td", "th"})


def _in_head(row: LexborNode) -> bool:
    return row.parent is not None and row.parent.tag == "thead"
