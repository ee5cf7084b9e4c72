"""Rows and high cells of a .pdf's table that a page's end has cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from corpus.readers.content import join_lines
from corpus.records import GridCell

_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）).．、]|[①-⑳]")
_ENDED = re.compile(r"[。！？；!?;]$")
_FIGURE = re.compile(r"[\d\s.,，%％+*/—-]+")

_Place = tuple[int, int]
"""Column and column span."""


def rejoined(
    above: Sequence[GridCell], below: Sequence[GridCell], border: int, full: AbstractSet[int]
) -> Iterator[GridCell]:
    """All cells, the cut ones whole; `below` begins at row `border`, `full` as in `RuledTable` for the upper part."""
    upper = {(cell.column, cell.column_span): cell for cell in above if cell.row + cell.row_span == border}
    lower = {(cell.column, cell.column_span): cell for cell in below if cell.row == border}
    if _is_cut_row(upper, lower, full):
        whole = {place: _one(cell, lower[place], rows=0) for place, cell in upper.items()}
        rest: Iterable[GridCell] = (replace(cell, row=cell.row - 1) for cell in below if cell.row > border)
    else:
        cut = {place for place in upper.keys() & lower.keys() if _is_cut_cell(upper[place], lower[place], full)}
        whole = {place: _one(upper[place], lower[place], rows=lower[place].row_span) for place in cut}
        rest = (cell for cell in below if cell.row > border or (cell.column, cell.column_span) not in cut)
    for cell in above:
        yield whole.get((cell.column, cell.column_span), cell) if cell.row + cell.row_span == border else cell
    yield from rest


def _one(cell: GridCell, rest: GridCell, *, rows: int) -> GridCell:
    return replace(cell, text=join_lines((cell.text, rest.text)), row_span=cell.row_span + rows)


def _is_cut_row(upper: Mapping[_Place, GridCell], lower: Mapping[_Place, GridCell], full: AbstractSet[int]) -> bool:
    """Whether the first row below is the rest of the last one above.

    It has the same cells, and what is in them goes on with full lines. Others are empty because their text had ended,
    or what goes on had a number and this has none.
    """
    if upper.keys() != lower.keys() or any(cell.row_span > 1 for cell in lower.values()):
        return False
    filled = [place for place, cell in lower.items() if cell.text]
    ended = any(upper[place].text and not cell.text for place, cell in lower.items())
    numbered = all(_NUMBERED.match(upper[place].text) for place in filled)
    return bool(filled) and (ended or numbered) and all(_goes_on(upper[at], lower[at], full) for at in filled)


def _goes_on(cell: GridCell, rest: GridCell, full: AbstractSet[int]) -> bool:
    begun = bool(cell.text) and cell.column in full and not _ENDED.search(cell.text)
    return begun and not _NUMBERED.match(rest.text) and not _FIGURE.fullmatch(rest.text)


def _is_cut_cell(cell: GridCell, rest: GridCell, full: AbstractSet[int]) -> bool:
    """Whether a cell over several rows was cut: nothing is left for the second page, or an item without its number."""
    if cell.row_span == rest.row_span == 1:
        return False
    if not rest.text:
        return rest.row_span > 1
    return _goes_on(cell, rest, full) and _NUMBERED.match(cell.text) is not None
