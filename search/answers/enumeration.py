"""Finds enumerations in a sentence: A、B和C, “A”“B”, 《A》《B》, 一是…二是…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from search.answers.pieces import Piece, balanced

_OPEN, _CLOSE = "（(《“「『【〔", "）)》”」』】〕"
_ET_CETERA = re.compile(r"(?<![高中平同优初均劣相对一二三特上下])等(?!级|奖|待|候|于|地|额|次|第|离|效|专|学|职|院)")
_AND = re.compile(r"以及|(?<![普涉顾波以])及(?!时|其|格)|(?<![共饱温平柔])和(?!谐|平|睦)|暨")
_LEAD = re.compile(
    r"包括了?|涵盖了?|分别[为是]|主要有|设有|开设了?|拥有|获得|形成了?|建成了?|引进了?|围绕|聚焦|举办了?|开展了?|新增|推出|组织|"
    r"(?<![富所具占享])有|(?<![作成认因行称更])为|(?<![但只就总还要凡])是|例如|比如|(?<![假])如|即|由|与|和|对|(?<!现)在|向|将|以|从|按|了|的|到"
)
_ORDINAL = re.compile(r"(?:^|(?<=[。；;：:，,\s]))[一二三四五六七八九十]{1,2}是")
_ROW = re.compile(r"(?:《[^《》]{2,60}》){2,}|(?:“[^“”]{2,40}”){2,}")
_MOST = 40
"""Longest item, in characters: a longer one is a clause that merely holds the mark."""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Items in a row; `whole` is the text from where its clause begins to where it ends, with what follows 等."""

    items: tuple[Piece, ...]
    whole: Piece


def enumerations(sentence: Piece) -> Iterator[Enumeration]:
    """All enumerations of two and more items in a sentence, those inside quotation marks too."""
    for region in _regions(sentence):
        for segment in _split(region, "，,：:；;。？！?!"):
            parts = _split(segment, "、")
            if len(parts) > 1:
                yield from _readings(parts, segment)
    for match in _ROW.finditer(sentence.text):
        row = sentence.part(*match.span())
        yield Enumeration(tuple(row.part(*m.span()) for m in re.finditer(r"《[^》]*》|“[^”]*”", row.text)), row)


def ordinals(text: Piece) -> Enumeration | None:
    """The heads of 一是…二是…三是…, None where there are not at least two."""
    starts = [match.end() for match in _ORDINAL.finditer(text.text)]
    if len(starts) < 2:
        return None
    items = [text.part(start, start + len(re.match(r"[^。；;，,]*", text.text[start:])[0])) for start in starts]  # type: ignore[index]
    return Enumeration(tuple(item.strip() for item in items), text)


def _regions(sentence: Piece) -> list[Piece]:
    inner = [sentence.part(*m.span(1)) for m in re.finditer(r"[“（(]([^“”（）()]*、[^“”（）()]*)[”）)]", sentence.text)]
    return [sentence, *inner]


def _split(whole: Piece, marks: str) -> list[Piece]:
    """Parts between `marks` that stand outside brackets and quotation marks."""
    depth, start, result = 0, 0, []
    for at, character in enumerate(whole.text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif not depth and character in marks:
            result.append(whole.part(start, at))
            start = at + 1
    result.append(whole.part(start, len(whole.text)))
    return [part for part in (part.strip() for part in result) if part.text]


def _readings(parts: list[Piece], segment: Piece) -> Iterator[Enumeration]:
    *middle, last = parts
    if found := _ET_CETERA.search(last.text):
        last = last.part(0, found.start()).strip()
    items = [*middle, *(end for end in _halves(last) if end.text)]
    if len(items) < 2:
        return
    length = median(len(item.text) for item in items[1:])
    items[0] = _without_lead(items[0], length)
    if all(0 < len(item.text) <= _MOST for item in items):
        yield Enumeration(tuple(items), segment)


def _halves(last: Piece) -> list[Piece]:
    for match in _AND.finditer(last.text):
        left, right = last.part(0, match.start()), last.part(match.end(), len(last.text))
        if left.text and right.text and balanced(left.text):
            return [left.strip(), right.strip()]
    return [last]


def _without_lead(first: Piece, length: float) -> Piece:
    """The first item without the words that lead up to it: the cut whose rest is most like the others in length."""
    if len(first.text) <= length * 1.3 + 1:
        cuts = [match.end() for match in re.finditer(r"包括了?|分别[为是]|主要有|设有|例如|比如|^如", first.text)]
    else:
        cuts = [match.end() for match in _LEAD.finditer(first.text) if balanced(first.text[match.end() :])]
    rests = [first.part(cut, len(first.text)) for cut in cuts if len(first.text) - cut > 1]
    return min([first, *rests], key=lambda rest: abs(len(rest.text) - length)) if rests else first
