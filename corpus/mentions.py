"""Names in a text: schools, companies, certificates, majors, places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.fold import fold
from corpus.gazetteer import RegionMention, find_regions
from corpus.glossary import glossary
from corpus.localities import unknown_places
from corpus.schools import FULL_TYPES, SHORT_TYPES, is_generic
from corpus.wordfinder import WordFinder

NameKind = Literal["school", "company", "certificate", "major", "place"]

_LONGEST_NAME = 22
_OWN_PLACE = "省市区县州"
"""市卫生学校 is the city's one: the name begins behind."""
_PLACE_ENDS = "省市区县旗州"
"""西城区职校 are a district's schools; the name of one is said without 区 (海宁职高)."""
_LONGEST_CORE = 8
_COMPANY_TYPES = "(?:集团)?(?:股份有限公司|有限责任公司|有限公司)|集团公司|集团"
_NUMBERED = "第?[一二三四五六七八九十]中?职(?![业工称责教员务场位能级生院校高学])"
_TYPE = re.compile("|".join((*FULL_TYPES, *SHORT_TYPES, _NUMBERED)).replace("职高", "职高(?!专(?!业))"))
_COMPANY = re.compile(rf"(?:{_COMPANY_TYPES})(?![\u4e00-\u9fff]{{0,2}}化)")
_WEAK = frozenset({"学校", "中学", "小学", "幼儿园", "学院", "大学", "高级中学"})
"""Types that end so many words that only a place before them makes a name."""
_HAN = re.compile(r"[\u4e00-\u9fff·]+")
_BREAK = re.compile(
    "组织|带领|推动|做好|开展|建立|办好|打造|促进|提升|发挥|保障|组成|升入|就读|考入|探索|实施|启动|紧密型|示范性|其中|包括|指导"
    "|整合|引入|联合|参与|参加|新增|进入|移交|支持|依托|作为|成为|帮助|推进|继续|加快|强化|进一步|深入|建设成|评为"
    "|通过|根据|按照|围绕|借鉴|担任|来自|进驻|合作|结对|对接|专业|全体|共同|一是|二是|三是|目前|同时|此外|分别|以及|由于"
    "|安排|选派|邀请|聘请|推荐|积极|成立|创办|创建|现有|拥有|建有|具有|位于|属于|对于|关于|至于|例如|诸如|落实|搭建|依据"
    "|接受|取消|撤销|合并|停办|更名|并入|前身|隶属|走进|前往|参观|考察|承担|负责|牵头|主持|代表|输送|协同|会同|龙头企业|骨干企业"
    "|展示|对口|统筹|引导|明确|争取|入选|获得|荣获|授予|命名"
    "|[和与及由为在对从向将把到于是有如像以含应的了等至让使经被请派赴名个所年月日后前里内外各该本我其此每某全多两几位次届级类并且而但或因若即又也都已原]"
)
"""Words that are no part of a name: it begins behind the last of them."""
_AWARD = re.compile(
    "(?:示范|特色|文明|绿色|品牌|先进|优秀|实验|试点|基地|培育|单位|重点|达标|平安|健康|传统|项目|成员|理事长|会员|立项|改革|智慧"
    "|校园|诚信|现代化|标准化|星级|等级|园林|节水|书香|数字|高水平|兄弟|国外|境外|农村|薄弱|优质|骨干|知名|本地|当地|地方|上级|教育"
    "|培养|公办|民办|清廉|职教|服务|企业|产业|行业|中|高)$"
)
"""What a school is, not what it is called (绿色学校), and the first half of 中职, 高职."""
_KIND_END = re.compile("(?<=.)(?:中等职业|中职|高职|职业)+$")
_MAJOR_AFTER = re.compile(r"[”\"』」]?(?:专业|班|类专业)")
_CERTIFICATE_AFTER = re.compile(r"[”\"』」]?(?:\d?[+＋]?[XxＸ]?证|职业技能|职业资格|等级证|资格证|考证|考级|鉴定)")
_CERTIFIED = ("证", "证书")
_LONG_TERM = 5
"""Characters from which a major or certificate of the glossary is a name even without 专业 or 证书 behind it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in `text[start:end]`; `canonical` is its full form where a register knows it, else "" ."""

    kind: NameKind
    text: str
    start: int
    end: int
    canonical: str = ""


def find_names(text: str) -> list[Mention]:
    """The names in a text, in order; a place inside a school's or company's name is not counted again.

    A school or company begins with its place where one stands before it, otherwise behind the last word that can't be
    part of a name; plain types (中等职业学校, 示范学校) are no names.
    """
    folded = fold(text)
    places = find_regions(text)
    found = [*_organisations(folded, places, "school"), *_organisations(folded, places, "company")]
    found += [*_terms(folded, "major"), *_terms(folded, "certificate")]
    found += [("place", place.start, place.end) for place in places]
    found.sort(key=lambda item: (item[1], -item[2]))
    mentions: list[Mention] = []
    for kind, start, end in found:
        if not mentions or start >= mentions[-1].end:
            mentions.append(Mention(kind, text[start:end], start, end))
    return mentions


_Spot = tuple[NameKind, int, int]


def _organisations(text: str, places: Sequence[RegionMention], kind: Literal["school", "company"]) -> Iterator[_Spot]:
    starts = [place.start for place in places]
    reached = 0
    for match in (_TYPE if kind == "school" else _COMPANY).finditer(text):
        if match.start() < reached:
            continue
        floor = max(reached, match.start() - _LONGEST_NAME)
        run = next((m.start() for m in _HAN.finditer(text, floor, match.start()) if m.end() == match.start()), None)
        near = places[bisect_left(starts, run if run is not None else match.start()) : bisect_left(starts, match.end())]
        start = _left_edge(text, run if run is not None else match.start(), match.start(), near)
        name_start, place_end = start
        reached = match.end()
        weak = match[0] in _WEAK
        core = text[place_end : match.start()]
        if name_start == match.start() or (weak and place_end == name_start):
            continue
        if len(core) > _LONGEST_CORE + 4 * (kind == "company") or _AWARD.search(_KIND_END.sub("", core)):
            continue
        if kind == "school" and is_generic(text[place_end : match.end()]):
            continue
        if place_end == name_start and len(core) < 2:
            continue
        if not core and match[0] in SHORT_TYPES and text[place_end - 1] in _PLACE_ENDS:
            continue
        yield kind, name_start, match.end()


def _left_edge(text: str, run: int, end: int, places: Sequence[RegionMention]) -> tuple[int, int]:
    """Where a name that ends with a type at `end` begins, and where the place that it begins with ends."""
    for place in reversed(places):
        if place.end <= end and not _BREAK.search(text, place.end, end):
            return place.start, place.end
    breaks = list(_BREAK.finditer(text, run, end))
    start = breaks[-1].end() if breaks else run
    if text[start] in _OWN_PLACE:
        return start + 1, start + 1
    return start, start + sum(map(len, unknown_places(text[start:end])))


def _terms(text: str, kind: Literal["major", "certificate"]) -> Iterator[_Spot]:
    after = _MAJOR_AFTER if kind == "major" else _CERTIFICATE_AFTER
    for start, end in _term_finder(kind).longest(text):
        if end - start >= _LONG_TERM or text[start:end].endswith(_CERTIFIED) or after.match(text, end):
            yield kind, start, end


@cache
def _term_finder(kind: Literal["major", "certificate"]) -> WordFinder:
    return WordFinder(fold(term.zh) for term in glossary() if term.kind == kind)
