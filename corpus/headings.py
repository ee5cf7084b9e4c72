"""Find the headings among the lines of a report: numbered, run-in, styled, captions and cases.

A number alone proves nothing: lists of numbered sentences, dates and references begin like headings. Numbers are
judged in *runs* (the 1, 2, 3 of one list), because a list whose items are sentences is a list to its last item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.captions import caption_of
from corpus.layout import Line, Sheet
from corpus.numbering import CASE, FIGURE, TABLE, Number, parse
from corpus.records import SectionKind
from corpus.runs import Candidate, Shape, accepted

_MAX_TITLE = 50
_MAX_RUN_IN = 36
_MAX_BEFORE_COLON = 16
_INSIDE = re.compile(r"[。；！？;!?]")
_RUN_IN = re.compile(rf"[^。；：！？;:!?\n]{{2,{_MAX_RUN_IN}}}[。：:！]")
_TRAILING = " 。，；：、,.;:\u3000"


@dataclass(frozen=True, slots=True)
class Mark:
    """A line, or a table, that opens a section; `at` is its place among the layout's lines."""

    at: int
    kind: SectionKind
    number: Number | None
    title: str
    start: int
    body: int
    line: int
    depth: int | None = None
    label: str = ""
    """The number as shown; it is the case's or caption's own."""


def headings(lines: Sequence[Line | Sheet]) -> list[Mark]:
    """The marks of a report in order, the document's title and lead sentences not among them."""
    candidates: list[Candidate] = []
    marks: list[Mark] = []
    for at, line in enumerate(lines):
        if isinstance(line, Sheet):
            marks.append(_table(at, line))
            continue
        candidate = _candidate(at, line, lines)
        if candidate is not None:
            candidates.append(candidate)
    marks += [_mark(candidate, lines) for candidate in accepted(candidates)]
    return sorted(marks, key=lambda mark: mark.at)


def _table(at: int, sheet: Sheet) -> Mark:
    caption = sheet.draft.caption
    kind = sheet.draft.kind
    if caption is None:
        return Mark(at, kind, None, "", sheet.start, sheet.start, sheet.draft.line)
    number = caption_of(caption.text)
    title = caption.text[number.end :] if number else caption.text
    body = sheet.start + len(caption.text)
    return Mark(at, kind, number, title.strip(_TRAILING), sheet.start, body, caption.line)


def _candidate(at: int, line: Line, lines: Sequence[Line | Sheet]) -> Candidate | None:
    text = line.paragraph.text
    styled = line.paragraph.style in {"heading", "title"} and len(text) <= 2 * _MAX_TITLE
    number = parse(text)
    if number is None:
        return Candidate(at, None, Shape.STYLED) if styled else None
    if number.family in {TABLE, FIGURE}:
        return Candidate(at, number, Shape.CAPTION) if caption_of(text) else None
    shape = Shape.STYLED if styled else _shape(text, number)
    return Candidate(at, number, shape, bare=_bare(at, number, lines))


def _shape(text: str, number: Number) -> Shape:
    rest = text[number.end :].rstrip()
    if not rest:
        return Shape.EMPTY
    inside = _INSIDE.search(rest)
    if len(rest) <= _MAX_TITLE and (inside is None or inside.end() == len(rest)):
        return Shape.CLOSED if inside or rest[-1] in "：:" else Shape.OWN
    run_in = _RUN_IN.match(rest)
    if run_in is None or (rest[run_in.end() - 1] in "：:" and run_in.end() > _MAX_BEFORE_COLON):
        return Shape.LONG
    return Shape.RUN_IN


def _bare(at: int, number: Number, lines: Sequence[Line | Sheet]) -> bool:
    """Nothing stands between this number and the next of its family."""
    if at + 1 == len(lines):
        return True
    following = lines[at + 1]
    if isinstance(following, Sheet):
        return False
    after = parse(following.paragraph.text)
    return after is not None and after.family == number.family


def _mark(candidate: Candidate, lines: Sequence[Line | Sheet]) -> Mark:
    line = lines[candidate.at]
    paragraph = line.paragraph if isinstance(line, Line) else None
    if paragraph is None:
        raise TypeError(line)
    number = candidate.number
    begin = number.end if number else 0
    title_end = len(paragraph.text)
    if candidate.shape is Shape.RUN_IN:
        run_in = _RUN_IN.match(paragraph.text, begin)
        title_end = run_in.end() if run_in else begin
    elif candidate.shape is Shape.LONG:
        title_end = begin
    kinds: dict[str, SectionKind] = {CASE: "case", TABLE: "table", FIGURE: "figure"}
    kind = kinds.get(number.family, "heading") if number else "heading"
    title = paragraph.text[begin:title_end].strip(_TRAILING)
    return Mark(
        candidate.at,
        kind,
        number,
        title,
        line.start,
        line.start + title_end,
        paragraph.line,
        paragraph.depth if paragraph.style == "heading" else None,
    )
