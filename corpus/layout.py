"""Write the canonical text: one paragraph a line, one table row a line, and where each stood in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.flow import Draft, Item, Paragraph, Row
from corpus.records import Cell, Place


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in the canonical text, from `start` to `end`, its line break not counted."""

    start: int
    end: int
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in the canonical text, from its caption to its source line."""

    start: int
    end: int
    draft: Draft
    body: int
    """Where its first data row begins."""
    cells: tuple[tuple[Cell, ...], ...]
    """Data rows; where a merged cell reaches down, the cell above stands again."""
    ends: tuple[int, ...]
    """Where the line of each data row ends."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The canonical text with its paragraphs and tables in order; every line ends with a line break."""

    text: str
    places: tuple[Place, ...]
    lines: tuple[Line | Sheet, ...]


@dataclass
class _Writer:
    parts: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    at: int = 0

    def put(self, text: str) -> int:
        start = self.at
        self.parts.append(text)
        self.at += len(text)
        return start

    def paragraph(self, paragraph: Paragraph) -> Line:
        self.places += [Place(self.at + o.offset, o.line, o.page) for o in paragraph.origins]
        start = self.put(paragraph.text)
        end = self.at
        self.put("\n")
        return Line(start, end, paragraph)

    def row(self, row: Row, previous: tuple[Cell, ...] = ()) -> tuple[Cell, ...]:
        self.places.append(Place(self.at, row.line, row.page))
        cells = []
        for n, text in enumerate(row.cells):
            if n:
                self.put("\t")
            start = self.put(text)
            cells.append(previous[n] if n in row.above and previous else Cell(text, start, self.at))
        self.put("\n")
        return tuple(cells)

    def table(self, draft: Draft) -> Sheet:
        start = self.at
        for paragraph in (draft.caption, *draft.notes):
            if paragraph:
                self.paragraph(paragraph)
        for row in draft.header:
            self.row(row)
        body = self.at
        cells: list[tuple[Cell, ...]] = []
        ends = []
        for row in draft.rows:
            cells.append(self.row(row, cells[-1] if cells else ()))
            ends.append(self.at - 1)
        if draft.source:
            self.paragraph(draft.source)
        return Sheet(start, self.at - 1, draft, body, tuple(cells), tuple(ends))


def lay_out(items: Iterable[Item]) -> Layout:
    """The canonical text of paragraphs and tables in reading order."""
    writer = _Writer()
    lines = [writer.table(item) if isinstance(item, Draft) else writer.paragraph(item) for item in items]
    return Layout("".join(writer.parts), tuple(writer.places), tuple(lines))
