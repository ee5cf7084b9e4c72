"""How names of schools are made: place, core, type (杭州市 | 中策 | 职业学校)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from corpus.gazetteer import find_regions, short_name
from corpus.localities import unknown_places

FULL_TYPES = (
    "职业高级中学校",
    "高等职业技术学校",
    "职业高级中学",
    "职业中等专业学校",
    "中等职业技术学校",
    "中等职业技术专业学校",
    "中等职业学校",
    "中等专业学校",
    "职业技术教育中心",
    "职业教育中心学校",
    "职业教育中心",
    "职业技术学校",
    "职业技术大学",
    "职业技术学院",
    "职业高中",
    "职业中专学校",
    "职业中专",
    "职业中学",
    "职业学校",
    "职业学院",
    "职业大学",
    "高等专科学校",
    "中专学校",
    "高级技工学校",
    "技工学校",
    "技师学院",
    "高级中学",
    "开放大学",
    "社区学院",
    "职教中心",
    "中学",
    "小学",
    "幼儿园",
    "学校",
    "学院",
    "大学",
)
"""Types that end a full name, longer ones before those they end with."""
SHORT_TYPES = ("中职校", "职高", "职校", "职专", "职中", "技校")

_TYPE = re.compile("|".join(FULL_TYPES))
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_GENERIC = re.compile(
    r"(?:各|全|本|我|该|每|国家|所有|部分|多所|\d+所)?(?:全?[国省市区县校](?:级|属|内|域|辖)?)?"
    r"(?:各类|独立设置的|普通|公办|民办|示范|重点|优质|国家级|中等|高等|初等|中小|成人|特殊教育)*"
    r"(?:(?:职业|职业教育|技工|高职|中职|高职高专)(?:院校|学校)|院校|学校|中学|小学|幼儿园|大学|学院|高中|中职校)"
)
_AFTER_NAME = re.compile(
    r"$|[\d（(“—-]|[〇零一二三四五六七八九十]{2,4}年|年度|质量|教育|人才|中等|高等|职业|工作|办学|关于|本科|毕业|自评|章程|信息|学校|财务|预算|决算"
    r"|事业|社会|内部|第|发展|教学|德育|党|学生|教师|实训|就业|招生"
)


def is_generic(name: str) -> bool:
    """Whether a name means schools of a type rather than a school: 中等职业学校, 各职业院校."""
    return _GENERIC.fullmatch(name) is not None


def leading_school(title: str, *, place: int = 0) -> int:
    """Where the school's name with which a title begins ends, 0 if it begins with none.

    `place` is the length of the place's name at the start: 杭州市 | 中等职业学校 names no school.
    """
    run = _HAN.match(title)
    for match in _TYPE.finditer(title, place, run.end() if run else 0):
        name = title[place : match.end()]
        if match.start() == 0 or is_generic(name) or not _AFTER_NAME.match(title, match.end()):
            continue
        return match.end()
    return 0


_FAMILIES: dict[str, frozenset[str]] = {
    "high": frozenset({"职业高级中学", "职业高级中学校", "职业高中", "职业中学", "职高", "职中"}),
    "vocational": frozenset(
        {"职业学校", "职业技术学校", "中等职业学校", "中等职业技术学校", "中等职业技术专业学校", "中职校", "中职学校"}
    ),
    "specialised": frozenset(
        {"中等专业学校", "职业中等专业学校", "职业中专学校", "中专学校", "职业中专", "职专", "中专"}
    ),
    "centre": frozenset({"职业教育中心", "职业教育中心学校", "职业技术教育中心", "职教中心"}),
    "craft": frozenset({"技工学校", "高级技工学校", "技师学院", "技校"}),
    "college": frozenset({"职业技术学院", "职业学院", "职院"}),
}
_ANY_SCHOOL = frozenset({"职校", "中职校"})
"""Short types that people use for vocational schools of every type below the colleges."""
_SCHOOLS = frozenset({"high", "vocational", "specialised"})
_SHORT_ORDINAL = re.compile(r"第?([一二三四五六七八九十])中?职$")
_SHORTEST_ABBREVIATION = 2
_TYPES_BY_LENGTH = sorted((*FULL_TYPES, *SHORT_TYPES), key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class PlacedName:
    """The parts that names of schools and companies share: places from the widest to the narrowest, and a core."""

    places: tuple[str, ...]
    core: str

    @property
    def body(self) -> str:
        """All that stands before the type or form."""
        return "".join(self.places) + self.core

    @property
    def bodies(self) -> frozenset[str]:
        """What may stand there when places are shortened or left out (杭州市中策, 杭州中策, 中策)."""
        return bodies(self.places, self.core)


@dataclass(frozen=True, slots=True)
class SchoolName(PlacedName):
    """A school's name in its parts; 三职 has core 第三."""

    type: str


