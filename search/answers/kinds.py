"""Which kind of name a list question asks for, and the names of that kind in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from corpus.mentions import find_names
from corpus.schools import is_generic, parse_school, same_school

Kind = Literal["", "school", "company"]

_SEVERAL = r"哪(?:些|几[所家个]?|[两二三四五六七八九十\d]+[所家个])"
_ENGLISH = r"\b(?:which|what|name the|list the) (?:[\w-]+ ){0,3}?"
_KINDS: tuple[tuple[Kind, str, str], ...] = (
    ("school", r"学校|院校|职校|职高|高校|中职|中专", r"schools|colleges"),
    ("company", r"企业|公司", r"companies|firms|enterprises"),
)
_LOOSE = re.compile(
    r"(?:^|(?<=[、，。；：:,“（(和与及由将把])|(?<=其中|届时|以及|先后|分别|组织))"
    r"(?:届时|其中|以及)?(?P<name>[\u4e00-\u9fff]{2,9}?(?:学校|职校|职高|艺高|学院|职教中心))(?![\u4e00-\u9fff]{0,1}(?:合并|共建)?[的]?(?:数|所))"
)
"""A school as reports shorten it (能源工业学校), where a name can begin."""
_PARTS = re.compile(
    r"(?P<place>(?:[\u4e00-\u9fff]{2,4}?省)?(?:[\u4e00-\u9fff]{2,4}?市)?(?:[\u4e00-\u9fff]{1,4}?[区县])?)"
    r"(?P<core>[\u4e00-\u9fff]{2,}?)"
    r"(?:(?:中等|高级)?职业(?:技术)?(?:学校|学院|中学|高中|教育中心)|职业中等专业学校|中等专业学校|学校|学院|职校|职高|艺高|中专)"
)
_NO_NAME = re.compile(
    r"所|个|些|各|我|本|该|等|多|全|余|每|某|此|这|两|几|哪|中等|试点|示范|技工院校|受援|帮扶|结对|兄弟|有关|相关|下属|直属|城区|县域|"
    r"帮助|支持|组织|推动|建设|开展|参加|通过|成为|作为|带领|优秀|先进|典型|绿色|文明|民办|公办|高水平|名校|普通|校际|研究|启动|整合|推进|向|企业|指导|选派|聘请|围绕|结合|按照|根据|"
    r"^(?:形成|引导|鼓励|促进|提升|提高|加强|强化|深化|完善|落实|保障|发挥|打造|构建|建立|实施|实现|协助|依托|面向|进入|走进|展示|体现|突出|改善)"
)


def kind_asked(question: str) -> Kind:
    """The kind of names that a folded "which" question asks for, "" for anything else."""
    for kind, nouns, english in _KINDS:
        before = rf"{_SEVERAL}[^，。？?、]{{0,6}}?(?:{nouns})"
        after = rf"(?:{nouns})(?:主要|都|分别|一共|共)?(?:有|是|为|包括)(?:哪些|哪几[所家个]|什么)?[?？]?$"
        if re.search(f"{before}|{after}|{_ENGLISH}(?:{english})\\b", question):
            return kind
    return ""


def names_of(kind: Kind, text: str) -> list[str]:
    """The names of a kind in a text, in order and each once; schools also as reports shorten them."""
    found = [
        (one.start, one.end, one.text) for one in find_names(text) if one.kind == kind and not is_generic(one.text)
    ]
    if kind == "school":
        known = [(start, end) for start, end, _ in found]
        found += [one for one in _loose(text) if not any(one[0] < end and start < one[1] for start, end in known)]
    return list(dict.fromkeys(name for _, _, name in sorted(found)))


def _loose(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _LOOSE.finditer(text):
        name = match["name"]
        if not _NO_NAME.search(name) and not is_generic(name):
            yield match.start("name"), match.end("name"), name


def names_kind(kind: Kind, heading: str) -> bool:
    """Whether a column's heading says that names of the kind stand below it."""
    nouns = next((nouns for one, nouns, _ in _KINDS if one == kind), "")
    return bool(nouns) and bool(re.search(rf"(?:{nouns}|单位)(?:名称|名单|全称|名)?$", heading))


def is_of_kind(kind: Kind, name: str) -> bool:
    """Whether a name is one of the kind; anything is where no kind is asked for."""
    return not kind or bool(names_of(kind, name))


def same_name(one: str, other: str) -> bool:
    """Whether two names mean the same school or company: equal, one the end of the other, or by their parts.

    Without its place a school may be told by what it teaches alone (纺织学校 of 汀南区纺织工业职业学校).
    """
    if one == other or one.endswith(other) or other.endswith(one):
        return True
    first, second = parse_school(one), parse_school(other)
    if first is not None and second is not None and same_school(first, second):
        return True
    mine, theirs = _PARTS.fullmatch(one), _PARTS.fullmatch(other)
    if not mine or not theirs or (mine["place"] and theirs["place"]):
        return False
    return mine["core"].startswith(theirs["core"]) or theirs["core"].startswith(mine["core"])


def fullest(names: Sequence[str]) -> str:
    """Of names for the same thing the longest, the first of several."""
    return max(names, key=len)
