"""Whether a sentence speaks of the schools, places and years that the question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.fold import fold
from corpus.mentions import find_names
from corpus.schools import is_generic
from index.records import StoredPassage
from search.records import Query

_PLACE = re.compile(r"^(?:[^省市区县]{2,7}(?:省|自治区))?(?:[^省市区县]{2,6}市)?(?:[^省市区县]{1,6}[区县])?(?=.{2})")
_ALL_PLACE = re.compile(r"(?:[^省市区县]{2,7}省)?(?:[^省市区县]{2,6}市)?(?:[^省市区县]{1,6}[区县])?(?<=[省市区县])")
_TYPE = re.compile(
    r"(?:职业技术教育中心|职业技术学校|职业技术学院|职业高级中学|职业高中|职业中等专业学校|职业中专|中等职业技术学校|中等职业学校|"
    r"中等专业学校|职业教育中心|职教中心|职业学校|职业学院|职业中学|技工学校|技师学院|职高|职校|中职|中专|技校|学校|学院)(?:校)?$"
)
_SCHOOLISH = r"[^，。；、\s]{0,5}(?:职|校|中专|学院|技师|中心)"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|\.\d|\s*[余多]?[人名万亿元个台册项家篇户亩米吨场天斤份件公平千百])")
"""A year, and no count of people or things (1920人次)."""
_COMPARED = re.compile(r"(?:(?<![占师生])比|较)于?(?:19|20)\d\d年")
"""A year that figures are only set against; the next sentence is not of it. 占比 and 生师比 are figures themselves."""
_SHORTEST = 3
"""Characters of a short form: of two any may stand in another word."""
_HEAD = 40
"""Characters at the start of a passage in which a case names its school."""
_PASSAGE, _REPORT, _SECTION, _REGION, _LED, _ELSEWHERE = 0.9, 0.85, 0.7, 0.6, 0.55, 0.2
"""How surely a sentence speaks of a name or year (1 in the sentence itself) that stands in its passage or headings, in
what the report says of itself, elsewhere in its section, among the places that its region lies in, or at the opening
of a part that speaks of no other school; and of a year when it states another."""
_KINDS = (
    (r"技工|技师|技校", r"技工学校|技校|技师学院"),
    (r"中心", r"职业(?:技术)?教育中心|职教中心|职教"),
    (r"职|中专|中等", r"(?:中等|高级)?职业[^，。；、\s]{0,4}(?:学校|高中|中专)|职校|职高|职中|中专"),
)
"""What stands for the type of a school that has only its place for a name (望驼县职业技术学校: 望驼职校)."""


class Setting(NamedTuple):
    """What stands around a sentence, folded: its passage and headings, its report's names, region and year."""

    passage: str
    path: str
    section: str
    """What else of its section is known."""
    report: str
    region: str
    year: int | None
    years: frozenset[int]
    """Years that passage and headings state."""
    told: frozenset[int]
    """Years that the headings alone state: what stands below tells of them."""
    led: str = ""
    """The school that the opening of its part names, where the passage itself names none."""

    @property
    def known(self) -> str:
        """What a reader knows before reading the passage."""
        return f"{self.report} {self.region} {self.path}"


def setting(passage: StoredPassage, section: str = "", led: str = "", year: int | None = None) -> Setting:
    """The setting of a passage's sentences.

    `section` is other text of the same section, folded, and `year` the one told of where it is not the report's own.
    """
    meta = passage.report.metadata
    names = tuple(found.value for found in (meta.title, meta.publisher, meta.school) if found)
    region = meta.region.value.names if meta.region else ()
    own = _setting(passage.text, passage.path, names, region, meta.year.value if meta.year else None)
    if not (section or led or year):
        return own
    return own._replace(section=section, led=fold(led), year=year or own.year)


@lru_cache(maxsize=4096)
def _setting(
    passage: str, headings: tuple[str, ...], names: tuple[str, ...], region: tuple[str, ...], year: int | None
) -> Setting:
    """What a passage and its report give by themselves, about 3 kB; each side of a comparison wants it again."""
    text, path = fold(passage), fold(" ".join(headings))
    return Setting(
        passage=text,
        path=path,
        section="",
        report=fold(" ".join([*names, *([f"{year}年"] if year is not None else [])])),
        region=fold(" ".join(region)),
        year=year,
        years=_years(_COMPARED.sub("", f"{text} {path}")),
        told=_years(fold(" ".join(heading for heading in headings if heading not in names))),
    )


