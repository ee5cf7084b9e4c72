"""Ruled tables of a .pdf: pdfplumber finds the cells, PDFium's text layer fills them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.readers.pdf_page import Box, Glyph, cell_text
from corpus.records import Grid, GridCell

if TYPE_CHECKING:
    from pdfplumber.page import Page

_SNAP = 3.0
"""Points within which two rules count as one, pdfplumber's own tolerance."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table and the part of the page that it takes."""

    grid: Grid
    box: Box


def find_tables(page: Page, glyphs: Sequence[Glyph]) -> Iterator[RuledTable]:
    """Tables of at least two rows and two columns with text in them; frames around text are none."""
    height = float(page.height)
    for table in page.find_tables():
        cells = [_box(cell, height) for cell in table.cells]
        columns = _edges(edge for cell in cells for edge in (cell.left, cell.right))
        rows = _edges(-edge for cell in cells for edge in (cell.bottom, cell.top))
        box = _box(table.bbox, height)
        inside = [glyph for glyph in glyphs if box.holds(glyph)]
        grid = Grid(tuple(_cell(cell, rows, columns, inside) for cell in cells))
        if len(columns) > 2 and len(rows) > 2 and sum(bool(cell.text) for cell in grid.cells) > 1:
            yield RuledTable(grid, box)


def _box(bbox: tuple[float, float, float, float], height: float) -> Box:
    left, top, right, bottom = bbox
    return Box(left, height - bottom, right, height - top)


def _edges(values: Iterable[float]) -> list[float]:
    """Places of the rules, ascending, those within `_SNAP` taken as one."""
    ordered = sorted(values)
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > _SNAP]


def _at(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def _cell(box: Box, rows: list[float], columns: list[float], inside: list[Glyph]) -> GridCell:
    row, column = _at(rows, -box.top), _at(columns, box.left)
    text = cell_text(glyph for glyph in inside if box.holds(glyph))
    height, width = _at(rows, -box.bottom) - row, _at(columns, box.right) - column
    return GridCell(text, row, column, max(1, height), max(1, width))
