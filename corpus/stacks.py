"""Tables that stand one below the other in one frame, each under a row that names it and a header of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.columns import counted, plain_figure
from corpus.records import Grid, GridCell

_MIN_WIDTH = 3  # columns; in two, a name without a value is no banner


def parts(grid: Grid) -> list[Grid]:
    """The tables in a frame, the frame itself where it holds one.

    A row that is one cell over the whole width begins a table when the next row names columns anew; otherwise it heads
    a group of rows under the same columns.
    """
    rows = _rows(grid)
    edges = [0, *starts(grid), len(rows)]
    return [_part(grid, first, last, rows) for first, last in pairwise(edges)]


def starts(grid: Grid) -> list[int]:
    """Rows at which a further table begins in a frame."""
    rows = _rows(grid)
    banners = [n for n in range(len(rows)) if _is_banner(n, rows)]
    return [n for n in banners if n and n - 1 not in banners and _names_anew(rows, banners, n)]


def _rows(grid: Grid) -> list[list[GridCell]]:
    """The cells with text that begin in each row, in the order of their columns."""
    height = max((cell.row + cell.row_span for cell in grid.cells), default=0)
    rows: list[list[GridCell]] = [[] for _ in range(height)]
    for cell in sorted(grid.cells, key=lambda cell: cell.column):
        if cell.text.strip():
            rows[cell.row].append(cell)
    return rows


def _width(rows: Sequence[Sequence[GridCell]]) -> int:
    return max((cell.column + cell.column_span for row in rows for cell in row), default=0)


def _is_banner(at: int, rows: Sequence[Sequence[GridCell]]) -> bool:
    """One cell over the whole width, or alone in its row where cells are never merged."""
    row = rows[at]
    if len(row) != 1 or row[0].column or row[0].row_span > 1 or plain_figure(row[0].text.strip()):
        return False
    width = _width(rows)
    if row[0].column_span == width:
        return width > 1
    reached = any(cell.row + cell.row_span > at for above in rows[:at] for cell in above)
    return width >= _MIN_WIDTH and row[0].column_span == 1 and not reached


def _names_anew(rows: Sequence[Sequence[GridCell]], banners: Sequence[int], at: int) -> bool:
    """The row behind the banner is a header: words that differ over columns of figures, or the first header again."""
    named = next((n for n in range(at, len(rows)) if n not in banners), len(rows))
    end = next((n for n in banners if n > named), len(rows))
    if named + 1 >= end:
        return False
    texts = [cell.text.strip() for cell in rows[named]]
    first = next((row for n, row in enumerate(rows) if n not in banners), [])
    if texts == [cell.text.strip() for cell in first]:
        return True
    if len(set(texts)) < max(2, len(texts)) or any(map(plain_figure, texts)):
        return False
    below = [cell for row in rows[named + 1 : end] for cell in row]
    return any(_over_figures(cell, below) for cell in rows[named] if cell.column)


def _over_figures(name: GridCell, below: Sequence[GridCell]) -> bool:
    under = [cell.text for cell in below if name.column <= cell.column < name.column + name.column_span]
    return sum(map(counted, under)) * 2 > len(under)


def _part(grid: Grid, first: int, last: int, rows: Sequence[Sequence[GridCell]]) -> Grid:
    """Rows `first` to `last` as a frame of their own, under a banner over all its columns."""
    if first == 0 and last == len(rows):
        return grid
    cells = [replace(cell, row=cell.row - first) for cell in grid.cells if first <= cell.row < last]
    width = _width(rows)
    if first:
        banner = replace(rows[first][0], row=0, column_span=width)
        cells = [banner, *(cell for cell in cells if cell.row)]
    return Grid(tuple(cells), None if first else grid.header_rows)
