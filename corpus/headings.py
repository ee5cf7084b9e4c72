"""Find the headings among the lines of a report: numbered, run-in, styled, captions and cases.

A number alone proves nothing: lists of numbered sentences, dates and references begin like headings. Numbers are
judged in *runs* (the 1, 2, 3 of one list), because a list whose items are sentences is a list to its last item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from corpus.captions import caption_of
from corpus.layout import Line, Sheet
from corpus.numbering import CASE, FIGURE, TABLE, Number, parse
from corpus.records import SectionKind
from corpus.runs import Candidate, Shape, accepted

_MAX_TITLE = 50
_MAX_LONG_TITLE = 80
_PLAIN = re.compile(r"[“《（(]?[^。；！？，：:;!?,.…\s—>|]{2,30}")
_NO_PLAIN = re.compile(
    r"\d{4}\s?年\s?\d{1,2}\s?月|[（(].*[）)]$|(?:来源|作者|时间|日期|编辑|记者|附件)|.*(?:摄|作[^，。]{0,4}报告|有限公司|委员会|人民政府|教育局|学校|学院|中学)$"
)
_BULLET = re.compile(r"([▶►◆◇■□●★☆◎▲])\s*(?=\S)")
_LONG_LINE = 40
_FEWEST, _FEWEST_CHARACTERS = 2, 4
_ENDS = "。！？：；”）"
_MAX_RUN_IN = 36
_MAX_BEFORE_COLON = 16
_INSIDE = re.compile(r"[。；！？;!?]")
_RUN_IN = re.compile(rf"[^。；：！？;:!?\n]{{2,{_MAX_RUN_IN}}}[。：:！]")
_COLON = re.compile(rf"[^。；：！？;:!?\n]{{2,{_MAX_BEFORE_COLON}}}[：:]")
_COUNTS = re.compile(r"\d\s?[万亿]?[元人所名个项家次倍%％]")
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
    numbers = [parse(line.paragraph.text) if isinstance(line, Line) else None for line in lines]
    for at, line in enumerate(lines):
        if isinstance(line, Sheet):
            marks.append(_table(at, line))
        elif candidate := _candidate(at, line, numbers):
            candidates.append(candidate)
    marks += [_mark(candidate, lines) for candidate in accepted(candidates)]
    marks += _unnumbered(lines, numbers, {mark.at for mark in marks})
    return sorted(marks, key=lambda mark: mark.at)


def _table(at: int, sheet: Sheet) -> Mark:
    """A table opens a section of its own; a chart's data goes by the caption that the figure has elsewhere."""
    caption = sheet.draft.caption
    kind: SectionKind = "table" if sheet.draft.kind == "table" else "lead"
    text = caption.text if caption else sheet.draft.label
    number = caption_of(text)
    title = text[number.end :] if number else text
    body = sheet.start + (len(caption.text) if caption else 0)
    return Mark(at, kind, number, title.strip(_TRAILING), sheet.start, body, sheet.draft.line)


def _candidate(at: int, line: Line, numbers: Sequence[Number | None]) -> Candidate | None:
    text, number = line.paragraph.text, numbers[at]
    stop = _INSIDE.search(text)
    styled = line.paragraph.style == "heading" and len(text) <= 2 * _MAX_TITLE and (not stop or stop.end() == len(text))
    if number is None:
        return Candidate(at, None, Shape.STYLED) if styled else None
    if number.family in {TABLE, FIGURE}:
        return Candidate(at, number, Shape.CAPTION) if caption_of(text) else None
    following = numbers[at + 1] if at + 1 < len(numbers) else None
    goes_on = following is not None and following.family == number.family and following.last > number.last
    bare = goes_on or at + 1 == len(numbers)
    apart = text[number.end - 1] in " \u3000:："
    proven = following is not None and following.dotted and number.values == following.values[:1]
    shape = Shape.STYLED if styled else _shape(text, number)
    return Candidate(at, number, shape, apart=apart, bare=bare, proven=proven)


