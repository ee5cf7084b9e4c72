"""PDF files with a text layer: lines with their pages, ruled tables, headings; a scan is recognised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.readers.content import Content, fail
from corpus.readers.limits import MAX_PAGES
from corpus.readers.pdf_furniture import without_furniture
from corpus.readers.pdf_lines import Line
from corpus.readers.pdf_pages import Page, page_problems, read_pages
from corpus.readers.pdf_tables import continues, evened, joined
from corpus.readers.pdfium import Box, PdfFile, open_pdf
from corpus.records import Block

_HEADING_SIZE = 1.15
"""Font size of a heading, relative to the body's."""

_HEADING_CHARACTERS = 40
"""A longer line in large type is emphasis, no heading."""

_INDENT = 1.5
"""Characters of indentation from which on it is kept, as ideographic spaces: it shows where paragraphs begin."""

_MARGIN_LINES = 8
"""Lines a page needs to show its own left margin; margins of left and right pages may differ."""

_BROKEN_WORD = re.compile(r"[A-Za-z]-$")
_WORD_REST = re.compile(r"[a-z]+[^\sA-Za-z\u4e00-\u9fff]*")


def read_pdf(data: bytes, name: str) -> Content:  # noqa: ARG001 - readers have one shape
    """One block a line or table; `line` counts blocks from 1, `page` pages from 1.

    A line that begins further right than its page's margin has ideographic spaces in front, as many as fit in.
    """
    with open_pdf(data) as file:
        if len(file) > MAX_PAGES:
            raise fail(
                "too-large",
                f"The file has {len(file)} pages, at most {MAX_PAGES} are read.",
                "Split it and add the parts.",
            )
        pages = read_pages(file)
        bookmarks = _bookmarks(file)
    problems = tuple(page_problems(pages))
    kept = without_furniture([page.lines for page in pages], [page.height for page in pages])
    pages = [replace(page, lines=_mend_words(lines)) for page, lines in zip(pages, kept, strict=True)]
    blocks = (replace(block, line=n) for n, block in enumerate(_blocks(_join_tables(pages), bookmarks), 1))
    return Content(tuple(blocks), problems, wrapped=True)


def _mend_words(lines: Iterable[Line]) -> list[Line]:
    """Words cut by a hyphen at the line's end are put together on the upper line."""
    mended: list[Line] = []
    for line in lines:
        rest = _WORD_REST.match(line.text)
        text = line.text
        if mended and rest and _BROKEN_WORD.search(mended[-1].text):
            mended[-1] = replace(mended[-1], text=mended[-1].text[:-1] + rest[0])
            text = text[rest.end() :].lstrip()
        if text:
            mended.append(replace(line, text=text))
    return mended


def _join_tables(pages: Sequence[Page]) -> list[Page]:
    """Tables that go on over page ends are put together on the page where they begin."""
    done: list[Page] = []
    open_at: int | None = None
    for page in pages:
        tables = list(page.tables)
        if open_at is not None and tables and _first_is_table(page) and continues(done[open_at].tables[-1], tables[0]):
            begun = done[open_at]
            done[open_at] = replace(begun, tables=[*begun.tables[:-1], joined(begun.tables[-1], tables.pop(0))])
            done.append(replace(page, tables=tables))
            if tables or page.lines:
                open_at = None
        else:
            done.append(page)
            open_at = None
        if tables and _last_is_table(page):
            open_at = len(done) - 1
    return [replace(page, tables=[evened(table) for table in page.tables]) for page in done]


def _first_is_table(page: Page) -> bool:
    return all(line.box.top < page.tables[0].box.top for line in page.lines)


def _last_is_table(page: Page) -> bool:
    return all(line.box.bottom > page.tables[-1].box.bottom for line in page.lines)


@dataclass(frozen=True, slots=True)
class _Bookmarks:
    """Headings that the file's outline names, by (page from 1, title without spaces)."""

    levels: Mapping[tuple[int, str], int]
    flat: bool
    """All on one level: the outline doesn't say which stands under which."""

    def heading(self, page: int, text: str) -> tuple[bool, int | None]:
        level = self.levels.get((page, "".join(text.split())))
        return level is not None, None if self.flat else level


def _bookmarks(file: PdfFile) -> _Bookmarks:
    levels = {(mark.page + 1, "".join(mark.title.split())): mark.level for mark in file.bookmarks()}
    return _Bookmarks(levels, flat=len(set(levels.values())) < 2)


def _blocks(pages: Sequence[Page], bookmarks: _Bookmarks) -> Iterator[Block]:
    body = _body_size(pages)
    usual = _left_margin([line for page in pages for line in page.lines])
    for number, page in enumerate(pages, 1):
        margins = _margins(page, usual)
        blocks = []
        for line in page.lines:
            marked, depth = bookmarks.heading(number, line.text)
            large = line.size >= _HEADING_SIZE * body and len(line.text) <= _HEADING_CHARACTERS
            text = _indented(line, margins[_is_right(line, page)])
            blocks.append(Block(text, 0, number, "heading" if marked or large else "body", depth))
        yield from _with_tables(blocks, page, number)


def _with_tables(blocks: Sequence[Block], page: Page, number: int) -> Iterator[Block]:
    """Tables stand behind the last line that is above them, in a page of two columns in the same column."""
    places: dict[int, list[Block]] = {}
    for table in page.tables:
        above = [
            at
            for at, line in enumerate(page.lines, 1)
            if line.box.top >= table.box.top and (page.gutter is None or _overlap(line.box, table.box))
        ]
        places.setdefault(max(above, default=0), []).append(Block("", 0, number, grid=table.grid))
    yield from places.get(0, ())
    for at, block in enumerate(blocks, 1):
        yield block
        yield from places.get(at, ())


def _overlap(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right


def _is_right(line: Line, page: Page) -> bool:
    return page.gutter is not None and line.box.left >= page.gutter


def _margins(page: Page, usual: float) -> tuple[float, float]:
    """The left margins of a page's left (or only) and right column."""
    sides = [[line for line in page.lines if _is_right(line, page) is right] for right in (False, True)]
    left, right = (_left_margin(side) if len(side) >= _MARGIN_LINES else usual for side in sides)
    return left, right if page.gutter is None else max(right, page.gutter)


def _body_size(pages: Sequence[Page]) -> float:
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
    places = (line.box.left - left) / line.size if line.size > 0 and left > 0 else 0.0
    return "\u3000" * round(places) + line.text if places >= _INDENT else line.text
