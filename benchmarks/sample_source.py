r"""The sources of the sample reports, in a simple markup.

A source begins with settings, ends them with `---`, and goes on line by line. Settings: `encoding` and `wrap` (a
width in columns) of a .txt; `headings: bold` of a .html; `font`, `running` (a line atop each page) and `numbers` of a
.docx or .pdf.

    # title          the report's title, may stand on two lines
    = line           centred: publisher, date
    ## 一、|title     heading of depth 1 (### 2, #### 3); the bar parts number and title, as Word numbers by itself
                     where the setting `numbers` gives its patterns ("一、 （一） 1.")
    @ caption        of a table or figure
    |a|b|            table row; `<` merges with the cell to the left, `^` with the one above; `|-` ends the header;
                     a "\n" breaks the line inside a cell
    % a | b          buttons of a web page, left out elsewhere
    anything else    a paragraph; a blank line stays in a .txt
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

Kind = Literal["title", "centred", "heading", "caption", "row", "rule", "buttons", "body"]
MARKS: dict[str, Kind] = {"#": "title", "=": "centred", "@": "caption", "%": "buttons"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source; `number` and `depth` belong to headings, `cells` to rows and buttons."""

    kind: Kind
    text: str = ""
    number: str = ""
    depth: int = 0
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A source: the name of the file it becomes, its settings and lines."""

    name: str
    settings: dict[str, str]
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Everything a reader of the finished file sees, buttons left out."""
        return "\n".join(
            "\n".join(line.cells) or line.number + line.text for line in self.lines if line.kind != "buttons"
        )


def load(path: Path) -> Source:
    """The source at `path` ("….docx.md")."""
    head, _, body = path.read_text(encoding="utf-8").partition("---\n")
    settings = dict(re.findall(r"^(\w+): (.+)$", head, re.MULTILINE))
    return Source(path.name.removesuffix(".md"), settings, tuple(_line(text) for text in body.splitlines()))


def _line(text: str) -> Line:
    if text.startswith("|-"):
        return Line("rule")
    if text.startswith("|"):
        return Line("row", cells=tuple(text[1:].removesuffix("|").replace(r"\n", "\n").split("|")))
    if heading := re.match(r"(##+) (?:([^|]*)\|)?(.*)", text):
        return Line("heading", heading[3], heading[2] or "", len(heading[1]) - 1)
    kind = MARKS.get(text[:1]) if text[1:2] == " " else None
    if kind == "buttons":
        return Line(kind, cells=tuple(part.strip() for part in text[2:].split("|")))
    return Line(kind, text[2:]) if kind else Line("body", text)


def blocks(source: Source) -> Iterator[Line | list[Line]]:
    """Lines, and the rows of a table together."""
    for table, lines in groupby(source.lines, key=lambda line: line.kind in ("row", "rule")):
        if table:
            yield list(lines)
        else:
            yield from lines


def header_rows(rows: list[Line]) -> int:
    """How many rows stand above the rule."""
    return next((at for at, line in enumerate(rows) if line.kind == "rule"), 0)


def spans(rows: list[tuple[str, ...]], r: int) -> Iterator[tuple[int, int, int]]:
    """(column, columns it spans, rows it spans) of every cell that begins in row `r`."""
    for c, cell in enumerate(rows[r]):
        if cell not in ("<", "^"):
            wide = 1 + next((n for n, x in enumerate(rows[r][c + 1 :]) if x != "<"), len(rows[r]) - c - 1)
            high = 1 + next((n for n, row in enumerate(rows[r + 1 :]) if row[c] != "^"), len(rows) - r - 1)
            yield c, wide, high