def _shape(text: str, number: Number) -> Shape:
    rest = text[number.end :].rstrip()
    if not rest:
        return Shape.EMPTY
    inside = _INSIDE.search(rest)
    if inside and rest[-1] in "。；！" and (colon := _COLON.match(rest)) and colon.end() < len(rest):
        return Shape.RUN_IN
    if len(rest) <= (_MAX_LONG_TITLE if inside is None else _MAX_TITLE) and (not inside or inside.end() == len(rest)):
        return Shape.CLOSED if inside or rest[-1] in "：:" else Shape.OWN
    run_in = _RUN_IN.match(rest)
    if (
        run_in is None
        or _COUNTS.search(run_in.group())
        or (rest[run_in.end() - 1] in "：:" and run_in.end() > _MAX_BEFORE_COLON)
    ):
        return Shape.LONG
    return Shape.RUN_IN


def _mark(candidate: Candidate, lines: Sequence[Line | Sheet]) -> Mark:
    line = lines[candidate.at]
    if isinstance(line, Sheet):
        raise TypeError(line)
    paragraph, number = line.paragraph, candidate.number
    begin = number.end if number else 0
    end = _end_of_title(paragraph.text, begin, candidate)
    kinds: dict[str, SectionKind] = {CASE: "case", TABLE: "table", FIGURE: "figure"}
    return Mark(
        candidate.at,
        kinds.get(number.family, "heading") if number else "heading",
        number,
        paragraph.text[begin:end].strip(_TRAILING),
        line.start,
        line.start + end,
        paragraph.line,
        paragraph.depth if paragraph.style == "heading" else None,
    )


def _end_of_title(text: str, begin: int, candidate: Candidate) -> int:
    """Behind the title: the whole line, its first sentence, or, for an article of a law, nothing."""
    if candidate.shape in {Shape.OWN, Shape.STYLED, Shape.CAPTION}:
        return len(text)
    if candidate.number and candidate.number.family == "第条":
        return begin
    if candidate.shape is Shape.RUN_IN:
        run_in = _RUN_IN.match(text, begin)
        return run_in.end() if run_in else begin
    if candidate.shape is Shape.LONG:
        sentence = _INSIDE.search(text, begin, begin + _MAX_LONG_TITLE)
        return sentence.end() if sentence else begin
    return len(text)


def _unnumbered(lines: Sequence[Line | Sheet], numbers: Sequence[Number | None], taken: AbstractSet[int]) -> list[Mark]:
    """Short lines without number or stop, each with a text of its own below: headings, where there are several."""
    found: dict[str, list[Mark]] = {}
    for at, line in enumerate(lines):
        if at in taken or numbers[at] or isinstance(line, Sheet) or line.paragraph.style == "title":
            continue
        text = line.paragraph.text
        bullet = _BULLET.match(text)
        begin = bullet.end() if bullet else 0
        enough = _FEWEST_CHARACTERS - len(bullet.group()) if bullet else _FEWEST_CHARACTERS
        if not enough <= len(text) <= _MAX_TITLE or not _PLAIN.fullmatch(text[begin:]) or _NO_PLAIN.match(text):
            continue
        if _stands_out(at, lines, numbers, after_mark=at - 1 in taken):
            mark = Mark(at, "heading", None, text[begin:], line.start, line.end, line.paragraph.line)
            found.setdefault(bullet.group(1) if bullet else "", []).append(mark)
    return [mark for marks in found.values() if len(marks) >= _FEWEST for mark in marks]


def _stands_out(at: int, lines: Sequence[Line | Sheet], numbers: Sequence[Number | None], *, after_mark: bool) -> bool:
    """The line before ends a sentence or is a heading; the line after is a long sentence or begins a numbering."""
    if not 0 < at < len(lines) - 1:
        return False
    before, after, following = lines[at - 1], lines[at + 1], numbers[at + 1]
    if isinstance(after, Sheet):
        return False
    text = after.paragraph.text
    opens = following is not None and following.last == 1 and len(text) <= _MAX_TITLE and following.family != CASE
    long = following is None and len(text) >= _LONG_LINE and text[-1] in _ENDS
    if isinstance(before, Line) and not after_mark and before.paragraph.style != "title":
        return before.paragraph.text[-1] in _ENDS and (opens or long)
    return opens or long
