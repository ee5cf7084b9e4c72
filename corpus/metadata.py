"""What a report says of itself, each value with the place it was read from; null rather than a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.gazetteer import RegionMention, find_regions, short_name
from corpus.imprint import (
    COMPANY,
    LONGEST_TITLE,
    TITLED_AUTHORITY,
    Line,
    close_up,
    find_title,
    head,
    is_organisation,
    tail,
)
from corpus.localities import unknown_places
from corpus.publisher import Publication, publisher
from corpus.records import Found, Level, Metadata, Region, ReportKind, Section
from corpus.schools import leading_school
from corpus.years import data_years, publication_date, report_year

_KINDS: tuple[tuple[ReportKind, re.Pattern[str]], ...] = (
    ("政府工作报告", re.compile("政府工作报告")),
    ("质量年报", re.compile("质量.{0,4}(?:年报|报告)|质量.{0,8}年度报告|年度质量")),
    ("工作总结", re.compile("总结|工作汇报|工作回顾")),
    ("工作计划", re.compile("工作计划|工作要点|工作安排|工作思路|年度计划")),
)
_SEARCHED = 8_000
"""Characters from the top in which other names of the same place are looked for; a report names its place early."""
_LEADING_YEAR = re.compile(
    r"(?:(?:20\d{2}|[〇零一二三四五六七八九]{4})(?:[-—~至]20\d{2})?(?:学年|年)?度?|关于|——|中共)*"
)
_SEATED = re.compile(r"位于|地处|坐落[于在]?|座落[于在]?|校址[在：:]?|地址[：:为]?|建在")
_SEAT_REACH = 8
_REPEATED = 3
"""Times that a place no gazetteer knows must be named in the report to be believed; one less for a place with a school
or an authority of its own."""
_AUTHORITY = "人民政府|教育(?:和体育|体育)?局|教体局|教委|人民代表大会"
_SCHOOL_LABEL = re.compile(r"(?:学校|院校)(?:名称|全称)\s*[:：]\s*(?P<name>[\u4e00-\u9fff]{4,30})")
_SCHOOL_ENDS = ("校", "学院", "大学", "中学", "教育中心", "职教中心")
"""Ends of issuers that are schools: one whose name could not be parted leaves the level unknown."""
_NATION = re.compile("国务院|教育部|全国|国家|中华人民共和国|中国")
_LEVELS: dict[int, Level] = {1: "province", 2: "city", 3: "district"}


def read_metadata(text: str, sections: Sequence[Section], name: str = "") -> Metadata:
    """Metadata of a report from its canonical text.

    `sections` help where the first lines show no title; `name`, the file's, only supports a year that the text has too.
    Titles over two lines and spaced-out names (杭 州 市) give closed-up values over the span of it all. A region's
    province follows from the gazetteer once its city or county is in the text.
    """
    first, last = head(text), tail(text)
    title = _title(text, first, sections)
    subject = _subject(text, title)
    kind = _kind(title)
    head_end = first[-1].end if first else 0
    year = report_year(text, title, name, head_end)
    place = subject.place or _place_of_assembly(text, first)
    if not subject.school and (named := _named_school(text, head_end)):
        subject = replace(subject, school=named)
        place = place or _place_at_start(text, named)
    body = next((section.start for section in sections if section.kind not in {"title", "lead"}), len(text))
    issuer = publisher(Publication(text, first, last, title, kind, place, subject.school or subject.organisation, body))
    if subject == _Subject() and issuer and leading_school(issuer.value) == len(issuer.value):
        subject = _Subject(school=issuer)
    region = _narrowed(text, place, subject) if place else None
    if region is None and issuer and not COMPANY.fullmatch(issuer.value):
        region = _place_at_start(text, issuer)
    return Metadata(
        title=title,
        publisher=issuer,
        kind=kind,
        level=_level(text, subject, place or region, title, issuer),
        region=region,
        school=subject.school,
        year=year,
        data_years=data_years(text, year.value if year else None),
        date=publication_date(text, head_end, last[0].start if last else 0),
    )


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom a title speaks of: a place, and the school or other organisation it names."""

    place: Found[Region] | None = None
    school: Found[str] | None = None
    organisation: Found[str] | None = None


# ── title, kind, level ───────────────────────────────────────────────────────────────────────────────


def _title(text: str, lines: Sequence[Line], sections: Sequence[Section]) -> Found[str] | None:
    found = find_title(lines, [_begins_with_name(line.text) for line in lines])
    if found:
        return found
    for section in sections:
        value = close_up(text[section.start : section.body])
        if section.kind == "title" and 0 < len(value) <= LONGEST_TITLE:
            return Found(value, section.start, section.body)
    return None


def _begins_with_name(line: str) -> bool:
    start = _name_start(line)
    if leading_school(line[start:]) or is_organisation(line):
        return True
    return bool(unknown_places(line[start:])) or any(mention.start == start for mention in find_regions(line))


def _name_start(title: str) -> int:
    match = _LEADING_YEAR.match(title)
    return match.end() if match else 0


def _kind(title: Found[str] | None) -> Found[ReportKind] | None:
    if title is None:
        return None
    kind: ReportKind = next((kind for kind, pattern in _KINDS if pattern.search(title.value)), "other")
    return Found(kind, title.start, title.end)


def _level(
    text: str,
    subject: _Subject,
    place: Found[Region] | None,
    title: Found[str] | None,
    issuer: Found[str] | None,
) -> Found[Level] | None:
    if subject.school:
        return Found("school", subject.school.start, subject.school.end)
    if issuer and (COMPANY.fullmatch(issuer.value) or issuer.value.endswith(_SCHOOL_ENDS)):
        return None
    for said in (title, issuer):
        if said and (match := _NATION.match(said.value, _name_start(said.value))):
            return Found("nation", *_span(text, said, match.start(), match.end()))
    if place is None:
        return None
    depth = 3 if place.value.county else 2 if place.value.city else 1
    return Found(_LEVELS[depth], place.start, place.end)


