"""What each figure of a sentence measures: the words that lead to it, its year, level or change, result or target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.answers.values import Value, values

_YEAR = re.compile(r"(?:19|20)\d\d")
_MARK = re.compile(r"[，,；;：:。！？()（）\n]")
_THAN = re.compile(r"(?:比|较|相比|同)(?:于)?$")
_BEFORE = re.compile(
    r"(?:上年度?|去年|上一年|前一年|上年同期|[比较][^，,；;。]{2,6}末)的[^，,；;。]{0,6}$|(?:上年度?|去年|上一年)$"
)
_THAN_BEFORE = re.compile(r"(?:比|较)(?:上年度?|去年|上一年|前一年)|同比")
_CHANGED = r"(?:增加(?!值)|增长|提高|提升|上升|上调|调增|增幅|减少|下降|降低|上涨|回落|高出|降幅|涨幅|净增|超出)"
_CHANGE = re.compile(
    rf"(?:{_CHANGED}|(?:比|较|高于|低于)[^，；。]{{1,14}}[高低多少增减])(?:了|约|近|达|为|幅度为)*$"
    r"|(?:高于|低于)[^，；。]{2,8}$"
)
_FROM, _TO = re.compile(r"[从由][^，；。]{0,24}$"), re.compile(r"[^，；。\d]{0,12}[到至为](?![^，；。\d]{9})")
_SHARE = re.compile(r"占(?![地用])|相当于")
_COUNT = re.compile(r"(?:其中|共计|一共|共有|共|现有|已有|有|约|近|全年|全市|全省|、)*")
"""What leads to a figure whose noun follows: 共有569幅作品."""
_EACH = re.compile(r"分别(?:为|是|有|达到?|占)?")
_BETWEEN = re.compile(r"[、,，和与及]|以及")
_PAIRED = {"城乡": ("城镇", "农村"), "中外": ("中方", "外方"), "男女": ("男", "女"), "大中": ("大", "中")}
_AIM = re.compile(
    r"(?<![于到成过])(?:预期)?目标(?:是|为|[:：])|力争|争取(?=达|到|在|20)|(?<!招生)(?<!行动)(?<!项目)计划(?=[在于到将对新投招开建培实用完启安])"
    r"|拟(?!定)|打算|(?:^|[，。；])到20\d\d年[，末底]|预计(?!.{0,6}已)|(?:今年|明年|下一?年)[^，。]{0,4}将(?!近)"
)
_EMPTY = re.compile(
    r"(?:19|20)\d\d\s*年(?:度|底|末|初)?|\d{1,2}月(?:份|底)?|十[二三四五]五[”\"]?(?:时期|期间|末)|上年(?:同期|度|末)?|去年|今年|全年|当年|一年来"
    r"|其中|分别|达到|达|约|近|共计|总计|合计|累计|共有|一共|(?<!公)共|已经?|超额?过?|突破|以上|左右|同比|同期"
    rf"|{_CHANGED}(?:到|至|为|了)?|实现|完成|保持|稳定在|控制在|全[市省区县国州]|[我本][市省区县校]|学校|目前|现有|拥有|设有|建有|开展|进行|预计|预期|力争|目标"
    r"|[比较](?:于)?(?=(?:19|20)\d\d|上年|去年|[“\"]?十)|(?:降|升|增|减)(?:低|长|加)?(?:到|至|为)|[从由为是有的了至各、和与及“”\"'《》〈〉\s]"
)
"""What a label may hold without saying what is measured."""
_REFERENCE = re.compile(r"[(（](?:详?见|参见)?[图表]\s*[\d.-]+[^()（）]{0,12}[)）]")
"""A hint at a table or a figure in brackets: it stands between words that belong together."""
_AFTER = 10
"""Characters behind a figure that say what it counts where nothing leads to it: 1126人参加考核."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of a folded sentence; spans are relative to the sentence."""

    value: Value
    start: int
    end: int
    """The clause it stands in."""
    label: str
    """The words that say what it measures: those before it, or in front of the figure that it adds to."""
    before: str
    """What else of the sentence leads up to it."""
    behind: str = ""
    """What of the sentence follows it."""
    year: int | None = None
    """The year that the sentence gives it."""
    since: int | None = None
    """The year that a change is counted from, 0 for the year before."""
    change: bool = False
    """It says by how much something changed."""
    old: bool = False
    """It says what was before a change: the first of 从…增长到…, 上年的…."""
    aim: bool = False
    """It says what is planned."""


@lru_cache(maxsize=8192)
def bare(label: str) -> str:
    """A label without the words that don't say what is measured."""
    return _EMPTY.sub("", label)