@cache
def parse_school(name: str) -> SchoolName | None:
    """The parts of a school's full or short name; None if it ends with no type of school or has nothing before it."""
    ordinal = _SHORT_ORDINAL.search(name)
    if ordinal:
        places, core = split_places(name[: ordinal.start()])
        return SchoolName(places, core + "第" + ordinal[1], "职校") if places or core else None
    kind = next((kind for kind in _TYPES_BY_LENGTH if name.endswith(kind)), None)
    if kind is None or len(kind) == len(name):
        return None
    places, core = split_places(name.removesuffix(kind))
    return SchoolName(places, core, kind)


def split_places(body: str) -> tuple[tuple[str, ...], str]:
    """The places with which a name begins, and the rest: 杭州市富阳区 → (杭州市, 富阳区), "" ."""
    mention = next((m for m in find_regions(body) if m.start == 0), None)
    if mention is None:
        unknown = unknown_places(body)
        return unknown, body[sum(map(len, unknown)) :]
    places, at = [], 0
    for name in mention.region.names or (body[: mention.end],):
        form = next((form for form in (name, short_name(name)) if body.startswith(form, at)), "")
        if form:
            places.append(form)
            at += len(form)
    return tuple(places), body[at:]


@cache
def bodies(places: tuple[str, ...], core: str) -> frozenset[str]:
    """Places and core with the places full, short or left out; the last place stays where there is no core."""
    forms: list[Sequence[str]] = [(place, short_name(place), "") for place in places]
    if forms and not core:
        forms[-1] = forms[-1][:2]
    return frozenset(body for parts in product(*forms) if (body := "".join(parts) + core))


def same_school(one: SchoolName, other: SchoolName) -> bool:
    """Whether two names can be one school's: one's body is a shorter form of the other's, and the types agree."""
    return (one.body in other.bodies or other.body in one.bodies) and types_agree(
        one.type, other.type, core=bool(one.core and other.core)
    )


def abbreviates(short: SchoolName, full: SchoolName) -> bool:
    """Whether a short name has only the beginning of a full one's core: 电子职校, 杭州市电子信息职业学校."""
    return (
        short.type in SHORT_TYPES
        and _SHORTEST_ABBREVIATION <= len(short.core) < len(full.core)
        and full.core.startswith(short.core)
        and {short_name(place) for place in short.places} <= {short_name(place) for place in full.places}
        and types_agree(short.type, full.type, core=True)
    )


def family(school_type: str) -> str:
    """The family of a type: types of one family are said for each other; a type of none is its own."""
    return next((name for name, types in _FAMILIES.items() if school_type in types), school_type)


def types_agree(one: str, other: str, *, core: bool) -> bool:
    """Whether two types can belong to one school of the same place and core.

    Without a core (永康市职业学校, 永康市职业技术学校) nothing but the type tells schools of a place apart, so full
    types must then be the same, or both a 中专.
    """
    if one == other:
        return True
    families = {family(one), family(other)}
    if {one, other} & _ANY_SCHOOL and families <= _SCHOOLS | _ANY_SCHOOL:
        return True
    if len(families) > 1:
        return False
    return core or families == {"specialised"} or bool({one, other} & {*SHORT_TYPES, "职业高中", "职教中心"})
