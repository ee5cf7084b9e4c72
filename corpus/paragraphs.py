"""From lines to paragraphs: what a page's end or a hard wrap has cut is joined again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.captions import caption_of, is_source, split_captions
from corpus.flow import Draft, Item, Origin, Paragraph
from corpus.numbering import parse
from corpus.records import Block

_TERMINAL = re.compile(r"[。！？；：…!?;:.”’」』）)】》〉]$")
_GOES_ON = re.compile(r"[，、,（(“‘《〈—/]$")
_PAUSE = re.compile(r"[，。、；：,]")
_LEADING_PAUSE = re.compile(r"[，。、；：！？,.;:）)”’》】]")
_BULLET = re.compile(r"[▶►◆◇■□●○★☆◎▲•▪➤]")
_REFERENCE = re.compile(r"[\[［]\s?(\d{1,3})\s?[\]］]")
_BEFORE_ONE = "不之统唯单同第任逐某划"  # 不一、之一, …: a word cut between its characters, not a number
_BEGINS_WITH_DIGIT = {"1.", "1、", "1 ", "1）", "1.1", "1.1.1"}
_RAGGED = 2.6  # em by which full lines differ: a Latin word or a mark that may not begin a line
_MIN_WIDTH, _MAX_WIDTH = 18, 64  # em; shorter lines are verse or lists, longer ones are not wrapped
_MIN_CUT = 40  # characters of a paragraph that may be cut by a page's end
_MIN_REST = 12
_MIN_BEFORE_PAUSE = 12
_MOST_LINES = 0.4
_SOME_LINES = 0.05


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How a file's lines are wrapped."""

    width: float
    """Em of a full line."""
    indents: bool
    """New paragraphs are indented."""


def paragraphs(blocks: Iterable[Block | Draft], *, wrapped: bool = False) -> list[Item]:
    """Blank blocks go, the rest become paragraphs; tables pass through.

    `wrapped` says that every line may be cut anywhere (.pdf); in other files that is seen from the lines' widths.
    """
    items = _items(blocks)
    wrap = _wrap(items, surely=wrapped)
    found: list[Item] = []
    last = ""  # the line, not the paragraph, that was taken last
    locally = False
    for n, item in enumerate(items):
        before = found[-1] if found else None
        joined = False
        if isinstance(item, Paragraph) and isinstance(before, Paragraph) and _joinable(before, item, last, wrap):
            local = _locally_wrapped(last, items, n, going_on=locally)
            joined = local or _cut_by_page(before, item) or (wrap is not None and _flows_on(last, before, item, wrap))
            locally = local
        if joined and isinstance(item, Paragraph) and isinstance(before, Paragraph):
            found[-1] = join(before, item)
        else:
            found.append(item)
            locally = False
        last = (item.indent + item.text) if isinstance(item, Paragraph) else ""
    return found


def join(first: Paragraph, second: Paragraph) -> Paragraph:
    """Two parts of one paragraph; a blank parts words of Latin letters."""
    glue = " " if _latin(first.text[-1]) and _latin(second.text[0]) else ""
    shift = len(first.text) + len(glue)
    moved = tuple(replace(origin, offset=origin.offset + shift) for origin in second.origins)
    return replace(first, text=first.text + glue + second.text, origins=first.origins + moved)


