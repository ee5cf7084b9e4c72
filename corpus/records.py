"""The records that pass between the parts of `corpus`, and out of it.

All are frozen. Every `start` and `end` is a half-open range of code points in `Report.text`, the
canonical text of its report, so `report.text[x.start:x.end]` is the thing itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

BlockStyle = Literal["body", "title", "heading", "footnote", "textbox"]
SectionKind = Literal["title", "heading", "case", "lead", "table", "figure"]
PassageKind = Literal["text", "case", "table", "figure"]
ReportKind = Literal["质量年报", "工作总结", "工作计划", "政府工作报告", "other"]
Level = Literal["school", "district", "city", "province", "nation"]


# ── what a reader gives ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a real table; `row` and `column` count from 0, the spans from 1."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A real table as its file has it; merged cells stand once, at their upper left place."""

    cells: tuple[GridCell, ...]
    header_rows: int | None = None
    """Rows that the file itself marks as header (`<th>`, repeated header row); None: it doesn't say."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a line or a table, in the order of the file.

    `line` is the 1-based line of a text file, or the 1-based paragraph of a .docx, .html or .pdf. `text` is
    as the file has it, white space included: a text reader yields every line, blank ones too. An automatic
    number (Word) stands in front of `text` and is repeated in `number`. A table has `grid` and no text.
    """

    text: str
    line: int
    page: int | None = None
    style: BlockStyle = "body"
    depth: int | None = None
    """Heading level that the format states (Word style, <h2>), 1 at the top."""
    number: str = ""
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader makes of one file: blocks in reading order and what went wrong on the way."""

    name: str
    digest: str
    """SHA-256 of the file's bytes, hexadecimal."""
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    wrapped: bool = False
    """True where a line break may stand inside a sentence (.pdf): lines are to be joined."""


# ── what reading a report gives ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the user should know about a file; `file` is its name, inside an archive `a.zip/b.txt`."""

    code: str
    message: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A metadata value and where in the canonical text it was read."""

    value: T
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Region:
    """A place in China by its full names; None for what the file doesn't say."""

    province: str | None = None
    city: str | None = None
    county: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are known, widest first."""
        return tuple(name for name in (self.province, self.city, self.county) if name)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says of itself; None is unknown, never a guess."""

    title: Found[str] | None = None
    publisher: Found[str] | None = None
    kind: Found[ReportKind] | None = None
    level: Found[Level] | None = None
    region: Found[Region] | None = None
    school: Found[str] | None = None
    year: Found[int] | None = None
    """The year reported on (a plan: the year planned for, where the report has nothing else)."""
    data_years: tuple[Found[int], ...] = ()
    """Years that its figures speak of, each once, ascending."""
    date: Found[str] | None = None
    """ISO 8601 date of publication, as exact as the file: 2021-02 or 2021-02-25."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where canonical text from `start` on (to the next place) stood in the file."""

    start: int
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text up to the next section's heading.

    `id` is its position; the sections, in order, cover the canonical text without gap or overlap. `level` is 0
    for the document's title, 1 and up for its own hierarchy, None for tables and figures. `number` is as the file
    has it without brackets of a case or trailing marks ("一", "（二）", "1.1", "第三章", "1-2", "表3"), "" if none.
    """

    id: int
    kind: SectionKind
    level: int | None
    number: str
    title: str
    start: int
    end: int
    body: int
    """Where its own text begins, after number and title; `start <= body <= end`."""
    line: int
    parent: int | None = None
    """`id` of the section it stands under."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, a slice of the canonical text; an empty cell has `start == end`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; headers of several levels are joined by "/" ("2019年/人数").

    A chart's data that the file kept as text is a table of kind "figure".
    """

    id: int
    kind: Literal["table", "figure"]
    section: int
    """`id` of the section that holds it: of kind table, or lead where a chart's data stands apart from its figure."""
    caption: str
    unit: str
    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed and returned: a slice of one section, of whole sentences or whole table rows."""

    id: int
    section: int
    kind: PassageKind
    start: int
    end: int
    page: int | None = None
    table: int | None = None
    """`id` of the table whose rows it holds."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report, read: its canonical text and everything found in it."""

    name: str
    digest: str
    text: str = field(repr=False)
    metadata: Metadata
    places: tuple[Place, ...] = field(repr=False)
    sections: tuple[Section, ...] = field(repr=False)
    tables: tuple[Table, ...] = field(repr=False)
    passages: tuple[Passage, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        """Short and stable: the first 12 hexadecimal digits of the file's digest."""
        return self.digest[:12]

    def slice(self, span: Section | Passage | Cell | Table) -> str:
        """The canonical text of a span."""
        return self.text[span.start : span.end]

    def place(self, offset: int) -> Place:
        """Where the character at `offset` stood in the file."""
        return self.places[bisect_right(self.places, offset, key=lambda place: place.start) - 1]

    def path(self, section: int) -> tuple[str, ...]:
        """Headings from the top down to a section, the document's title left out: ("一、人才培养", "2. 科研活动")."""
        labels = [_label(s) for s in self._upwards(section) if s.kind != "title"]
        return tuple(label for label in reversed(labels) if label)

    def _upwards(self, section: int) -> Iterator[Section]:
        at: int | None = section
        while at is not None:
            yield self.sections[at]
            at = self.sections[at].parent


def _label(section: Section) -> str:
    return f"{section.number} {section.title}".strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file on disk holds: usually one report, an archive several, a bad file none."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]
