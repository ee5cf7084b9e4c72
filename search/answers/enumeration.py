"""Finds enumerations in a sentence: A、B和C, “A”“B”, 《A》《B》, 一是…二是…."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import log
from statistics import median

from corpus.glossary import glossary
from search.answers.pieces import Piece, balanced

_OPEN, _CLOSE = "（(《“「『【〔", "）)》”」』】〕"
_ET_CETERA = re.compile(r"(?<![高中平同优初均劣相对一二三特上下])等(?!级|奖|待|候|于|地|额|次|第|离|效|专|学|职|院)")
_AND = re.compile(r"以及|(?<![普涉顾波以])及(?!时|其|格)|(?<![共饱温平柔])和(?!谐|平|睦)|(?<![参])与(?!会)|暨")
_LEAD = re.compile(
    r"(?P<sure>包括了?|涵盖了?|分别[为是]|主要有|设有|开设了?|拥有|引进了?|举办了?|开展了?|新增|推出|组织|整合|通过|采取|创[建办]了?|建立了?|"
    r"打造了?|例如|比如|(?<![假])如|由|(?<![富所具占享])有)|"
    r"获得|形成了?|建成了?|围绕|聚焦|(?<![作成认因行称更])为|(?<![但只就总还要凡])是|即|与|和|对|(?<!现)在|向|将|以|从|按|集|含|"
    r"了|的|到|学校|中学|学院|职高|职校"
)
_TAIL = re.compile(
    r"联合|共同|携手|成立|合并|组[成建]|参[加与]|进行|开展|举[行办]|取得|获得?|荣获|入选|通过|达到|实现|为[一主载核依目]|在内|三|四|五|六|"
    r"七|八|九|十|\d|两|多|各|均|都|的|于|在|向|被|将|已"
)
_NUMBERED = (
    re.compile(r"(?:^|(?<=[。；;：:，,\s]))[一二三四五六七八九十]{1,2}是"),
    re.compile(r"(?:^|(?<=\n))[ \t]*(?:[（(]?\d{1,2}[)）]|\d{1,2}(?:[.．、](?!\d)))[ \t]*"),
    re.compile(r"(?:^|(?<=[。；;：:，,\s]))一[张个种类项条套本支份](?=[^，。；;]{2,12}[，。；;])"),
)
"""What numbers the members of a text: 一是…二是…, numbers at the beginning of lines, 一张…；一张…."""
_COUNTED = re.compile(
    r"(?:其中|包括|有)?(?P<name>[\u4e00-\u9fffa-z+“”\"]{2,12}?)(?:有|为|占|约)?\s*[\d.,]+\s*(?P<unit>万?(?:人次|人|名|个|项|所|家|万元|亿元|元|%|册|台|门|期|场|张))"
)
_REST = re.compile(r"(?:其[他它余]|共计|合计|总计|全[市省区校]|累计).*")
_ROW = re.compile(r"(?:《[^《》]{2,60}》){2,}|(?:“[^“”]{2,40}”){2,}")
_MOST = 40
"""Longest item, in characters: a longer one is a clause that merely holds the mark."""
_CUT, _KEPT, _ALIKE_END, _ALIKE_START = 0.15, 0.5, 0.5, 0.25
"""What a cut costs, what leaving the last "and" uncut costs, what each item gains that ends or begins like others."""
_ENOUGH = 40
"""More parts than this are no enumeration but text without other marks."""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Items in a row; `whole` is the text from where its clause begins to where it ends, with what follows 等."""

    items: tuple[Piece, ...]
    whole: Piece
    cost: float = 0.0
    """How unlike each other the items are: of two readings of the same clause the cheaper one is likelier."""


def enumerations(sentence: Piece) -> Iterator[Enumeration]:
    """All enumerations of two and more items in a sentence, those inside quotation marks too.

    A clause that can be read with different numbers of items ("A、B和C局") gives one for each.
    """
    for region in _regions(sentence):
        for segment in _split(region, "，,：:；;。？！?!"):
            yield from _readings(segment)
    for match in _ROW.finditer(sentence.text):
        row = sentence.part(*match.span())
        yield Enumeration(tuple(row.part(*m.span()) for m in re.finditer(r"《[^》]*》|“[^”]*”", row.text)), row)


def ordinals(text: Piece) -> list[Enumeration]:
    """The heads of 一是…二是…三是…, of numbered lines and of 一张…；一张…, each where there are at least two."""
    found = [_heads_of(text, pattern) for pattern in _NUMBERED]
    return [Enumeration(tuple(heads), text) for heads in found if len(heads) > 1 and all(head.text for head in heads)]


