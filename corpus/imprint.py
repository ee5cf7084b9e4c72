"""What stands around a report's text: title lines, organisations that sign, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import Found
from corpus.years import DATE

HEAD_LINES = 48
"""Lines looked at from the top: cover, web navigation and contents take up to forty in the reports seen."""
TAIL_LINES = 14
LONGEST_TITLE = 60
_BODY_LINE = 100
"""Characters of a line that is no longer the front of a report; titles behind it are other documents'."""
_SHORTEST_ORGANISATION = 5

_HAN = "\u4e00-\u9fff\u3000-\u303f\uff00-\uffef〇“”"
_GAP = re.compile(rf"(?<=[{_HAN}])[ \t\u00a0\u3000]+|[ \t\u00a0\u3000]+(?=[{_HAN}])")
_PERIOD = r"[（(](?:[12]\d{3}|[〇零一二三四五六七八九]{4})\s*(?:[-—~至]\s*[12]\d{3})?\s*(?:学年|年)?度?[)）]"
_TITLE_END = re.compile(
    r"(?:报告|报告书|年报|总结|计划|要点|规划|纲要|方案|通知|意见|决定|公告|通报|公报|思路|打算|回顾|设想|章程|白皮书|蓝皮书|办法|规定|安排|汇报|汇总|汇编|模板|指南)"
    rf"(?:{_PERIOD}|[（(][^（）()，。]{{1,16}}[)）])?$"
)
_PERIOD_LINE = re.compile(
    rf"{_PERIOD}|(?:[12]\d{{3}}|[〇零一二三四五六七八九]{{4}})(?:[-—~至][12]\d{{3}})?(?:学年度?|年度)"
)
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十\d]+[部章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+(?:\.\d+)*[、.．\s]|[#●▶>]"
)
_YEAR = re.compile(r"20\d{2}|[〇零一二三四五六七八九]{4}")
_SENTENCE = re.compile(r"[。；！？;!?]|，.*，")

_AUTHORITY = (
    "人民政府(?:办公厅|办公室)?|教育(?:和体育|体育|科技|科技和体育|与体育)?(?:局|厅)|教体局|教育委员会|教委|办公厅|委员会|管理局|管委会"
    "|教育督导室|教科院|教育科学研究院|教育研究院|[\u4e00-\u9fff]{1,8}(?:局|厅|部|署)"
)
_COMPANY = "(?:集团)?(?:股份|有限责任|股份有限|有限)公司|集团(?!有限|股份|公司)"
_SCHOOL = "学校|中学|小学|学院|大学|职教中心|职业教育中心|教育中心|技校"
_ORGANISATION = re.compile(
    rf"[\u4e00-\u9fff（）()·]{{2,30}}?(?:{_AUTHORITY}|{_COMPANY}|{_SCHOOL})|国务院(?:办公厅)?|教育部"
)
TITLED_AUTHORITY = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?:人民政府(?:办公厅|办公室)?|教育(?:和体育|体育)?[局厅]|教体局|教育委员会|教委)|国务院(?:办公厅)?|教育部"
)
"""An authority at the start of a title."""
AUTHORITY = re.compile(rf"[\u4e00-\u9fff]{{2,20}}?(?:{_AUTHORITY})|国务院(?:办公厅)?|教育部")
COMPANY = re.compile(rf"[\u4e00-\u9fff（）()·]{{2,30}}?(?:{_COMPANY})")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its surrounding blanks; `text` is closed up (杭 州 市 → 杭州市), the span is not."""

    text: str
    start: int
    end: int


def close_up(text: str) -> str:
    """The text without blanks beside Chinese characters and marks."""
    return _GAP.sub("", text.strip())


def head(text: str) -> list[Line]:
    """The first lines that are not blank."""
    return [line for line, _ in zip(_lines(text, 0), range(HEAD_LINES), strict=False)]


def tail(text: str) -> list[Line]:
    """The last lines that are not blank."""
    start = max(0, len(text) - 3000)
    return list(_lines(text, text.find("\n", start) + 1 if start else 0))[-TAIL_LINES:]


def _lines(text: str, start: int) -> Iterator[Line]:
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        stripped = text[start:end].strip()
        if stripped:
            first = start + text[start:end].index(stripped)
            yield Line(close_up(stripped), first, first + len(stripped))
        start = end + 1


def is_organisation(text: str) -> bool:
    """Whether a line is the name of a school, an authority or a company and nothing else."""
    if len(text) < _SHORTEST_ORGANISATION and text not in ("教育部", "国务院"):
        return False
    return _ORGANISATION.fullmatch(text) is not None


def find_title(lines: Sequence[Line], begins: Sequence[bool]) -> Found[str] | None:
    """The title among the first lines: one line, or several that only together are one.

    `begins[i]` says that line i begins with the name of a place or an organisation. Of several candidates (web pages
    repeat titles in their navigation) the first of those that say most is taken.
    """
    best: Found[str] | None = None
    best_score = -1
    for at, line in enumerate(lines):
        if best and len(line.text) > _BODY_LINE:
            break
        if not _could_be_title(line.text) or not _TITLE_END.search(line.text):
            continue
        first, last = _reach(lines, begins, at)
        text = "".join(part.text for part in lines[first : last + 1])
        score = 2 * begins[first] + bool(_YEAR.search(text))
        if score > best_score and len(text) <= LONGEST_TITLE:
            best, best_score = Found(text, lines[first].start, lines[last].end), score
    return best


def _could_be_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and not _NUMBERED.match(text) and not _SENTENCE.search(text) and "\t" not in text


def _reach(lines: Sequence[Line], begins: Sequence[bool], at: int) -> tuple[int, int]:
    """First and last line of the title that ends, but for its year, with line `at`."""
    first, last = at, at
    while not begins[first] and 0 < first > at - 2 and _continues(lines[first - 1]):
        first -= 1
    if not begins[first]:
        first = at
    if last + 1 < len(lines) and _PERIOD_LINE.fullmatch(lines[last + 1].text):
        last += 1
    return first, last


def _continues(line: Line) -> bool:
    """Whether the next line may go on with this one's title."""
    text = line.text
    return (
        _could_be_title(text)
        and len(text) > 3
        and not _TITLE_END.search(text)
        and not DATE.search(text)
        and "〔" not in text
        and "：" not in text
    )