# ── whom the title speaks of ─────────────────────────────────────────────────────────────────────────


def _subject(text: str, title: Found[str] | None) -> _Subject:
    if title is None:
        return _Subject()
    start = _name_start(title.value)
    rest = title.value[start:]
    mention = next((m for m in find_regions(rest + "\n" + text[:_SEARCHED]) if m.start == 0), None)
    place: Found[Region] | None = None
    if mention and mention.end <= len(rest):
        place = Found(_confirmed(mention, rest, text), *_span(text, title, start, start + mention.end))
    elif unknown := _unknown_place(rest, text):
        length = sum(map(len, unknown.names))
        place = Found(unknown, *_span(text, title, start, start + length))
    school_end = leading_school(rest, place=_full_length(rest, place))
    if school_end:
        school = Found(rest[:school_end], *_span(text, title, start, start + school_end))
        return _Subject(place, school)
    if organisation := COMPANY.match(rest) or TITLED_AUTHORITY.match(rest):
        found = Found(organisation[0], *_span(text, title, start, start + organisation.end()))
        return _Subject(None if COMPANY.fullmatch(found.value) else place, None, found)
    return _Subject(place)


def _named_school(text: str, head_end: int) -> Found[str] | None:
    """The school that a form at the top names (学校名称：)."""
    match = _SCHOOL_LABEL.search(text, 0, head_end)
    return Found(match["name"], *match.span("name")) if match and leading_school(match["name"]) else None


def _full_length(rest: str, place: Found[Region] | None) -> int:
    """How much of the title's start is a place's full name: that much is no part of a school's own name."""
    if place is None:
        return 0
    return max((rest.find(n) + len(n) for n in place.value.names if 0 <= rest.find(n) <= _SEAT_REACH), default=0)


def _confirmed(mention: RegionMention, title: str, text: str) -> Region:
    """A county named by its short form behind its city (杭州市西湖) counts where the text has its full name too."""
    region = mention.region
    wider = Region(region.province, region.city)
    behind = any(short_name(name) in title[: mention.end] for name in wider.names)
    if region.county and behind and region.county not in title and region.county not in text:
        return wider
    return region


def _unknown_place(name: str, text: str) -> Region | None:
    """A city or county at the start of a name that no gazetteer knows, if the text keeps naming it."""
    times = _REPEATED - bool(leading_school(name))
    names = unknown_places(name)
    if not names or any(text.count(place) < min(times, _times(place, text)) for place in names):
        return None
    city = names[0] if names[0].endswith("市") else None
    return Region(None, city, None if names[-1] == city else names[-1])


def _times(place: str, text: str) -> int:
    return _REPEATED - bool(re.search(rf"{place}(?:{_AUTHORITY})", text))


# ── places ───────────────────────────────────────────────────────────────────────────────────────────


def _place_of_assembly(text: str, lines: Sequence[Line]) -> Found[Region] | None:
    for line in lines:
        match = re.search(r"在(?=[\u4e00-\u9fff]{2,12}第[一二三四五六七八九十\d]+届)", line.text)
        if match:
            said = Found(line.text[match.end() :], line.start + text[line.start : line.end].index("在") + 1, line.end)
            return _place_at_start(text, said)
    return None


def _place_at_start(text: str, name: Found[str]) -> Found[Region] | None:
    mention = next((m for m in find_regions(name.value + "\n" + text[:_SEARCHED]) if m.start == 0), None)
    if mention and mention.end <= len(name.value):
        return Found(mention.region, *_span(text, name, 0, mention.end))
    unknown = _unknown_place(name.value, text)
    return Found(unknown, *_span(text, name, 0, sum(map(len, unknown.names)))) if unknown else None


def _narrowed(text: str, place: Found[Region], subject: _Subject) -> Found[Region]:
    """A school's county, where the text says in which county of its city it lies."""
    if subject.school is None or place.value.county:
        return _with_city(text, place)
    city = place.value.city
    for seat in _SEATED.finditer(text, 0, min(len(text), _SEARCHED)):
        reach = text[seat.end() : seat.end() + 40]
        for mention in find_regions(place.value.names[-1] + "\n" + reach):
            at = mention.start - len(place.value.names[-1]) - 1
            inside = set(place.value.names) <= set(mention.region.names)
            if 0 <= at <= _SEAT_REACH and inside and mention.region.county:
                return Found(mention.region, seat.end() + at, seat.end() + mention.end - mention.start + at)
        unknown = re.match(rf"{city}([\u4e00-\u9fff]{{2,3}}?[区县])", reach) if city else None
        if unknown and not place.value.province and unknown_places(unknown[1]):
            return Found(Region(None, city, unknown[1]), seat.end(), seat.end() + unknown.end())
    return place


def _with_city(text: str, place: Found[Region]) -> Found[Region]:
    """The city of a county that no gazetteer knows, where the text writes it before the county's name."""
    region = place.value
    if region.county and not region.city and not region.province:
        match = re.search(rf"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{{2,3}}市){region.county}", text)
        if match:
            return Found(Region(None, match[1], region.county), *match.span())
    return place


def _span(text: str, value: Found[str], start: int, end: int) -> tuple[int, int]:
    """Where `value.value[start:end]`, closed up, stands in the text."""
    places = [at for at in range(value.start, value.end) if not text[at].isspace()]
    ahead = len("".join(value.value[:start].split()))
    length = len("".join(value.value[start:end].split()))
    return places[ahead], places[ahead + length - 1] + 1
