"""Ruled tables of a .pdf: pdfplumber finds the cells between rules, PDFium's text layer fills them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from corpus.readers.pdf_cuts import rejoined
from corpus.readers.pdf_lines import cell_text, lines_of
from corpus.readers.pdf_rules import SNAP, across_only, open_sides
from corpus.readers.pdfium import Box, Glyph, RawPage, Rule
from corpus.records import Grid, GridCell

_MIN_RULES = 3
"""Rules that the barest table needs; fewer are underlines and borders."""

_UNEVEN = 12.0
"""Points by which the rules of one column may differ from row to row: about a character, so no cell fits between."""

_FULL = 2.0
"""Font sizes between a full line and the rule at its right: a cell's margin and less than a character."""

_MAX_CROSSINGS = 4_000_000
"""Pairs of level and upright rules that are looked at: 2,000 of each are beyond any table, within any drawing."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table, the part of the page that it takes, and the places of its vertical rules, in points."""

    grid: Grid
    box: Box
    columns: tuple[float, ...]
    full: frozenset[int] = frozenset()
    """Columns whose lowest cell has a last line that reaches its right side: it may go on elsewhere."""

    @property
    def rows(self) -> int:
        """Number of rows."""
        return max(cell.row + cell.row_span for cell in self.grid.cells)


