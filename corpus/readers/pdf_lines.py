"""Glyphs of a page put together to lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.content import join_lines
from corpus.readers.pdfium import Box, Glyph

_HYPHENS = {"\x02", "\ufffe", "\u00ad"}
"""What PDFium makes of a hyphen at a line's end."""

_WORD_GAP = 0.3
"""Gap between two pieces of one line, in font sizes, from which on a space stands for it."""

_SAME_BASELINE = 0.5
"""Font sizes by which baselines on one line may differ: small raised letters do by a third."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `size` is the font size of most of its characters, `baseline` its height, in points."""

    text: str
    box: Box
    size: float
    baseline: float


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines from top to bottom, pieces on one height joined from left to right."""
    return joined_pieces(pieces_of(glyphs))


def joined_pieces(pieces: Iterable[Line]) -> list[Line]:
    """Lines from top to bottom of pieces in any order."""
    pieces = sorted(pieces, key=lambda piece: (-piece.baseline, piece.box.left))
    rows: list[list[Line]] = []
    for piece in pieces:
        row = next((row for row in reversed(rows[-3:]) if all(_beside(other, piece) for other in row)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [_join(sorted(row, key=lambda piece: piece.box.left)) for row in rows]


def cell_text(glyphs: Iterable[Glyph]) -> str:
    """The text of a table cell on one line."""
    return join_lines(line.text for line in lines_of(glyphs))


def pieces_of(glyphs: Iterable[Glyph]) -> Iterator[Line]:
    """Runs of glyphs on one height, as the text layer has them."""
    run: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        ends = glyph.char in "\r\n\0"
        blank = glyph.char.isspace()
        if run and (ends or (last and not blank and _leaves_line(last, glyph))):
            yield from _piece(run)
            run, last = [], None
        if not ends:
            run.append(glyph)
            last = last if blank else glyph
    yield from _piece(run)


def _leaves_line(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    return abs(last.baseline - glyph.baseline) > _SAME_BASELINE * size or glyph.box.right < last.box.left - size


def _piece(run: Sequence[Glyph]) -> Iterator[Line]:
    seen = [glyph for glyph in run if not glyph.char.isspace()]
    if not seen:
        return
    text = "".join("-" if glyph.char in _HYPHENS else glyph.char for glyph in run).strip()
    size = Counter(round(glyph.size, 1) for glyph in seen).most_common(1)[0][0]
    baseline = Counter(round(glyph.baseline, 1) for glyph in seen).most_common(1)[0][0]
    yield Line(text, _around([glyph.box for glyph in seen]), size, baseline)


def _beside(one: Line, other: Line) -> bool:
    """Whether two pieces stand on one height without lying over each other."""
    size = max(one.size, other.size)
    overlap = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    return abs(one.baseline - other.baseline) <= _SAME_BASELINE * size and overlap < size / 2


def _join(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    text = row[0].text
    for left, right in pairwise(row):
        wide = right.box.left - left.box.right > _WORD_GAP * max(left.size, right.size)
        text += (" " if wide else "") + right.text
    longest = max(row, key=lambda piece: len(piece.text))
    return Line(text, _around([piece.box for piece in row]), longest.size, longest.baseline)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )
