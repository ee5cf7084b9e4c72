"""Cut sections into passages: whole sentences or whole table rows, about 150 to 450 characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from corpus.layout import Layout
from corpus.records import Passage, PassageKind, Section, Table

TARGET, LIMIT = 300, 450

_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）)》】]*|\n|$)")

Span = tuple[int, int]


def passages(layout: Layout, sections: Sequence[Section], tables: Sequence[Table]) -> tuple[Passage, ...]:
    """The passages of a report in reading order; together they hold every character but line ends."""
    found: list[Passage] = []
    starts = [place.start for place in layout.places]
    owner = {table.section: table for table in tables}
    parents = {section.parent for section in sections}
    for section in sections:
        table = owner.get(section.id)
        if section.body >= section.end - 1 and section.id in parents:
            continue
        kind = _kind(section, table)
        spans = _rows(layout.text, table) if table else _sentences(layout.text, section)
        for start, end in spans:
            page = layout.places[bisect_right(starts, start) - 1].page
            found.append(Passage(len(found), section.id, kind, start, end, page, table.id if table else None))
    return tuple(found)


def _kind(section: Section, table: Table | None) -> PassageKind:
    if table:
        return table.kind
    return "case" if section.kind == "case" else "text"


def _sentences(text: str, section: Section) -> Iterator[Span]:
    """Whole sentences of a section, packed; a paragraph's end is the better place to cut."""
    pieces = [(m.start(), m.end()) for m in _SENTENCE.finditer(text, section.start, section.end) if m.end() > m.start()]
    return _packed(text, pieces)


def _rows(text: str, table: Table) -> Iterator[Span]:
    start, pieces = table.start, []
    for row in table.rows:
        pieces.append((start, row[-1].end + 1))
        start = row[-1].end + 1
    if start < table.end:
        pieces.append((start, table.end))
    return _packed(text, pieces)


def _packed(text: str, pieces: Sequence[Span]) -> Iterator[Span]:
    start: int | None = None
    end = 0
    for piece in pieces:
        if start is not None and piece[1] - start > LIMIT:
            yield _stripped(text, start, end)
            start = None
        if start is None:
            start = piece[0]
        end = piece[1]
        if end - start >= TARGET and text[end - 1] == "\n":
            yield _stripped(text, start, end)
            start = None
    if start is not None and text[start:end].strip():
        yield _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