def find_tables(page: RawPage) -> list[RuledTable]:
    """Tables of at least two rows and two columns with text in them; frames around text are none."""
    if len(page.rules) < _MIN_RULES:
        return []
    rules = _merged(page.rules)
    rules += open_sides(rules)
    rules += across_only(rules, page.glyphs)
    return [table for boxes in _cell_groups(rules) for table in _read(boxes, page.glyphs)]


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules drawn twice, in pieces or as thin rectangles become one."""
    from pdfplumber.table import merge_edges

    edges = merge_edges([_edge(rule) for rule in rules], SNAP, SNAP, SNAP, SNAP)
    return [
        Rule(Box(edge["x0"], -edge["bottom"], edge["x1"], -edge["top"]), upright=edge["orientation"] == "v")
        for edge in edges
    ]


def _cell_groups(rules: Sequence[Rule]) -> Iterator[list[Box]]:
    """The cells of each table, as pdfplumber finds them where rules cross (Nurminen's method)."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells

    uprights = sum(rule.upright for rule in rules)
    if uprights * (len(rules) - uprights) > _MAX_CROSSINGS:
        return
    edges = [_edge(rule) for rule in rules]
    for cells in cells_to_tables(intersections_to_cells(edges_to_intersections(edges, SNAP, SNAP))):
        yield [Box(left, -bottom, right, -top) for left, top, right, bottom in cells]


def _edge(rule: Rule) -> dict[str, Any]:
    """A rule as pdfplumber has it, heights counted downwards."""
    box = rule.box
    return {
        "x0": box.left,
        "x1": box.right,
        "top": -box.top,
        "bottom": -box.bottom,
        "width": box.right - box.left,
        "height": box.top - box.bottom,
        "orientation": "v" if rule.upright else "h",
    }


def continues(upper: RuledTable, lower: RuledTable) -> bool:
    """Whether the table at the top of a page can be the rest of the one at the foot of the page before.

    Both reach equally far, and the rules of one are among those of the other.
    """
    few, many = sorted((upper.columns, lower.columns), key=len)
    near = all(min(abs(one - other) for other in many) <= SNAP for one in few)
    ends = abs(upper.columns[0] - lower.columns[0]) <= SNAP and abs(upper.columns[-1] - lower.columns[-1]) <= SNAP
    return near and ends


def joined(upper: RuledTable, lower: RuledTable) -> RuledTable:
    """One table of both; a header that the second page repeats stands once, what the page's end cut is one again."""
    columns = max(upper.columns, lower.columns, key=len)
    above, below = _fitted(upper, columns), _fitted(lower, columns)
    height = upper.rows
    shift = height - _repeated_rows(above, below)
    moved = [replace(cell, row=cell.row + shift) for cell in below if cell.row + shift >= height]
    full = frozenset(_at(columns, upper.columns[column]) for column in upper.full)
    cells = tuple(rejoined(above, moved, height, full))
    return RuledTable(Grid(cells), upper.box, columns, frozenset(_at(columns, lower.columns[at]) for at in lower.full))


def evened(table: RuledTable) -> RuledTable:
    """The table without columns that are only the unevenness of rules: narrow ones that no cell has for itself."""
    columns, cells = list(table.columns), list(table.grid.cells)
    for at in reversed(range(len(columns) - 1)):
        narrow = columns[at + 1] - columns[at] <= _UNEVEN
        if narrow and not any(cell.column == at and cell.column_span == 1 for cell in cells):
            del columns[at + 1 if at + 2 < len(columns) else at]
            cells = [_without(cell, at) for cell in cells]
    return replace(table, grid=Grid(tuple(cells), table.grid.header_rows), columns=tuple(columns), full=frozenset())


def _without(cell: GridCell, column: int) -> GridCell:
    reaches = cell.column <= column < cell.column + cell.column_span
    return replace(cell, column=cell.column - (cell.column > column), column_span=cell.column_span - reaches)


def _fitted(table: RuledTable, columns: Sequence[float]) -> list[GridCell]:
    """The cells on the other table's finer columns."""
    places = [_at(columns, edge) for edge in table.columns]
    return [
        replace(
            cell,
            column=places[cell.column],
            column_span=places[cell.column + cell.column_span] - places[cell.column],
        )
        for cell in table.grid.cells
    ]


def _repeated_rows(above: Sequence[GridCell], below: Sequence[GridCell]) -> int:
    """How many rows at the top of both are the same."""
    upper, lower = _texts(above), _texts(below)
    same = 0
    while same < min(len(upper), len(lower)) - 1 and upper[same] == lower[same] and any(t for *_, t in upper[same]):
        same += 1
    return same


def _texts(cells: Iterable[GridCell]) -> list[list[tuple[int, int, str]]]:
    rows: dict[int, list[tuple[int, int, str]]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append((cell.column, cell.row_span, cell.text))
    return [sorted(rows[at]) for at in sorted(rows)]


def _read(cells: Sequence[Box], glyphs: Sequence[Glyph]) -> Iterator[RuledTable]:
    columns = _edges(edge for cell in cells for edge in (cell.left, cell.right))
    rows = _edges(-edge for cell in cells for edge in (cell.bottom, cell.top))
    if len(columns) < 3 or len(rows) < 3:
        return
    box = Box(columns[0], -rows[-1], columns[-1], -rows[0])
    inside = [glyph for glyph in glyphs if box.holds(glyph)]
    found = (_cell(cell, rows, columns, inside) for cell in cells)
    grid = Grid(tuple(sorted(found, key=lambda cell: (cell.row, cell.column))))
    if sum(bool(cell.text) for cell in grid.cells) > 1:
        lowest = {
            _at(columns, cell.left) for cell in cells if cell.bottom - box.bottom <= SNAP and _is_full(cell, inside)
        }
        yield RuledTable(grid, box, tuple(columns), frozenset(lowest))


def _is_full(cell: Box, inside: Sequence[Glyph]) -> bool:
    """Whether the last line in a cell reaches its right side: one more character would not fit in."""
    lines = lines_of(glyph for glyph in inside if cell.holds(glyph))
    return bool(lines) and cell.right - lines[-1].box.right <= _FULL * lines[-1].size


def _edges(values: Iterable[float]) -> list[float]:
    """Places of the rules, ascending, those within `SNAP` taken as one."""
    ordered = sorted(values)
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > SNAP]


def _at(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def _cell(box: Box, rows: list[float], columns: list[float], inside: list[Glyph]) -> GridCell:
    row, column = _at(rows, -box.top), _at(columns, box.left)
    text = cell_text(glyph for glyph in inside if box.holds(glyph))
    height, width = _at(rows, -box.bottom) - row, _at(columns, box.right) - column
    return GridCell(text, row, column, max(1, height), max(1, width))
