"""Whether a figure is of something narrower than what is asked: a part, a trade, a school of the city."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.fold import fold
from corpus.gazetteer import short_name
from index.records import StoredPassage
from search.answers.statements import Stated, bare
from search.answers.support import is_school, told_of_school
from search.answers.terms import Terms
from search.records import Query

_SCHOOL_WORD = re.compile(
    r"(?<!中等职业)(?<!中职)学校|职高|职校|职教中心|\b(?:[Ss]chool|[Cc]ollege|[Cc]ent(?:re|er))\b"
)
"""Words of a question that may name a school in a way that isn't known."""
_WHOLE = re.compile(r"^\S{0,12}(?:全|我)[市省区县州]")
"""A sentence that begins so tells of the whole place."""
_COUNTING = re.compile(
    r"中等职业(?:学校|教育)?|中职(?:学校|教育)?|职业(?:学校|院校)"
    r"|人数|总数|总量|总额|总值|数量|数额|比例|占比|比重|规模|情况|指标|水平|[(（][^()（）]*[)）]"
)
"""Words of a label that say in what form it counts, not what."""
_PLAN = re.compile(
    r"目标|任务|计划|打算|展望|思路|总体要求|工作安排|工作要点|重点工作|下一步|下年度|十五五”?(?:时期|规划|发展)"
)
_DONE = re.compile(r"回顾|总结|成就|完成情况|过去")
_PERIOD = re.compile(r"十[二三四五六七]五")
_OVER_YEARS = re.compile(r"年均|五年|年平均|平均每年")
_SURE = 0.5
"""From how well a word stands for the question's it covers a part of a label."""


def extra(label: str, terms: Terms, names: Sequence[str] = ()) -> float:
    """Share of a folded label's own words, 0 to 1, that the question doesn't ask for: 信息工程学校在校生 for 在校生."""
    whole, left = counted(bare(label)), label
    for name in names:
        left = left.replace(fold(short_name(name)), "")
    for concept in terms.concepts:
        for form, weight in concept.forms:
            if weight >= _SURE and (len(form) > 1 or form == concept.text):
                left = left.replace(form, "")
    return min(1.0, len(counted(bare(left))) / len(whole)) if whole else 0.0


@lru_cache(maxsize=8192)
def counted(label: str) -> str:
    """A label without the words that say in what form it counts."""
    return _COUNTING.sub("", label)


def is_narrower(passage: StoredPassage, query: Query, sentence: str) -> bool:
    """Whether a passage tells of a school or a smaller place, where the question names a place that it lies in."""
    names = query.names
    if not asks_of_place(query):
        return False
    if _WHOLE.search(sentence) or _named(tuple(names)).search(sentence):
        return False
    meta = passage.report.metadata
    places = meta.region.value.names if meta.region else ()
    return told_of_school(passage) or bool(set(places[:-1]) & set(names) and not set(places[-1:]) & set(names))


def asks_of_place(query: Query) -> bool:
    """Whether a question names places and no school: what is a school's is narrower."""
    return _asks_of_place(query.names, query.question)


@lru_cache(maxsize=256)
def _asks_of_place(names: tuple[str, ...], question: str) -> bool:
    return bool(names) and not any(map(is_school, names)) and not _SCHOOL_WORD.search(question)


@lru_cache(maxsize=512)
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    """One of several places, where it is no part of a school's name, and not one whose rules are followed."""
    places = "|".join(re.escape(fold(name)) for name in names)
    return re.compile(
        rf"(?<!按照)(?<!依据)(?<!根据)(?<!落实)(?<!贯彻)(?:{places})"
        r"(?![^，。；：]{0,12}(?:学校|职|校|中心|要求|规定|文件|政策|教委|教育[厅局]))"
    )


def is_planned(passage: StoredPassage) -> bool:
    """Whether the headings above a passage say that it tells of plans, the lowest that says anything.

    A government's report of 2026 plans 2026 and looks back on 2025; a school's tells of its own year.
    """
    meta = passage.report.metadata
    government = meta.kind is not None and meta.kind.value == "政府工作报告"
    return _tells_of_plans(_headings(passage), meta.year.value if meta.year else 0, government=government)


def _headings(passage: StoredPassage) -> tuple[str, ...]:
    """The headings above a passage without the report's own title."""
    title = passage.report.metadata.title
    return tuple(heading for heading in passage.path if not title or heading != title.value)


@lru_cache(maxsize=4096)
def _tells_of_plans(headings: tuple[str, ...], year: int, *, government: bool) -> bool:
    for heading in reversed(headings):
        told = [int(one) for one in re.findall(r"(20\d\d)年", heading)]
        if _DONE.search(heading):
            return False
        if _PLAN.search(heading) or (told and year and max(told) >= year + (not government)):
            return True
    return False


def told_year(passage: StoredPassage, *, planned: bool = False) -> int | None:
    """The year that a government's report tells of where it names none: it looks back on the year before its own."""
    meta = passage.report.metadata
    if meta.year is None or meta.kind is None or meta.kind.value != "政府工作报告":
        return None
    return meta.year.value - (not (planned or is_planned(passage)))


def period(stated: Stated, passage: StoredPassage) -> str:
    """The five-year period that a figure tells of ("十四五"), "年均" for a yearly mean, "" for a single year."""
    found: list[str] = _PERIOD.findall(stated.before + stated.label)
    if found:
        return found[-1]
    if _OVER_YEARS.search(stated.before + stated.label):
        return "年均"
    return _period_above(_headings(passage))


@lru_cache(maxsize=4096)
def _period_above(headings: tuple[str, ...]) -> str:
    heading = next((heading for heading in reversed(headings) if _PERIOD.search(heading)), "")
    return "" if re.search(r"20\d\d年", heading) else "".join(_PERIOD.findall(heading)[-1:])


@lru_cache(maxsize=512)
def periods_asked(question: str) -> tuple[str, ...]:
    """The periods that a folded question names, in the same words."""
    english = {"14th": "十四五", "15th": "十五五", "13th": "十三五", "fourteenth": "十四五", "fifteenth": "十五五"}
    named = [period for word, period in english.items() if word in question] + _PERIOD.findall(question)
    mean = ["年均"] if re.search(r"年均|average annual|annual average|per year|a year\b", question) else []
    return (*named, *mean)
