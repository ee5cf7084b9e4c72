"""Cut sections into passages: whole sentences or whole table rows, about 150 to 450 characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from corpus.layout import Layout, Sheet
from corpus.records import Passage, PassageKind, Section, Table

TARGET, LIMIT = 300, 450
LONGEST = 1200  # characters of a sentence that is still left whole
_PARAGRAPH_SHARE = 0.7  # how full a passage must be to end with a paragraph, which is the better place
_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）)》】]*|\n|$)")

Span = tuple[int, int]


def passages(layout: Layout, sections: Sequence[Section], tables: Sequence[Table]) -> tuple[Passage, ...]:
    """The passages of a report in reading order; together they hold every character but line ends."""
    found: list[Passage] = []
    starts = [place.start for place in layout.places]
    owner = {table.section: table for table in tables}
    ends = {line.start: line.ends for line in layout.lines if isinstance(line, Sheet)}
    parents = {section.parent for section in sections}
    for section in sections:
        table = owner.get(section.id)
        if section.body >= section.end - 1 and section.id in parents:
            continue
        kind = _kind(section, table)
        spans = _rows(layout.text, table, ends[table.start]) if table else _sentences(layout.text, section)
        for start, end in spans:
            page = layout.places[bisect_right(starts, start) - 1].page
            found.append(Passage(len(found), section.id, kind, start, end, page, table.id if table else None))
    return tuple(found)


def running(text: str) -> list[Span]:
    """The passages of running text without headings."""
    return list(_packed(text, _pieces(text, 0, len(text))))


def _kind(section: Section, table: Table | None) -> PassageKind:
    if table:
        return table.kind
    return section.kind if section.kind in {"case", "figure"} else "text"


def _sentences(text: str, section: Section) -> Iterator[Span]:
    """Whole sentences of a section, evenly packed; a heading never stands without the first of them."""
    pieces = _pieces(text, section.start, section.end)
    if len(pieces) > 1 and pieces[0][1] <= section.body + 1:
        pieces[:2] = [(pieces[0][0], pieces[1][1])]
    return _packed(text, pieces)


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """The sentences, no longer than a passage should be."""
    return [span for m in _SENTENCE.finditer(text, start, end) for span in _bounded(text, *m.span())]


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence; in parts, cut behind a comma where there is one, when it is longer than any passage should be."""
    too_long = end - start > LONGEST
    while end - start > LIMIT and too_long:
        cut = max(text.rfind(mark, start + TARGET, start + LIMIT) for mark in "，、,; ") + 1 or start + LIMIT
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _rows(text: str, table: Table, ends: Sequence[int]) -> Iterator[Span]:
    """Caption and header with the first rows, the source line with the last."""
    borders = [table.start, *(end + 1 for end in ends[:-1]), table.end]
    return _packed(text, [(a, b) for a, b in pairwise(borders) if b > a])


def _packed(text: str, pieces: Sequence[Span]) -> Iterator[Span]:
    """Neighbouring pieces together, in as few passages of about one length as the limit allows."""
    if not pieces:
        return
    length = pieces[-1][1] - pieces[0][0]
    share = length / ceil(length / LIMIT) if length > LIMIT else length
    start, end = pieces[0]
    for piece in pieces[1:]:
        whole = text[end - 1] == "\n"
        full = end - start >= share * (_PARAGRAPH_SHARE if whole else 1)
        if piece[1] - start > LIMIT or (full and length > LIMIT):
            yield from _stripped(text, start, end)
            start = piece[0]
        end = piece[1]
    yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end = start + len(part.strip())
    if end > start:
        yield start, end