@lru_cache(maxsize=4096)
def statements(folded: str) -> tuple[Stated, ...]:
    """The figures of a folded sentence with what they measure, from left to right."""
    return tuple(_stated(folded))


def _stated(folded: str) -> Iterator[Stated]:
    folded = _REFERENCE.sub(lambda match: " " * len(match.group()), folded)
    found = list(values(folded))
    dates = [value for value in found if value.kind == "date" and _YEAR.match(value.text)]
    figures = [value for value in found if value.kind != "date"]
    aim = bool(_AIM.search(folded))
    end, subject, label, each = 0, "", "", _Each((), "")
    for value in figures:
        lead = folded[end : value.start]
        own = _last_part(lead)
        start = max((mark.end() for mark in _MARK.finditer(folded, 0, value.start)), default=0)
        each = _each(own) or each.rest(lead)
        after = _after(folded, value)
        label = each.label or _label(own, after, subject if _MARK.search(lead) else label)
        subject = subject if subject and (_SHARE.match(own) or not bare(own)) else label
        year, since = _years(folded, value, dates)
        yield Stated(
            value,
            start,
            _clause_end(folded, value.end),
            label,
            folded[:start],
            folded[value.end :],
            year,
            since,
            change=bool(_CHANGE.search((each.label or own).rstrip())),
            old=_is_old(folded, value, own),
            aim=aim,
        )
        end = value.end


def _label(own: str, after: str, inherited: str) -> str:
    """The words right before a figure; where these don't say what it is, those after it or before the last one."""
    if _SHARE.match(own) and inherited:
        return inherited + own
    if bare(own):
        return own
    if not inherited or (_COUNT.fullmatch(own.strip()) and len(bare(after)) > 1):
        return own + after
    return inherited + own


def _last_part(lead: str) -> str:
    marks = list(_MARK.finditer(lead))
    return lead[marks[-1].end() :] if marks else lead


def _after(folded: str, value: Value) -> str:
    found = re.match(rf"[^\d，,；;。、()（）]{{0,{_AFTER}}}", folded[value.end :])
    return found.group() if found else ""


def _clause_end(folded: str, end: int) -> int:
    mark = re.compile(r"[，,；;。\n]").search(folded, end)
    return mark.end() if mark else len(folded)


def _is_old(folded: str, value: Value, own: str) -> bool:
    """Whether it is the first of two in 从…增长到…, or last year's."""
    if _BEFORE.search(own) and not _THAN_BEFORE.search(own):
        return True
    return bool(_FROM.search(own) and _TO.match(folded[value.end :]))


def _years(folded: str, value: Value, dates: list[Value]) -> tuple[int | None, int | None]:
    """The year that a figure is of, and the year that it is compared with."""
    year: int | None = None
    since: int | None = None
    for date in dates:
        if date.start >= value.start:
            break
        told = int(date.number)
        between = folded[date.end : value.start]
        if not _THAN.search(folded[: date.start]):
            year, since = told, None
        elif between.startswith("的") and not _CHANGE.search(between):
            year = told
        elif not _MARK.search(between):
            since = told
    if since is None and _THAN_BEFORE.search(_last_part(folded[: value.start])):
        since = 0
    return year, since


@dataclass(frozen=True, slots=True)
class _Each:
    """The labels that 分别 deals out, the current one first."""

    labels: tuple[str, ...]
    verb: str

    @property
    def label(self) -> str:
        return self.labels[0] + self.verb if self.labels else ""

    def rest(self, lead: str) -> _Each:
        """The rest, where nothing but a mark and the verb again leads on to the next figure."""
        follows = len(self.labels) > 1 and not bare(_BETWEEN.sub("", lead))
        return _Each(self.labels[1:], self.verb) if follows else _Each((), "")


def _each(own: str) -> _Each | None:
    """城镇和农村居民收入分别增长: a label for each, with the end that they share."""
    found = _EACH.search(own)
    if not found:
        return None
    things = _things(own[: found.start()])
    return _Each(things, own[found.end() :]) if len(things) > 1 else None


def _things(text: str) -> tuple[str, ...]:
    parts = [part for part in _BETWEEN.split(text) if part]
    if len(parts) < 2:
        pair = next((pair for pair in _PAIRED if pair in text), "")
        return tuple(text.replace(pair, one, 1) for one in _PAIRED[pair]) if pair else ()
    last = parts[-1]
    return (*(part if part[-2:] == last[-2:] else part + last[len(part) :] for part in parts[:-1]), last)
