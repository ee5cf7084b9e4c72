"""The section tree: which lines are headings and which stands under which."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.layout import Layout, Line, Sheet
from corpus.numbering import CASE, FIGURE, TABLE, Number, parse
from corpus.records import Section, SectionKind

_MAX_TITLE = 45
_SENTENCE_END = re.compile(r"[。；！？]")


@dataclass(frozen=True, slots=True)
class _Heading:
    kind: SectionKind
    number: Number | None
    title: str
    start: int
    body: int
    line: int


def sections(layout: Layout) -> tuple[Section, ...]:
    """The sections of a report, covering its canonical text without gap or overlap."""
    headings = _headings(layout)
    found: list[Section] = []
    stack: list[tuple[str, int]] = []
    ends = [h.start for h in headings[1:]] + [len(layout.text)]
    for n, (heading, end) in enumerate(zip(headings, ends, strict=True)):
        level: int | None = 0
        parent: int | None = None
        if heading.kind in {"table", "figure"}:
            level, parent = None, stack[-1][1] if stack else None
        elif heading.number:
            families = [family for family, _ in stack]
            if heading.number.family in families:
                del stack[families.index(heading.number.family) :]
            level, parent = len(stack), stack[-1][1] if stack else None
            stack.append((heading.number.family, n))
        else:
            stack = [("title", n)]
        number = heading.number.shown if heading.number else ""
        found.append(
            Section(
                n, heading.kind, level, number, heading.title, heading.start, end, heading.body, heading.line, parent
            )
        )
    return tuple(found)


def _headings(layout: Layout) -> list[_Heading]:
    found: list[_Heading] = []
    for line in layout.lines:
        heading = _table(line) if isinstance(line, Sheet) else _heading(line, first=not found)
        if heading:
            found.append(heading)
    return found


def _table(sheet: Sheet) -> _Heading | None:
    caption = sheet.draft.caption
    if caption is None:
        return None
    number = parse(caption.text)
    title = caption.text[number.end :] if number else caption.text
    return _Heading("table", number, title, sheet.start, sheet.start + len(caption.text), caption.line)


def _heading(line: Line, *, first: bool) -> _Heading | None:
    text = line.paragraph.text
    number = parse(text)
    title = text[number.end :] if number else text
    short = len(title) <= _MAX_TITLE and not _SENTENCE_END.search(title)
    if first:
        title = title if short and number is None else ""
        return _Heading("title", None, title, line.start, line.start + len(title), line.paragraph.line)
    if number is None or not short or not title:
        return None
    kinds: dict[str, SectionKind] = {CASE: "case", TABLE: "table", FIGURE: "figure"}
    return _Heading(
        kinds.get(number.family, "heading"), number, title.strip("。，,. "), line.start, line.end, line.paragraph.line
    )