def _heads_of(text: Piece, pattern: re.Pattern[str]) -> list[Piece]:
    ends = [match.end() for match in pattern.finditer(text.text)]
    return [
        text.part(end, end + len(re.split(r"[。；;，,：:\n]", text.text[end:], maxsplit=1)[0])).strip() for end in ends
    ]


def counted(sentence: Piece) -> Enumeration | None:
    """Three and more things that a sentence counts one after the other: 企业职工19880人次，农村劳动者12465人次…."""
    runs: list[list[tuple[str, Piece]]] = [[]]
    for part in _split(sentence, "，,、；;。"):
        match = _COUNTED.fullmatch(part.folded)
        if not match or (runs[-1] and runs[-1][-1][0] != match["unit"]):
            runs.append([])
        if match:
            runs[-1].append((match["unit"], part.part(*match.span("name")).strip()))
    best = [piece for _, piece in max(runs, key=len) if not _REST.fullmatch(piece.text)]
    return Enumeration(tuple(best), sentence) if len(best) > 2 else None


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


def _readings(segment: Piece) -> Iterator[Enumeration]:
    parts = _split(segment, "、")
    pair = len(parts) == 1
    best: dict[int, Enumeration] = {}
    for variant, cost in _variants(parts):
        for (head, cut_head), (tail, cut_tail) in product(_heads(variant[0]), _tails(variant[-1])):
            items = (head, *variant[1:-1], tail)
            total = cost + _CUT * (cut_head + cut_tail) + _unlikeness(items)
            known = best.get(len(items))
            fits = all(1 < len(item.text) <= _MOST for item in items) and not (pair and total > 0)
            if fits and (known is None or total < known.cost):
                best[len(items)] = Enumeration(items, segment, total)
    yield from best.values()


def _variants(parts: list[Piece]) -> Iterator[tuple[list[Piece], float]]:
    """The parts with the last "and" as it is, and cut."""
    if not parts or len(parts) > _ENOUGH:
        return
    *middle, last = parts
    if found := _ET_CETERA.search(last.text):
        last = last.part(0, found.start()).strip()
    cuts = [match for match in _AND.finditer(last.text) if _apart(last, match)]
    if middle and last.text:
        yield [*middle, last], _KEPT if cuts else 0.0
    for match in cuts:
        yield [*middle, last.part(0, match.start()).strip(), last.part(match.end(), len(last.text)).strip()], 0.0


def _apart(whole: Piece, joint: re.Match[str]) -> bool:
    """Whether a word for "and" joins two things, and is no part of a name."""
    left, right = whole.text[: joint.start()], whole.text[joint.end() :]
    inside = any(
        start <= joint.start() < start + len(name)
        for name in _names_with_and()
        if (start := whole.text.find(name)) >= 0
    )
    return bool(left and right) and balanced(left) and balanced(right) and not inside


@cache
def _names_with_and() -> tuple[str, ...]:
    return tuple(name for term in glossary() for name in term.names_zh if _AND.search(name))


def _heads(first: Piece) -> list[tuple[Piece, int]]:
    """The first item whole, and without each possible lead-in; 1 marks a cut that something must speak for."""
    cuts = [match for match in _LEAD.finditer(first.text) if balanced(first.text[: match.end()])]
    rests = [(first.part(cut.end(), len(first.text)), -1 if cut["sure"] else 1) for cut in cuts]
    return [(first, 0), *((rest, cost) for rest, cost in rests if rest.text)]


def _tails(last: Piece) -> list[tuple[Piece, int]]:
    """The last item whole, and cut before each possible tail."""
    cuts = [
        match.start() for match in _TAIL.finditer(last.text) if match.start() and balanced(last.text[: match.start()])
    ]
    return [(last, 0), *((last.part(0, cut).strip(), 1) for cut in cuts)]


def _unlikeness(items: Sequence[Piece]) -> float:
    """How much the lengths differ, less what common endings and beginnings gain."""
    texts = [item.text for item in items]
    if not all(texts):
        return float("inf")
    middle = median(len(text) for text in texts)
    spread = sum(abs(log(len(text) / middle)) for text in texts)
    ends = Counter(text[-1] for text in texts).most_common(1)[0][1]
    starts = Counter(text[:2] for text in texts).most_common(1)[0][1]
    return spread - _ALIKE_END * (ends - 1) - _ALIKE_START * (starts - 1)
