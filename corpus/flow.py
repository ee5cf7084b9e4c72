"""What passes between the steps of reading one report, after the reader and before the canonical text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.records import BlockStyle


@dataclass(frozen=True, slots=True)
class Origin:
    """From `offset` in its paragraph on, the text stood on this line and page of the file."""

    offset: int
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the canonical text to be: no line break inside, no white space at its ends."""

    text: str
    origins: tuple[Origin, ...]
    style: BlockStyle = "body"
    depth: int | None = None
    number: str = ""
    """The automatic number that the file states; `text` begins with it."""
    indent: str = ""
    """White space that stood before it."""
    apart: bool = False
    """An empty line, or a page's end, stood before it."""

    @property
    def line(self) -> int:
        """Line of the file where it begins."""
        return self.origins[0].line

    @property
    def page(self) -> int | None:
        """Page where it begins."""
        return self.origins[0].page


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row, every column filled ("" where the table has nothing)."""

    cells: tuple[str, ...]
    line: int
    page: int | None = None
    above: frozenset[int] = frozenset()
    """Columns where a merged cell of the row above reaches down to this row."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A table before it is laid out; `columns` are the joined names, `header` the rows as they stand."""

    kind: Literal["table", "figure"]
    columns: tuple[str, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    caption: Paragraph | None = None
    label: str = ""
    """The caption it goes by though that stands elsewhere: a chart's data."""
    unit: str = ""
    notes: tuple[Paragraph, ...] = ()
    """Unit line between caption and header."""
    source: Paragraph | None = None

    @property
    def line(self) -> int:
        """Line of the file where it begins."""
        if self.caption:
            return self.caption.line
        return (*self.header, *self.rows)[0].line


Item = Paragraph | Draft