@lru_cache(maxsize=4096)
def is_school(name: str) -> bool:
    """Whether a name is a school's."""
    return bool(_TYPE.search(name))


def told_of_school(passage: StoredPassage) -> bool:
    """Whether a passage is about one school: its report is, or a heading or its first words name one."""
    return passage.report.metadata.school is not None or _names_school("\n".join(passage.path), passage.text[:_HEAD])


@lru_cache(maxsize=4096)
def _names_school(headings: str, head: str) -> bool:
    return any(one.kind == "school" and not is_generic(one.text) for one in find_names(f"{headings}\n{head}"))


def about(names: Sequence[str], sentence: str, around: Setting | None = None, short: Sequence[str] = ()) -> float:
    """How surely a folded sentence, in its setting, speaks of one of the names, 0 to 1; 1 if there are none.

    Where schools are named, places only say where these are; `short` is what reports call the schools for short.
    """
    patterns = _patterns(tuple(names), tuple(short))
    return max([_one(pattern, sentence, around) for pattern in patterns], default=1.0)


@lru_cache(maxsize=512)
def _patterns(names: tuple[str, ...], short: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    schools = [name for name in names if is_school(name)]
    patterns = [_pattern(fold(name)) for name in schools or names]
    return (*patterns, *(_literal(name) for name in short if schools))


def short_forms(query: Query) -> tuple[str, ...]:
    """What the reports call the schools of a query for short (鹭洲工艺, 云汀船校), as the index knows these by."""
    schools = {fold(name) for name in query.names if is_school(name)}
    if not schools:
        return ()
    forms = [tuple(form for form, weight in one.forms if weight >= 1.0) for one in query.concepts]
    named = dict.fromkeys(form for same in forms if not schools.isdisjoint(same) for form in same)
    return tuple(form for form in named if form not in schools and not form.isascii() and len(form) >= _SHORTEST)


def dated(years: Sequence[int], sentence: str, around: Setting) -> float:
    """How surely a folded sentence speaks of one of the years, 0 to 1; 1 if there are none."""
    if not years:
        return 1.0
    stated = _years(sentence) if "19" in sentence or "20" in sentence else None
    if stated:
        return 1.0 if stated & set(years) else _ELSEWHERE
    if around.years & set(years):
        return _PASSAGE
    if around.told:
        return _ELSEWHERE
    if around.year is None:
        return 0.5
    return _REPORT if around.year in years else 0.1


def _one(name: re.Pattern[str], sentence: str, around: Setting | None) -> float:
    if name.search(sentence):
        return 1.0
    if around is None:
        return 0.0
    places = (
        (around.passage, _PASSAGE),
        (around.path, _PASSAGE),
        (around.report, _REPORT),
        (around.section, _SECTION),
        (around.region, _REGION),
        (around.led, _LED),
    )
    return next((sure for text, sure in places if name.search(text)), 0.0)


@lru_cache(maxsize=512)
def _literal(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name))


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str]:
    """What a name looks like in running text: itself, or its core with another word for school behind it."""
    kind = _TYPE.search(name)
    if not kind:
        place = re.sub(r"(?<=..)(?:省|市|区|县|自治区|自治州)$", "", name)
        return re.compile(re.escape(place))
    before = name[: kind.start()]
    if _ALL_PLACE.fullmatch(before):
        return _of_place(name, before, kind[0])
    core = _PLACE.sub("", before) or before
    return re.compile(f"{re.escape(name)}|{re.escape(core)}{_SCHOOLISH}")


def _of_place(name: str, place: str, kind: str) -> re.Pattern[str]:
    """A school that has only its place for a name: with another word for its type, and no other name between."""
    types = next((types for cue, types in _KINDS if re.search(cue, kind)), re.escape(kind))
    short = re.sub(r"(?<=..)[省市区县]$", "", place)
    return re.compile(f"{re.escape(name)}|{re.escape(short)}[省市区县]?(?:{types})")


def _years(text: str) -> frozenset[int]:
    return frozenset(map(int, _YEAR.findall(text)))
