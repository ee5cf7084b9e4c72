"""The only file that imports pypdfium2: a .pdf's pages as glyphs with their places.

PDFium is not safe for threads: whoever opens a file holds a lock until it is closed.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from corpus.readers.content import fail

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LOCK = Lock()
_MAX_NESTING = 4
"""Drawings inside drawings that are looked into for rules and pictures."""

_MAX_SEGMENTS = 2_000
"""Pieces of one path: a whole table drawn at once has a few hundred, a map or chart tens of thousands."""

_MIN_RULE = 1.0
_STRAIGHT = 0.5
"""Points: shorter pieces are the ends of thick lines, more slanted ones are no rules."""

_SLANTED = 0.2
"""Sine of the double angle above which text runs aslant: a watermark."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, origin at the lower left of the page as it is shown."""

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
    """A character; `size` is its font size as shown, `baseline` the height it stands on, both in points."""

    char: str
    box: Box
    size: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight upright or level line, an edge of a drawn rectangle too; its box has no width or no height."""

    box: Box
    upright: bool


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page's text layer in its own order, the rules drawn on it, and how many pictures and drawings it has."""

    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    height: float
    images: int
    paths: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is shown: `pixels` are uint8 of shape (height, width, 3), blue first; `points` is a pixel's side."""

    pixels: NDArray[np.uint8]
    points: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline that the file states; `level` from 1, `page` from 0."""

    title: str
    level: int
    page: int


class PdfFile:
    """An open file; pages count from 0."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - pypdfium2 has no types
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def page(self, at: int) -> RawPage | None:
        """Reads one page; None if it is damaged."""
        from pypdfium2 import PdfiumError, raw  # type: ignore[import-untyped]  # it has no types

        try:
            page = self._document[at]
        except PdfiumError:
            return None
        try:
            left, bottom, right, top = page.get_mediabox()
            turn = _turn(page.get_rotation(), Box(left, bottom, right, top))
            drawn = list(
                page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_NESTING)
            )
            paths = [item for item in drawn if item.type == raw.FPDF_PAGEOBJ_PATH]
            return RawPage(
                glyphs=tuple(_glyphs(page, turn)),
                rules=tuple(rule for path in paths for rule in _rules(path, turn)),
                height=page.get_height(),
                images=len(drawn) - len(paths),
                paths=len(paths),
            )
        finally:
            page.close()

    def picture(self, at: int, side: int) -> Picture:
        """One page as it is shown, its longer side `side` pixels long; the page must not be damaged."""
        page = self._document[at]
        try:
            scale = side / max(page.get_width(), page.get_height())
            bitmap = page.render(scale=scale)
            pixels = bitmap.to_numpy()[:, :, :3].copy()
            bitmap.close()
            return Picture(pixels, 1 / scale)
        finally:
            page.close()

    def bookmarks(self) -> Iterator[Bookmark]:
        """The outline, top to bottom."""
        for item in self._document.get_toc(max_depth=9):
            target = item.get_dest()
            page = None if target is None else target.get_index()
            if page is not None:
                yield Bookmark(item.get_title(), item.level + 1, page)


@contextmanager
def open_pdf(data: bytes) -> Iterator[PdfFile]:
    """An open file; raises `ReadError` "encrypted" or "damaged"."""
    import pypdfium2

    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise fail(
                    "encrypted", "The file is protected by a password.", "Remove the password and add it again."
                ) from error
            raise fail(
                "damaged", f"The file is cut off or damaged ({error}).", "Copy or download it again and add that."
            ) from error
        try:
            yield PdfFile(document)
        finally:
            document.close()


_Turn = Callable[[float, float], tuple[float, float]]


def _turn(rotation: int, media: Box) -> _Turn:
    """From the file's coordinates to those of the page as it is shown; `rotation` is clockwise in degrees."""
    turns: dict[int, _Turn] = {
        90: lambda x, y: (y - media.bottom, media.right - x),
        180: lambda x, y: (media.right - x, media.top - y),
        270: lambda x, y: (media.top - y, x - media.left),
    }
    return turns.get(rotation, lambda x, y: (x - media.left, y - media.bottom))


def _rules(path: Any, turn: _Turn) -> Iterator[Rule]:  # noqa: ANN401 - pypdfium2 has no types
    """The straight upright and level pieces of a drawn path."""
    from pypdfium2 import raw

    count = raw.FPDFPath_CountSegments(path.raw)
    if count > _MAX_SEGMENTS:
        return
    place = _placed(path, turn)
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(path.raw, at)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point, kind = place(x.value, y.value), raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_LINETO:
            yield from _rule(last, point)
        elif kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _rule(point, first)
        last = point


def _placed(item: Any, turn: _Turn) -> _Turn:  # noqa: ANN401 - pypdfium2 has no types
    """From an object's own coordinates to those of the shown page, through the drawings it is nested in."""
    matrices = []
    while item is not None:
        matrices.append(item.get_matrix())
        item = item.container

    def place(x: float, y: float) -> tuple[float, float]:
        for matrix in matrices:
            x, y = matrix.on_point(x, y)
        return turn(x, y)

    return place


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = start, end
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    width, height = box.right - box.left, box.top - box.bottom
    if max(width, height) >= _MIN_RULE and min(width, height) <= _STRAIGHT:
        yield Rule(box, upright=height > width)


def _glyphs(page: Any, turn: _Turn) -> Iterator[Glyph]:  # noqa: ANN401 - pypdfium2 has no types
    from pypdfium2 import raw

    textpage = page.get_textpage()
    text = textpage.raw
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    rect_at, matrix_at = ctypes.byref(rect), ctypes.byref(matrix)
    for at in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, at)
        raw.FPDFText_GetLooseCharBox(text, at, rect_at)
        raw.FPDFText_GetMatrix(text, at, matrix_at)
        if abs(math.sin(2 * math.atan2(matrix.b, matrix.a))) > _SLANTED:
            continue
        (x0, y0), (x1, y1) = turn(rect.left, rect.bottom), turn(rect.right, rect.top)
        box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
        yield Glyph(chr(code), box, size, turn(matrix.e, matrix.f)[1])
    textpage.close()
