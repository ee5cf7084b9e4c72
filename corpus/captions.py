"""Captions, units and source lines: what belongs to a table though it stands outside its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.flow import Draft, Origin, Paragraph
from corpus.numbering import FIGURE, TABLE, Number, parse
from corpus.records import Block

_MAX_CAPTION = 80
_MAX_BARE_CAPTION = 40
_NEAR = 3  # lines, blank ones counted, between a table and its caption or source
_FAR = 4 * _NEAR
_SENTENCE = re.compile(r"[。；！？;!?，,√□☑☐■]|[：:、]$")
_PREPARED = re.compile(
    r"(?:19|20)\d\d\s?年(?:\s?\d{1,2}(?:\s?[-—~至]\s?\d{1,2})?\s?月(?:\s?\d{1,2}\s?日)?|度)|编制单位\s?[:：].{2,30}"
)
_INSIDE = re.compile(r"[。；！？;!?]")
_REFERENCE = re.compile(r"(?:中|所示|显示|可见|可以|表明|反映|列出|是|为|给出|说明|的|和|与|及|、|，|,|）|\))")
_BESIDE = re.compile(r"\s{2,}(?=附?[图表]\s?\d)")
_UNIT = re.compile(r"[（(\[]?\s?(?:计量)?单位\s?[:：]\s?([^）)\]\s，,；;]{1,12})\s?[）)\]]?")
_UNIT_LINE = re.compile(
    rf"{_UNIT.pattern}(?:[\s，,；;]*[\u4e00-\u9fff]{{2,6}}\s?[:：]\s?[^：:。；\s]{{1,12}}[）)\]]?)*"
)
_SOURCE = re.compile(
    r"[※*＊]\s?\S|(?:数据|资料|信息)?来源\s?[:：]|(?:注|备注|说明)\s?\d{0,2}\s?[:：]|注(?:\d|\s|[（(]\d)"
)
_NAMES_A_TABLE = re.compile(r"(?:表|名单|情况|一览|统计|汇总|清单|对比|明细|数据)(?:[（(][^）)]{1,20}[）)])?$")


def caption_of(text: str) -> Number | None:
    """The number of a caption of a table or figure, None when `text` only speaks of one."""
    number = parse(text)
    if number is None or number.family not in {TABLE, FIGURE} or len(text) > _MAX_CAPTION:
        return None
    rest = text[number.end :]
    glued = not text[number.end - 1].isspace()
    if _INSIDE.search(rest) or (glued and _REFERENCE.match(rest)):
        return None
    return number


def split_captions(text: str) -> list[int]:
    """Where each caption begins on a line that holds several, set apart by blanks; [0] for any other line."""
    starts = [0]
    if text[:1] in "附图表":
        starts += [match.end() for match in _BESIDE.finditer(text)]
    parts = zip(starts, [*starts[1:], len(text)], strict=True)
    return starts if all(caption_of(text[start:end].strip()) for start, end in parts) else [0]


def is_source(text: str) -> bool:
    """`text` says where a table's figures come from, or explains them."""
    return _SOURCE.match(text) is not None


def unit_of(text: str) -> str:
    """The unit that a line names, perhaps with a currency (单位：元 币种：人民币); "" for other lines."""
    match = _UNIT_LINE.fullmatch(text)
    return match.group(1) if match else ""


def with_caption(draft: Draft, before: list[Block | Draft]) -> Draft:
    """Take the caption, and a line that names the unit, from the end of what stands before the table.

    A row of the table itself that might be its caption is only a note below one that stands above the table.
    """
    above = _notes_above(before)
    notes = [paragraph(line) for line in reversed(above)]
    unit = next(filter(None, (unit_of(note.text) for note in (*notes, *draft.notes))), "")
    for line in above:
        _drop_from(before, line)
    taken = _last_line(before)
    if taken is not None and _captions(taken, draft, named=bool(above)):
        notes += [draft.caption] if draft.caption else []
        draft = replace(draft, caption=paragraph(taken))
        _drop_from(before, taken)
    if draft.caption and not unit and (found := _UNIT.search(draft.caption.text)):
        unit = found.group(1)
    return replace(draft, notes=(*notes, *draft.notes), unit=unit)


def with_source(draft: Draft, blocks: Sequence[Block], at: int) -> tuple[Draft, int]:
    """Take the source line, if one follows; also gives the first block behind it."""
    behind = at
    while behind < min(len(blocks), at + _NEAR) and blocks[behind].grid is None and not blocks[behind].text.strip():
        behind += 1
    if behind < len(blocks) and is_source(blocks[behind].text.strip()):
        return replace(draft, source=paragraph(blocks[behind])), behind + 1
    return draft, at


def paragraph(block: Block) -> Paragraph:
    """A block on one line."""
    text = re.sub(r"[\t\n]", " ", block.text).strip()
    return Paragraph(text, (Origin(0, block.line, block.page),), block.style, block.depth, block.number)


def _last_line(before: Sequence[Block | Draft]) -> Block | None:
    """The last item that isn't blank, None when that is a table or nothing is near."""
    for item in reversed(before[-_NEAR:]):
        if isinstance(item, Draft):
            return None
        if item.text.strip():
            return item
    return None


def _drop_from(before: list[Block | Draft], block: Block) -> None:
    while before and before[-1] is not block:
        before.pop()
    before.pop()


def _notes_above(before: Sequence[Block | Draft]) -> list[Block]:
    """The line that names the unit, with day and preparer of a balance sheet, the last one first."""
    rest = list(before[-_FAR:])
    found: list[Block] = []
    while (line := _last_line(rest)) and (unit_of(line.text.strip()) or _PREPARED.fullmatch(line.text.strip())):
        found.append(line)
        _drop_from(rest, line)
    return found if any(unit_of(line.text.strip()) for line in found) else []


def _captions(line: Block, draft: Draft, *, named: bool) -> bool:
    """The line above is the table's caption; a heading gives way to what the table says itself.

    `named` says that a line with the unit stood between: there a short line without a stop names the table.
    """
    text = line.text.strip()
    if named and line.style == "body" and draft.caption is None and parse(text) is None:
        return len(text) <= _MAX_BARE_CAPTION and not _SENTENCE.search(text)
    if draft.caption and (line.style == "heading" or caption_of(draft.caption.text)):
        return False
    return _names_table(text)


def _names_table(text: str) -> bool:
    number = caption_of(text)
    if number is not None:
        return number.family == TABLE
    if parse(text) is not None or len(text) > _MAX_BARE_CAPTION or _INSIDE.search(text):
        return False
    return _NAMES_A_TABLE.search(text) is not None
