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
from typing import Any

from corpus.readers.content import fail

_LOCK = Lock()
_MAX_NESTING = 4
"""Drawings inside drawings that are looked into for rules and pictures."""

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
class RawPage:
    """A page's text layer in its own order, and how many drawn paths and pictures there are."""

    glyphs: tuple[Glyph, ...]
    width: float
    height: float
    paths: int
    images: int


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

    def page(self, at: int) -> RawPage:
        """Reads one page."""
        from pypdfium2 import raw  # type: ignore[import-untyped]  # it has no types

        page = self._document[at]
        try:
            kinds = [item.type for item in page.get_objects(max_depth=_MAX_NESTING)]
            left, bottom, right, top = page.get_mediabox()
            turn = _turn(page.get_rotation(), Box(left, bottom, right, top))
            return RawPage(
                glyphs=tuple(_glyphs(page, turn)),
                width=page.get_width(),
                height=page.get_height(),
                paths=kinds.count(raw.FPDF_PAGEOBJ_PATH),
                images=kinds.count(raw.FPDF_PAGEOBJ_IMAGE),
            )
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