def em(text: str) -> float:
    """Width of a line in em: Latin letters, digits and blanks take half of one."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def _items(blocks: Iterable[Block | Draft]) -> list[Item]:
    found: list[Item] = []
    apart = False
    line = 0
    for block in blocks:
        if isinstance(block, Draft):
            found.append(block)
        else:
            found += _lines(block, apart=apart or block.line > line + 1)
            line = block.line
        apart = isinstance(block, Block) and not block.text.strip()
    return found


def _lines(block: Block, *, apart: bool) -> Iterator[Paragraph]:
    """A block as a line; two where captions of figures that stood side by side share one."""
    text = re.sub(r"[\t\r\n\v\f]+", " ", block.text).strip()
    if not text:
        return
    indent = block.text[: len(block.text) - len(block.text.lstrip())]
    origins = (Origin(0, block.line, block.page),)
    starts = split_captions(text)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield Paragraph(text[start:end].strip(), origins, block.style, block.depth, block.number, indent, apart)


def _wrap(items: Sequence[Item], *, surely: bool) -> _Wrap | None:
    """The width of full lines: the widest that many lines have, most of them without an end."""
    lines = [item for item in items if isinstance(item, Paragraph)]
    widths = sorted(em(line.indent + line.text) for line in lines)
    if not widths:
        return None
    width = widths[int(len(widths) * 0.97)]
    full = [line for line in lines if em(line.indent + line.text) >= width - _RAGGED]
    cut = sum(_TERMINAL.search(line.text) is None for line in full)
    seen = _MIN_WIDTH <= width <= _MAX_WIDTH and len(full) >= _MOST_LINES * len(lines) and cut > len(full) / 2
    if not surely and not seen:
        return None
    return _Wrap(width, indents=sum(bool(line.indent) for line in lines) >= _SOME_LINES * len(lines))


def _joinable(before: Paragraph, item: Paragraph, last: str, wrap: _Wrap | None) -> bool:
    """Neither a heading by its format, nor the beginning of something numbered, a caption or a source line.

    What looks like a number may be the second half of a word (不一), or of a figure where lines are wrapped.
    """
    number = parse(item.text)
    inside = len(before.text) >= _MIN_CUT and _PAUSE.search(before.text) is not None and not item.apart
    if number and number.family == "一、" and before.text[-1] in _BEFORE_ONE and inside:
        return True
    if number and number.family in _BEGINS_WITH_DIGIT and inside and wrap and not _TERMINAL.search(last):
        number = None if em(last) >= wrap.width - _RAGGED else number
    if number or before.style != item.style or item.style in {"title", "heading"} or item.number:
        return False
    if _BULLET.match(item.text) or _next_reference(before.text, item.text):
        return False
    return not is_source(item.text) and caption_of(before.text) is None


def _next_reference(before: str, text: str) -> bool:
    """An entry of a list of references: [1], or the number behind that of the entry before."""
    entry, previous = _REFERENCE.match(text), _REFERENCE.match(before)
    if entry is None:
        return False
    return int(entry[1]) == (int(previous[1]) + 1 if previous else 1)


def _cut_by_page(before: Paragraph, item: Paragraph) -> bool:
    """A long paragraph without an end, and a text that ends as a sentence does behind an empty line."""
    if not item.apart or _TERMINAL.search(before.text) or item.indent:
        return False
    if _GOES_ON.search(before.text):
        return len(before.text) >= _MIN_BEFORE_PAUSE
    if len(item.text) < _MIN_CUT and not (_PAUSE.search(item.text) or _TERMINAL.search(item.text)):
        return False
    return len(before.text) >= _MIN_CUT and len(item.text) >= _MIN_REST and _PAUSE.search(before.text) is not None


def _locally_wrapped(last: str, items: Sequence[Item], at: int, *, going_on: bool) -> bool:
    """Some lines of one width, each but the last without an end: a passage that was wrapped by hand."""
    item = items[at]
    if not isinstance(item, Paragraph) or item.apart or item.indent or _TERMINAL.search(last):
        return False
    width = em(last)
    if width < _MIN_WIDTH or em(item.text) > width + _RAGGED:
        return False
    if going_on:
        return True
    following = items[at + 1] if at + 1 < len(items) else None
    full = abs(em(item.text) - width) <= _RAGGED and not _TERMINAL.search(item.text)
    ends = isinstance(following, Paragraph) and not following.apart and em(following.text) <= width + _RAGGED
    return full and ends and _PAUSE.search(last) is not None


def _flows_on(last: str, before: Paragraph, item: Paragraph, wrap: _Wrap) -> bool:
    """In a file of wrapped lines: a full line goes on with the next, unless that is indented."""
    if item.apart and _TERMINAL.search(before.text):
        return False
    if _LEADING_PAUSE.match(item.text):
        return True
    if item.indent or em(last) < wrap.width - 2 * _RAGGED:
        return False
    return wrap.indents or not _TERMINAL.search(last)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
