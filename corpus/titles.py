"""Find a report's title, put it on one line where it stands on two, and see when its title page comes again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.flow import Draft, Item, Origin, Paragraph
from corpus.imprint import close_up, is_organisation
from corpus.numbering import parse

_HEAD = 40  # items in which a title, or its repetition, is looked for
_MAX_TITLE = 60
_MAX_LINES = 3
_KINDS = re.compile(
    r"(?:报告|总结|计划|规划|方案|年报|纲要|意见|通知|汇报|要点|白皮书|办法|条例|公报|公告|说明|材料|自评|评价|专题|决定|讲话)"
)
_ENDED = re.compile(r"[。！？；，、：:,;]$")
_NO_TITLE = re.compile(
    r"(?:——|—|[▶►◆◇■□●○★☆◎▲•▪➤]|来源|时间|日期|作者|发布|编制|目\s*录|[（(]?[\d〇○零一二三四五六七八九]{4}\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月|附件|[^：:]{2,10}[：:]|.*〔\d{4}〕|图\s?\d|表\s?\d)"
)
_PUBLISHER = re.compile(r"(?:学院|大学|学校|中学|公司|局|厅|委员会|政府|办公室|部)$")
_ABSTRACT = re.compile(r"[【\[［]?\s?(?:摘\s*要|内容提要)\s?(?:[】\]］：:]|$)")
_TERM = re.compile(
    r"[（(]?(?:\d{4}|[〇○零一二三四五六七八九]{4})(?:[-—–~至]\d{2,4})?(?:学年|年)?度?(?:[-—][12])?"
    r"(?:第?[一二12上下]?学期|[春秋]季(?:学期)?|\d{1,2}月(?:\d{1,2}日)?|[一二三四五六七八九十]{1,2}月)?[)）]?"
)
_IN_BRACKETS = re.compile(r"[（(][^（()）]{2,30}[)）]")


def with_titles(items: Sequence[Item]) -> list[Item]:
    """The items with the title's lines joined and styled "title", at each place where the title page stands."""
    found = list(items)
    place = _place_of_title(found)
    if place is None:
        return _plain_cover([_demoted(item) for item in found], 0)
    at, count = place
    title = _joined(found[at : at + count])
    found[at : at + count] = [title]
    for n in range(at + 1, min(len(found), _HEAD)):
        count = _repeats(found, n, title.text)
        if count:
            found[n : n + count] = [_joined(found[n : n + count])]
            break
        if _begins_body(found[n]):
            break
    return _plain_cover([item if _is_title(item, title) else _demoted(item) for item in found], at)


def _place_of_title(items: Sequence[Item]) -> tuple[int, int] | None:
    """Where the title begins and how many lines it has; a school's name in large type is one for want of others."""
    styled = next((n for n, item in enumerate(items[:_HEAD]) if _styled(item)), None)
    named = _first_title(items[:_HEAD])
    if named is None or not _KINDS.search(_text(items[named : named + _MAX_LINES])):
        above = _above_abstract(items[:_HEAD])
        if above is not None and (styled is None or styled == above):
            return above, 1
    if styled is not None:
        count = _lines_of_style(items, styled)
        on_cover = all(map(_on_cover, items[styled : styled + count]))
        if named is None or not on_cover or not _KINDS.search(_text(items[named : named + _MAX_LINES])):
            return styled, count
    return None if named is None else (named, _lines_of_title(items, named))


def _above_abstract(head: Sequence[Item]) -> int | None:
    """The line in large type above a paper's abstract, its authors between them."""
    abstract = next((n for n, item in enumerate(head) if _ABSTRACT.match(_text([item]))), 0)
    large = (n for n in range(abstract - 1, max(abstract - _MAX_LINES, 0) - 1, -1) if _large(head[n]))
    return next((n for n in large if _may_be(head[n]) and not _on_cover(head[n])), None)


def _large(item: Item) -> bool:
    return isinstance(item, Paragraph) and item.style in {"title", "heading"}


