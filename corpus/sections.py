"""The section tree of a report: titles, headings, cases, tables, figures and lead sentences, none invented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.headings import Mark, headings
from corpus.imprint import close_up, is_organisation
from corpus.layout import Layout, Line, Sheet
from corpus.leads import is_ordinal, leads
from corpus.nesting import Nesting
from corpus.records import Section, SectionKind
from corpus.years import DATE

_STOP = "。"
_NEAR_END = 6
"""Lines at the end in which a signature stands; notes of the editors may follow it."""


def sections(layout: Layout) -> tuple[Section, ...]:
    """The sections of a report, covering its canonical text without gap or overlap."""
    if not layout.lines:
        return ()
    marks = headings(layout.lines)
    builder = _Builder(layout, marks)
    for at, line in enumerate(layout.lines):
        builder.add(at, line)
    return tuple(_with_ends(_even_cases(builder.found), len(layout.text)))


@dataclass
class _Builder:
    layout: Layout
    marks: list[Mark]
    found: list[Section] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by_line = {mark.at: mark for mark in self.marks}
        self.leads = leads(self.layout.lines, {mark.at: mark.kind for mark in self.marks})
        self.gaps = _gaps(self.layout.lines, self.marks)
        self.nesting = Nesting(self.marks)
        self.imprint = _imprint(self.layout.lines)
        self.titled = any(isinstance(line, Line) and line.paragraph.style == "title" for line in self.layout.lines)
        self.body_lines = 0

    def add(self, at: int, line: Line | Sheet) -> None:
        """Open a section at this line, or let the line go on with the one that is open."""
        mark = self.by_line.get(at)
        if isinstance(line, Line) and line.paragraph.style == "title":
            self._title(line)
        elif mark is not None:
            self._open(mark)
        elif not self.found and self.titled:
            self._put("title", 0, "", line, line.start)
            self.nesting.title(0)
        elif at == self.imprint and isinstance(line, Line):
            self.nesting.leave_all()
            self._lead(line, None)
        elif at in self.gaps and isinstance(line, Line):
            self._behind_gap(at, line)
        elif isinstance(line, Line):
            self._body(at, line)

    def _title(self, line: Line) -> None:
        if len(self.found) == 1 and self.found[0].kind == "title" and not self.found[0].title:
            self.found[0] = replace(self.found[0], title=line.paragraph.text, body=line.end, line=line.paragraph.line)
            return
        self.nesting.title(len(self.found))
        self._put("title", 0, line.paragraph.text, line, line.end)

    def _open(self, mark: Mark) -> None:
        if not self.found and self.titled:
            self.nesting.title(0)
            self.found.append(Section(0, "title", 0, "", "", mark.start, 0, mark.start, mark.line))
        top = self.nesting.top
        level, parent = None, top.id if top else None
        if mark.kind == "lead":
            outer = 0 if self.titled else None
            parent = next((s.parent for s in self.found if s.kind == "figure" and s.title == mark.title), outer)
        elif mark.kind not in {"table", "figure"}:
            placed = self.nesting.place(mark, len(self.found))
            level, parent = placed.level, placed.parent
        number = mark.number.shown if mark.number else ""
        self.found.append(
            Section(len(self.found), mark.kind, level, number, mark.title, mark.start, 0, mark.body, mark.line, parent)
        )
        self.body_lines = 0

    def _body(self, at: int, line: Line) -> None:
        top = self.nesting.top
        lead = self.leads.get(at)
        in_case = top is not None and top.case
        if lead and in_case and (self.body_lines == 0 or is_ordinal(line.paragraph.text)):
            lead = None
        if lead:
            self.nesting.leave_case()
            self._lead(line, lead)
        elif not self.found or self.found[-1].level is None:
            self._lead(line, None)
        self.body_lines += 1

    def _behind_gap(self, at: int, line: Line) -> None:
        if self.gaps[at]:
            self.nesting.leave_chapter()
        else:
            self.nesting.leave_case()
        self._lead(line, self.leads.get(at))
        self.body_lines += 1

    def _lead(self, line: Line, lead: re.Match[str] | None) -> None:
        top = self.nesting.top
        title, body = (lead.group(1), line.start + lead.end()) if lead else ("", line.start)
        self._put("lead", top.level + 1 if top else 1, title, line, body)

    def _put(self, kind: SectionKind, level: int, title: str, line: Line | Sheet, body: int) -> None:
        top = self.nesting.top if kind == "lead" else None
        source = line.paragraph.line if isinstance(line, Line) else line.draft.line
        parent = top.id if top else None
        self.found.append(Section(len(self.found), kind, level, "", title, line.start, 0, body, source, parent))
        self.body_lines = 0


def _gaps(lines: Sequence[Line | Sheet], marks: Sequence[Mark]) -> dict[int, bool]:
    """Lines where the heading before them was lost; True where another chapter must have begun there.

    When a heading was lost with its paragraph, a single blank is often all that is left, at the start of the next
    line. Where a number proves the loss, the last such line before it is the place; in a report where that has been
    seen, other such lines end a case.
    """
    nesting = Nesting(marks)
    nesting.title(0)
    gaps: dict[int, bool] = {}
    previous = 0
    for mark in marks:
        if mark.kind in {"table", "figure"}:
            continue
        if nesting.place(mark, 0).lost:
            hints = [at for at in range(previous, mark.at) if _hint(lines[at])]
            gaps.update((at, True) for at in hints[-1:])
        previous = mark.at + 1
    if gaps:
        gaps = {at: False for at, line in enumerate(lines) if _hint(line)} | gaps
    return gaps


def _imprint(lines: Sequence[Line | Sheet]) -> int | None:
    """The line behind the text where an organisation signs, its date on the next."""
    begun = next((at for at, line in enumerate(lines) if isinstance(line, Line) and _STOP in line.paragraph.text), None)
    if begun is None:
        return None
    last = [(at, line) for at, line in enumerate(lines) if at >= max(begun + 1, len(lines) - _NEAR_END)]
    for (at, line), (_, below) in pairwise(last):
        if isinstance(line, Line) and isinstance(below, Line) and is_organisation(close_up(line.paragraph.text)):
            return at if DATE.fullmatch(close_up(below.paragraph.text)) else None
    return None


def _hint(line: Line | Sheet) -> bool:
    return isinstance(line, Line) and line.paragraph.indent == " " and not is_ordinal(line.paragraph.text)


def _even_cases(found: Sequence[Section]) -> list[Section]:
    """All cases of a report at one level, the one that most of them have below their headings."""
    levels = Counter(s.level for s in found if s.kind == "case" and s.level is not None)
    if not levels:
        return list(found)
    usual = max(levels, key=lambda level: (levels[level], level))
    return [replace(s, level=max(usual, s.level or 0)) if s.kind == "case" else s for s in found]


def _with_ends(found: Sequence[Section], end: int) -> list[Section]:
    ends = [section.start for section in found[1:]] + [end]
    return [replace(section, end=at) for section, at in zip(found, ends, strict=True)]
