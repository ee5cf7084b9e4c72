"""The pages of a .pdf as lines and tables; which are scans, whose text is recognised where the extra `ocr` is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.readers import ocr
from corpus.readers.content import fail
from corpus.readers.limits import MAX_OCR_PAGES
from corpus.readers.pdf_columns import find_gutter, in_columns
from corpus.readers.pdf_lines import Line, joined_pieces, pieces_of
from corpus.readers.pdf_tables import RuledTable, find_tables
from corpus.readers.pdfium import PdfFile, RawPage
from corpus.records import Problem

_SCAN_CHARACTERS = 20
"""Characters up to which a page with a picture counts as scanned: stamps and page numbers have fewer."""

_SCAN_PATHS = 200
"""Drawings from which on such a page may be text set as outlines, one or more for each character."""

Origin = Literal["text", "recognised", "scan", "damaged"]
"""Where a page's lines come from; the pages of the last two have none."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page, in points, origin at the lower left; lines in reading order."""

    lines: Sequence[Line]
    tables: Sequence[RuledTable]
    height: float
    origin: Origin = "text"
    gutter: float | None = None
    """Where the right one of two columns begins."""


def read_pages(file: PdfFile) -> list[Page]:
    """All pages in order."""
    pages: list[Page] = []
    left = MAX_OCR_PAGES if ocr.available() else 0
    for at in range(len(file)):
        page = file.page(at)
        if page is None:
            pages.append(Page((), (), 0.0, "damaged"))
        elif not _is_scan(page):
            pages.append(_read_page(page))
        elif left:
            left -= 1
            pages.append(_page(ocr.recognise(file.picture(at, ocr.PICTURE_SIDE)), (), page.height, "recognised"))
        else:
            pages.append(Page((), (), page.height, "scan"))
    return pages


def page_problems(pages: Sequence[Page]) -> Iterator[Problem]:
    """What the user should know of the pages; raises `ReadError` "damaged" or "scan" if none can be read."""
    damaged, scanned, recognised = (_pages_of(pages, origin) for origin in ("damaged", "scan", "recognised"))
    if len(damaged) == len(pages):
        raise fail("damaged", "None of the file's pages can be read.", "Copy or download it again and add that.")
    if not any(page.lines or page.tables for page in pages) and (scanned or recognised):
        raise _no_text(len(pages), recognised=bool(recognised))
    if damaged:
        yield Problem("damaged-pages", f"Pages {_ranges(damaged)} are damaged and were left out. Copy the file again.")
    if scanned:
        yield Problem("scan", f"Pages {_ranges(scanned)} are pictures without text and were left out. {_remedy()}")
    if recognised:
        told = "are pictures; their text was recognised and may have wrong characters"
        yield Problem("recognised", f"Pages {_ranges(recognised)} {told}. Compare what you quote with the file.")


def _no_text(pages: int, *, recognised: bool) -> Exception:
    if recognised:
        message = f"The file is a scan: on its {pages} pages no text could be recognised."
        return fail("scan", message, "Check that it is the right file, or scan it again, upright and sharper.")
    return fail("scan", f"The file is a scan: its {pages} pages are pictures without text.", _remedy())


def _remedy() -> str:
    if ocr.available():
        return f"At most {MAX_OCR_PAGES} pages of a file are recognised: split it and add the parts."
    return "Install the extra `ocr` (pip install 'wenbao[ocr]') or run text recognition over it and add the result."


def _read_page(page: RawPage) -> Page:
    tables = find_tables(page) if page.glyphs else []
    outside = (glyph for glyph in page.glyphs if not any(table.box.holds(glyph) for table in tables))
    return _page(list(pieces_of(outside)), tables, page.height)


def _page(pieces: Sequence[Line], tables: Sequence[RuledTable], height: float, origin: Origin = "text") -> Page:
    gutter = find_gutter(pieces)
    if gutter is None:
        return Page(joined_pieces(pieces), tables, height, origin)
    return Page(in_columns(pieces, gutter, [table.box for table in tables]), tables, height, origin, gutter)


def _is_scan(page: RawPage) -> bool:
    """Whether a page has pictures, or drawings that may be characters, and hardly any text."""
    drawn = page.images > 0 or page.paths >= _SCAN_PATHS
    return drawn and sum(not glyph.char.isspace() for glyph in page.glyphs) <= _SCAN_CHARACTERS


def _pages_of(pages: Sequence[Page], origin: Origin) -> list[int]:
    return [at for at, page in enumerate(pages, 1) if page.origin == origin]


def _ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 → "1-3, 7"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)
