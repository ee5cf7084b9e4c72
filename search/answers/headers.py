"""What the headings of a table's columns say: which of them a question asks for, what they measure, their years."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.fold import fold
from search.answers.statements import bare
from search.answers.values import UnitKind, values

_HEADERS: tuple[tuple[str, str], ...] = (
    (r"差|几个(?:百分)?点|gap|difference|wide", r"差距|差额|差$|增减"),
    (r"多[了出]|超|高出|exceed|above|more than", r"超|高于|增"),
    (r"国标|国家规定|标准|standard|required", r"标准"),
    (r"谁|哪位|\bwho\b", r"姓名|学生|教师|负责人"),
    (r"哪所|哪些学校|哪个学校|which schools?|what school", r"学校|单位"),
    (r"名字|名称|叫什么|叫啥|叫做|啥名|\bname\b|called|title", r"名称|项目名|品牌"),
    (r"比例|占比|share|percent|proportion", r"占比|比例|比重|%"),
    (r"多少人|人数|how many", r"人数"),
)
"""Words of a question and the column headings that they ask for without naming them; the first that fits counts."""
_NUMBERING = re.compile(r"^(?:序号|编号|排名|年份|年度|学年|no\.?)$")
"""Columns whose figures say which row it is."""
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\s*(?:年|学年|$|\n|/|\)))", re.MULTILINE)
_SUM = re.compile(r"[合总小共]\s*计|平均|均值|(?:sub)?total|sum|average")
ASKED_FOR, _NAMED = 0.4, 0.2
"""What a heading adds to its cells that a question asks for in other words, and one that it names."""


def is_sum(label: str) -> bool:
    """Whether a row of this name sums the others up."""
    return bool(_SUM.fullmatch(fold(label).strip()))


def asks_for(question: str, header: str) -> bool:
    """Whether a folded question asks for what stands under a heading, in other words than the heading's."""
    return bool((wanted := heading_asked(question)) and re.search(wanted, header))


def hint(question: str, header: str) -> float:
    """What a heading gains that a folded question asks for in other words, or names: 通过 of 通过（人）."""
    if asks_for(question, header):
        return ASKED_FOR
    plain = bare(re.sub(r"[(（][^()（）]*[)）]", "", header.rpartition("/")[2] or header)).strip()
    return _NAMED if len(plain) > 1 and plain in question else 0.0


@lru_cache(maxsize=256)
def heading_asked(question: str) -> str:
    """The pattern of the column headings that a folded question asks for, "" if it says nothing of the kind."""
    return next((heading for words, heading in _HEADERS if re.search(words, question)), "")


def is_numbering(header: str) -> bool:
    """Whether the figures below a folded heading only say which row it is."""
    return bool(_NUMBERING.search(header))


def header_kind(header: str) -> UnitKind:
    """What a column measures, by the unit in its heading: 占地面积（平方米）."""
    unit = re.search(r"[(（]([^()（）]+)[)）]", header)
    value = next(values(f"1{unit[1]}"), None) if unit else None
    return value.kind if value else "none"


@lru_cache(maxsize=4096)
def years_of(header: str, label: str) -> frozenset[int]:
    """The years that a column heading or a row's label states."""
    return frozenset(int(year[:4]) for year in _YEARS.findall(f"{header}\n{label}"))
