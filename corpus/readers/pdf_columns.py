"""Pages set in two columns: where the gutter is, and the reading order that it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.pdf_lines import Line, joined_pieces
from corpus.readers.pdfium import Box

_MIN_LINES = 6
"""Lines in each column that it takes to see two."""

_MIN_CHARACTERS = 10
_FILLED = 0.75
"""Font sizes of a column's width and part of it that most of its lines fill: running text does, cells don't."""

_MIN_GUTTER = 1.0
"""Font sizes between the columns; words of a line stand closer."""

_MOST_ACROSS = 0.3
"""Part of the lines that may run over both columns: titles, summaries, captions."""

_MIN_BESIDE = 0.5
"""Part of the lower column's height at which the other stands beside it."""

_SAME_START = 3.0
"""Points by which the beginnings of a column's lines differ; paragraphs are indented further."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """Lines left and right of a gutter, and those that cross it."""

    left: list[Line]
    right: list[Line]
    across: list[Line]


def find_gutter(pieces: Sequence[Line]) -> float | None:
    """Where the right column of a page begins, in points; None for a page in one column."""
    starts = Counter(round(piece.box.left / _SAME_START) for piece in pieces)
    for start, count in starts.most_common(6):
        x = (start - 1) * _SAME_START
        if count >= _MIN_LINES / 2 and _is_gutter(_sides(pieces, x), x):
            return x
    return None


def in_columns(pieces: Sequence[Line], gutter: float, barriers: Sequence[Box]) -> list[Line]:
    """Lines in reading order: between two that run over the page, the left column stands before the right one.

    `barriers` are tables: one that crosses the gutter parts the columns too.
    """
    sides = _sides(pieces, gutter)
    wide = [box for box in barriers if box.left < gutter < box.right]
    tops = sorted({*(box.top for box in wide), *(line.box.top for line in sides.across)}, reverse=True)
    ordered: list[Line] = []
    upper = float("inf")
    for lower in [*tops, float("-inf")]:
        for part in (sides.across, sides.left, sides.right):
            ordered += joined_pieces(piece for piece in part if lower < piece.box.top <= upper)
        upper = lower
    return ordered


def _sides(pieces: Sequence[Line], x: float) -> _Sides:
    right = [piece for piece in pieces if piece.box.left >= x]
    left = [piece for piece in pieces if piece.box.right <= x]
    return _Sides(left, right, [piece for piece in pieces if piece.box.left < x < piece.box.right])


def _is_gutter(sides: _Sides, x: float) -> bool:
    left, right = sides.left, sides.right
    if min(len(left), len(right)) < _MIN_LINES or len(sides.across) > _MOST_ACROSS * (len(left) + len(right)):
        return False
    ends, start = max(piece.box.right for piece in left), min(piece.box.left for piece in right)
    wide = start - ends >= _MIN_GUTTER * left[0].size
    return wide and ends < x and _is_text(left) and _is_text(right) and _are_beside(left, right)


def _is_text(column: Sequence[Line]) -> bool:
    width = max(piece.box.right for piece in column) - min(piece.box.left for piece in column)
    full = sum(piece.box.right - piece.box.left >= _FILLED * width for piece in column)
    return width >= _MIN_CHARACTERS * column[0].size and full >= len(column) / 2


def _are_beside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    spans = [(min(p.box.bottom for p in side), max(p.box.top for p in side)) for side in (left, right)]
    (low, high), (other_low, other_high) = spans
    shared = min(high, other_high) - max(low, other_low)
    return shared >= _MIN_BESIDE * min(high - low, other_high - other_low)