def _plain_cover(items: list[Item], title: int) -> list[Item]:
    """What stands in large type on the cover, before the title or naming school and term, heads nothing."""
    for n, item in enumerate(items[:_HEAD]):
        if not isinstance(item, Paragraph) or parse(item.text) or len(item.text) > _MAX_TITLE:
            break
        if item.style == "heading" and (n < title or _on_cover(item)):
            items[n] = replace(item, style="body")
        elif item.style != "title" and n >= title and not _on_cover(item):
            break
    return items


def _on_cover(item: Item) -> bool:
    text = close_up(item.text) if isinstance(item, Paragraph) else ""
    return is_organisation(text) or _TERM.fullmatch(text) is not None


def _is_title(item: Item, title: Paragraph) -> bool:
    return isinstance(item, Paragraph) and item.style == "title" and _squeezed(item.text) == _squeezed(title.text)


def _styled(item: Item) -> bool:
    return isinstance(item, Paragraph) and item.style == "title" and len(item.text) <= 2 * _MAX_TITLE


def _demoted(item: Item) -> Item:
    return replace(item, style="heading") if isinstance(item, Paragraph) and item.style == "title" else item


def _first_title(head: Sequence[Item]) -> int | None:
    """The first line that may be a title and names a kind of report, alone or with the next; else the very first."""
    possible = []
    for n, item in enumerate(head):
        if not _may_be(item):
            if isinstance(item, Paragraph) and (parse(item.text) or len(item.text) > _MAX_TITLE):
                break
            continue
        possible.append(n)
    for n in possible:
        for count in range(1, _MAX_LINES + 1):
            lines = head[n : n + count]
            if len(lines) == count and all(map(_may_be, lines)) and _adjacent(lines) and _KINDS.search(_text(lines)):
                return n
    if possible and possible[0] == 0 and not _PUBLISHER.search(_text(head[:1])):
        return 0
    return None


def _lines_of_style(items: Sequence[Item], at: int) -> int:
    plain = (n for n in range(1, _MAX_LINES) if at + n == len(items) or not _styled(items[at + n]))
    return next(plain, _MAX_LINES)


def _lines_of_title(items: Sequence[Item], at: int) -> int:
    """A title ends with the line that names the kind of report; a year in brackets may follow on the next."""
    count = 1
    while count < _MAX_LINES and not _KINDS.search(_text(items[at : at + count])):
        count += 1
    if not _KINDS.search(_text(items[at : at + count])):
        return 1
    following = items[at + count : at + count + 1]
    if following and _adjacent([items[at], *following]) and _IN_BRACKETS.fullmatch(_text(following)):
        count += 1
    return count


def _may_be(item: Item) -> bool:
    return (
        isinstance(item, Paragraph)
        and len(item.text) <= _MAX_TITLE
        and not _ENDED.search(item.text)
        and not _NO_TITLE.match(item.text)
        and parse(item.text) is None
    )


def _adjacent(items: Sequence[Item]) -> bool:
    return all(isinstance(item, Paragraph) and not item.apart for item in items[1:])


def _text(items: Sequence[Item]) -> str:
    return "".join(item.text for item in items if isinstance(item, Paragraph))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _begins_body(item: Item) -> bool:
    """A numbered line, or a table: what follows is no title page."""
    return isinstance(item, Draft) or parse(item.text) is not None


def _repeats(items: Sequence[Item], at: int, title: str) -> int:
    """How many lines from `at` on are the title again."""
    for count in range(1, _MAX_LINES + 1):
        lines = items[at : at + count]
        if all(isinstance(item, Paragraph) for item in lines) and _squeezed(_text(lines)) == _squeezed(title):
            return count
    return 0


def _joined(items: Sequence[Item]) -> Paragraph:
    """Lines of a title on one line."""
    text = ""
    origins: list[Origin] = []
    for item in items:
        if isinstance(item, Paragraph):
            origins += [replace(origin, offset=origin.offset + len(text)) for origin in item.origins]
            text += item.text
    return Paragraph(text, tuple(origins), style="title")
