"""One page of a .pdf as PDFium sees it: glyphs with their boxes, put together to lines."""

from __future__ import annotations

import ctypes
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.readers.content import join_lines

if TYPE_CHECKING:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

_SOFT_HYPHENS = {"\x02", "\ufffe", "\u00ad"}
"""What PDFium makes of a hyphen at a line's end."""

_WORD_GAP = 0.3
"""Gap between two pieces of one line, in font sizes, from which on a space stands for it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, origin at the lower left of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, glyph: Glyph) -> bool:
        """Whether the glyph's middle lies inside."""
        x, y = (glyph.box.left + glyph.box.right) / 2, (glyph.box.bottom + glyph.box.top) / 2
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character; PDFium's own spaces and line ends have an empty box."""

    char: str
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `size` is the font size of most of its characters, in points."""

    text: str
    box: Box
    size: float


def read_glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    """All characters of a page in the order of its text layer."""
    from pypdfium2 import raw  # type: ignore[import-untyped]

    textpage = page.get_textpage()
    rect = raw.FS_RECTF()
    glyphs = []
    for at in range(raw.FPDFText_CountChars(textpage.raw)):
        code = raw.FPDFText_GetUnicode(textpage.raw, at)
        raw.FPDFText_GetLooseCharBox(textpage.raw, at, ctypes.byref(rect))
        box = Box(rect.left, rect.bottom, rect.right, rect.top)
        glyphs.append(Glyph(chr(code), box, raw.FPDFText_GetFontSize(textpage.raw, at)))
    textpage.close()
    return glyphs


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines from top to bottom, pieces on one height joined from left to right."""
    pieces = sorted(_pieces(glyphs), key=lambda piece: (-piece.box.top, piece.box.left))
    rows: list[list[Line]] = []
    for piece in pieces:
        row = next((row for row in reversed(rows[-3:]) if _beside(row[0], piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [_join(sorted(row, key=lambda piece: piece.box.left)) for row in rows]


def cell_text(glyphs: Iterable[Glyph]) -> str:
    """The text of a table cell on one line."""
    return join_lines(line.text for line in lines_of(glyphs))


def _pieces(glyphs: Iterable[Glyph]) -> Iterator[Line]:
    """Runs of glyphs on one height, as the text layer has them."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char in "\r\n" or (run and _leaves_line(run[-1], glyph)):
            yield from _piece(run)
            run = []
        if glyph.char not in "\r\n\0":
            run.append(glyph)
    yield from _piece(run)


def _leaves_line(last: Glyph, glyph: Glyph) -> bool:
    if glyph.char.isspace() or last.char.isspace():
        return False
    middle = (glyph.box.bottom + glyph.box.top) / 2
    return not last.box.bottom <= middle <= last.box.top


def _piece(run: Sequence[Glyph]) -> Iterator[Line]:
    text = "".join("-" if glyph.char in _SOFT_HYPHENS else glyph.char for glyph in run)
    seen = [glyph for glyph in run if not glyph.char.isspace()]
    if not seen:
        return
    box = Box(
        min(glyph.box.left for glyph in seen),
        min(glyph.box.bottom for glyph in seen),
        max(glyph.box.right for glyph in seen),
        max(glyph.box.top for glyph in seen),
    )
    yield Line(text.strip(), box, Counter(round(glyph.size, 1) for glyph in seen).most_common(1)[0][0])


def _beside(first: Line, piece: Line) -> bool:
    """Whether two pieces share a height: the middle of one lies within the other, and they don't overlap."""
    middle = (piece.box.bottom + piece.box.top) / 2
    other = (first.box.bottom + first.box.top) / 2
    return first.box.bottom <= middle <= first.box.top or piece.box.bottom <= other <= piece.box.top


def _join(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    text = row[0].text
    for left, right in itertools.pairwise(row):
        wide = right.box.left - left.box.right > _WORD_GAP * max(left.size, right.size)
        text += (" " if wide else "") + right.text
    longest = max(row, key=lambda piece: len(piece.text))
    box = Box(
        row[0].box.left,
        min(piece.box.bottom for piece in row),
        max(piece.box.right for piece in row),
        max(piece.box.top for piece in row),
    )
    return Line(text, box, longest.size)
