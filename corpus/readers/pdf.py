"""PDF files with a text layer: lines with their pages, ruled tables, headings; a scan is recognised.

PDFium is not safe for threads, so one file is read at a time.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from corpus.readers.content import Content, fail
from corpus.readers.limits import MAX_PAGES
from corpus.readers.pdf_furniture import without_furniture
from corpus.readers.pdf_page import Line, lines_of, read_glyphs
from corpus.readers.pdf_tables import RuledTable, find_tables
from corpus.records import Block, Problem

if TYPE_CHECKING:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]
    from pdfplumber.pdf import PDF

_PDFIUM = Lock()

_MIN_RULES = 6
"""Drawn paths from which on a page may hold a table of four cells; fewer are underlines and borders."""

_SCAN_CHARACTERS = 20
"""Characters up to which a page with a picture counts as scanned: stamps and page numbers have fewer."""

_HEADING_SIZE = 1.15
"""Font size of a heading, relative to the body's."""

_HEADING_CHARACTERS = 40
"""A longer line in large type is emphasis, no heading."""

_INDENT = 1.5
"""Characters of indentation from which on it is kept, as ideographic spaces: it shows where paragraphs begin."""

_BROKEN_WORD = re.compile(r"[A-Za-z]-$")
_WORD_REST = re.compile(r"[a-z]+[^\sA-Za-z\u4e00-\u9fff]*")


@dataclass(frozen=True, slots=True)
class _Page:
    lines: Sequence[Line]
    tables: Sequence[RuledTable]
    height: float
    scanned: bool


def read_pdf(data: bytes, name: str) -> Content:  # noqa: ARG001 - readers have one shape
    """One block a line or table; `line` counts blocks from 1, `page` pages from 1."""
    with _PDFIUM:
        import pypdfium2  # type: ignore[import-untyped]

        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _unopened(error) from error
        try:
            return _content(document, data)
        finally:
            document.close()


def _unopened(error: Exception) -> Exception:
    if "password" in str(error).lower():
        return fail("encrypted", "The file is protected by a password.", "Remove the password and add it again.")
    return fail("damaged", f"The file is cut off or damaged ({error}).", "Copy or download it again and add that.")


def _content(document: pdfium.PdfDocument, data: bytes) -> Content:
    if len(document) > MAX_PAGES:
        raise fail(
            "too-large",
            f"The file has {len(document)} pages, at most {MAX_PAGES} are read.",
            "Split it and add the parts.",
        )
    pages = _read_pages(document, data)
    problems = tuple(_scan_problems(pages))
    kept = without_furniture([page.lines for page in pages], [page.height for page in pages])
    pages = [replace(page, lines=_mend_words(lines)) for page, lines in zip(pages, kept, strict=True)]
    blocks = (replace(block, line=n) for n, block in enumerate(_blocks(pages, _bookmarks(document)), 1))
    return Content(tuple(blocks), problems, wrapped=True)


def _read_pages(document: pdfium.PdfDocument, data: bytes) -> list[_Page]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as plumbed:
        return [_read_page(document[at], plumbed, at) for at in range(len(document))]


def _read_page(page: pdfium.PdfPage, plumbed: PDF, at: int) -> _Page:
    from pypdfium2 import raw  # type: ignore[import-untyped]

    glyphs = read_glyphs(page)
    kinds = Counter(item.type for item in page.get_objects(max_depth=3))
    tables: list[RuledTable] = []
    if glyphs and kinds[raw.FPDF_PAGEOBJ_PATH] >= _MIN_RULES:
        ruled = plumbed.pages[at]
        tables = list(find_tables(ruled, glyphs))
        ruled.close()
    outside = (glyph for glyph in glyphs if not any(table.box.holds(glyph) for table in tables))
    scanned = kinds[raw.FPDF_PAGEOBJ_IMAGE] > 0 and sum(not g.char.isspace() for g in glyphs) <= _SCAN_CHARACTERS
    height = page.get_height()
    page.close()
    return _Page(lines_of(outside), tables, height, scanned)


def _scan_problems(pages: Sequence[_Page]) -> Iterator[Problem]:
    scanned = [at for at, page in enumerate(pages, 1) if page.scanned]
    remedy = "Install the extra `ocr` (pip install 'wenbao[ocr]') or run text recognition over it and add the result."
    if scanned and not any((page.lines or page.tables) and not page.scanned for page in pages):
        raise fail("scan", f"The file is a scan: its {len(pages)} pages are pictures without text.", remedy)
    if scanned:
        yield Problem("scan", f"Pages {_ranges(scanned)} are pictures without text and were left out. {remedy}")


def _ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 → "1-3, 7"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)


def _mend_words(lines: Iterable[Line]) -> list[Line]:
    """Words cut by a hyphen at the line's end are put together on the upper line."""
    mended: list[Line] = []
    for line in lines:
        rest = _WORD_REST.match(line.text)
        if mended and rest and _BROKEN_WORD.search(mended[-1].text):
            mended[-1] = replace(mended[-1], text=mended[-1].text[:-1] + rest[0])
            line = replace(line, text=line.text[rest.end() :].lstrip())  # noqa: PLW2901 - the same line, shortened
        if line.text:
            mended.append(line)
    return mended


def _bookmarks(document: pdfium.PdfDocument) -> dict[tuple[int, str], int]:
    """Heading level by (page from 1, title without spaces), as the file's outline states it."""
    found: dict[tuple[int, str], int] = {}
    for item in document.get_toc(max_depth=9):
        target = item.get_dest()
        at = None if target is None else target.get_index()
        if at is not None:
            found[at + 1, "".join(item.get_title().split())] = item.level + 1
    return found


def _blocks(pages: Sequence[_Page], bookmarks: Mapping[tuple[int, str], int]) -> Iterator[Block]:
    body = _body_size(pages)
    for number, page in enumerate(pages, 1):
        left = _left_margin(page.lines)
        items: list[tuple[float, Block]] = []
        for line in page.lines:
            depth = bookmarks.get((number, "".join(line.text.split())))
            large = line.size >= _HEADING_SIZE * body and len(line.text) <= _HEADING_CHARACTERS
            style = "heading" if large or depth else "body"
            text = _indented(line, left)
            items.append((line.box.top, Block(text, 0, number, "heading" if style == "heading" else "body", depth)))
        items += [(table.box.top, Block("", 0, number, grid=table.grid)) for table in page.tables]
        yield from (block for _, block in sorted(items, key=lambda item: -item[0]))


def _body_size(pages: Sequence[_Page]) -> float:
    """The font size of most text, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _left_margin(lines: Sequence[Line]) -> float:
    """Where most lines of a page begin, in points."""
    starts = Counter(round(line.box.left) for line in lines)
    most = max(starts.values(), default=0)
    return min((start for start, count in starts.items() if count >= max(2, most / 3)), default=0.0)


def _indented(line: Line, left: float) -> str:
    places = (line.box.left - left) / line.size if line.size > 0 else 0.0
    return "\u3000" * round(places) + line.text if places >= _INDENT else line.text
