"""Years and dates: the year a report is about, the years its figures speak of, the day it came out."""

from __future__ import annotations

import re

from corpus.records import Found

_DIGIT = {character: str(value) for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "Ｏ": "0",
}
_NUMERAL = "[〇○零一二三四五六七八九]"
DATE = re.compile(
    r"(?P<year>[12]\d{3})(?:\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?"
    r"|\s*(?P<mark>[-/.])\s*(?P<month2>\d{1,2})\s*(?P=mark)\s*(?P<day2>\d{1,2})(?!\d))"
    rf"|(?P<cyear>{_NUMERAL}{{4}})\s*年\s*(?P<cmonth>[一二三四五六七八九十]{{1,2}})\s*月(?:\s*(?P<cday>[一二三四五六七八九十]{{1,3}})\s*日)?"
)

_NUMERALS = f"{_NUMERAL}{{4}}"
_YEAR = re.compile(rf"(?<!\d)20\d{{2}}(?!\d)|(?<!{_NUMERAL}){_NUMERALS}(?=\s*年)")
_SPAN = re.compile(r"(?<!\d)(?P<first>20\d{2})\s*年?\s*[-—–~至]+\s*(?P<last>20\d{2})(?!\d)")
_REVIEWED = re.compile(r"(?<!\d)(20\d{2})\s*年度?.{0,6}(?:工作总结|总结|回顾)")
_NAME_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_FIGURE_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=\s*(?:[-—–~至]+\s*20\d{2}\s*)?[年学届])")
_FIGURE = re.compile(
    r"\d\s*(?:[%％人名个所项次万亿元册台件门种篇平亩班份家对支米吨]|公里|平方米|人次|百分点|学时)|\t[\d.,%]+(?=[\t\n]|$)"
)
_SENTENCE = re.compile(r"[^。；！？\n]+")
_OLDEST_DATA = 6
"""Years before the report's that its figures are believed to reach back; foundings and plans lie farther off."""

_PUBLISHED = re.compile(
    r"(?:(?:发布|公开|成文|印发|生成|报送|发文|上传|更新|编制|完成)(?:时间|日期)"
    r"|(?:^|[\s　|])(?:时间|日期))\s*[:：]?\s*$"
)
_ASSEMBLY = re.compile(r"代表大会|全体会议|会议上|大会上")
_DATE_LINE_REST = 24
"""Characters that may stand beside the date on a line that signs a report: an organisation's name and brackets."""


def report_year(text: str, title: Found[str] | None, name: str, head_end: int) -> Found[int] | None:
    """The year a report is about: in the title, else in its first headings, else where text and file name agree.

    A title with a review and a plan gives the review's, one with a school year the year in which the school year, or
    the half of it that is meant, ends; one with any other span of years none.
    """
    if title:
        within = text[title.start : title.end]
        if span := _SPAN.search(within):
            return _of_school_year(text, title, span)
        if year := _YEAR.search(within):
            return _found(text, title.start + year.start(), title.start + year.end())
    start = title.end if title else 0
    of_government = title is not None and "政府工作报告" in title.value
    if not of_government and (reviewed := _REVIEWED.search(text, start, head_end)):
        return _found(text, *reviewed.span(1))
    for match in DATE.finditer(text, start, head_end):
        if match["year"] and _ASSEMBLY.search(_line_of(text, match.start())):
            return _found(text, *match.span("year"))
    for year in set(_NAME_YEAR.findall(name)):
        if (at := text.find(f"{year}年")) >= 0 and len(set(_NAME_YEAR.findall(name))) == 1:
            return _found(text, at, at + 4)
    return None


def _of_school_year(text: str, title: Found[str], span: re.Match[str]) -> Found[int] | None:
    if "学年" not in title.value:
        return None
    part = "first" if "第一学期" in title.value or "上学期" in title.value else "last"
    return _found(text, title.start + span.start(part), title.start + span.end(part))


def _found(text: str, start: int, end: int) -> Found[int]:
    return Found(int("".join(_DIGIT.get(c, c) for c in text[start:end])), start, end)


def data_years(text: str, about: int | None) -> tuple[Found[int], ...]:
    """Years that stand in a sentence or table row with figures, or that a heading reviews, up to the report's own."""
    found: dict[int, Found[int]] = {}
    for sentence in _SENTENCE.finditer(text):
        if not _FIGURE.search(sentence[0]) and not _REVIEWED.search(sentence[0]):
            continue
        for match in _FIGURE_YEAR.finditer(sentence[0]):
            start = sentence.start() + match.start(1)
            found.setdefault(int(match[1]), Found(int(match[1]), start, start + 4))
    newest = about or max(found, default=0)
    return tuple(found[year] for year in sorted(found) if newest - _OLDEST_DATA <= year <= newest)


def publication_date(text: str, head_end: int, tail_start: int) -> Found[str] | None:
    """The day, or month, a report came out.

    As labelled (发布时间), else under its title or its signature, else of the assembly it was given to.
    """
    matches = [*DATE.finditer(text, 0, head_end), *DATE.finditer(text, max(tail_start, head_end))]
    for fits in (_is_labelled, _is_signature, _is_assembly):
        for match in matches:
            value = iso_date(match)
            if value and fits(text, match):
                return Found(value, *match.span())
    return None


def _is_labelled(text: str, match: re.Match[str]) -> bool:
    return _PUBLISHED.search(text[max(0, match.start() - 16) : match.start()]) is not None


def _is_signature(text: str, match: re.Match[str]) -> bool:
    line = _line_of(text, match.start())
    rest = line.replace(match[0], "").strip(" 　（）()年月日\t")
    return not rest or (len(rest) <= _DATE_LINE_REST and not re.search(r"[\d，。、：:；—～~-]|印发|会议", rest))


def _is_assembly(text: str, match: re.Match[str]) -> bool:
    return _ASSEMBLY.search(_line_of(text, match.start())) is not None


def _line_of(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)]


def iso_date(match: re.Match[str]) -> str | None:
    """A date found by `DATE` as ISO 8601, as exact as it is written; None if there is no such day."""
    if match["cyear"]:
        year = "".join(_DIGIT[c] for c in match["cyear"])
        month, day = _small(match["cmonth"]), _small(match["cday"] or "")
    else:
        year = match["year"]
        month, day = int(match["month"] or match["month2"]), int(match["day"] or match["day2"] or 0)
    if not 1 <= month <= 12 or day > 31:
        return None
    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")


def _small(numeral: str) -> int:
    """十 and its compounds up to 31; 0 for an empty string."""
    if not numeral:
        return 0
    tens, ten, ones = numeral.rpartition("十")
    unit = int(_DIGIT[ones]) if ones else 0
    return unit if not ten else 10 * (int(_DIGIT[tens]) if tens else 1) + unit
