"""Who issued a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.gazetteer import find_regions, short_name
from corpus.imprint import AUTHORITY, Line, close_up, is_organisation
from corpus.records import Found, Region, ReportKind
from corpus.years import DATE

_LABEL = re.compile(
    r"(?:发布(?:单位|机构|部门)|编制(?:单位|机构)|编写单位|填报单位|公开(?:单位|机构)|制作单位|报送单位)\s*[:：]\s*(?P<name>[\u4e00-\u9fff]{4,30})"
)
_SOURCE = re.compile(r"(?<!数据)(?<!资料)来源\s*[:：]\s*(?P<name>[\u4e00-\u9fff]{4,30})")
_PRESS = re.compile("报$|报社|新闻|新华|电视|网$|通讯社|杂志|客户端|编辑部")
_VAGUE = re.compile("学校|本校|我校|校|本局|我局|局|市委|办公室|教务处")
_NEAR_TITLE = 4
"""Lines above and below the title in which an organisation's name alone is that of the issuer."""
_NEAR_END = 6
_MANDATE = re.compile(r"代表\s*(?P<name>[\u4e00-\u9fff]{0,12}?(?:人民政府|(?<=[省市县区])政府))")
_MANDATE_REACH = 6_000
_EDUCATION = re.compile(r"教育(?:和体育|体育|科技)?局|教体局|教育委员会|教委|教育厅")
_WINDOW = 10


@dataclass(frozen=True, slots=True)
class Publication:
    """What is known of a report when its issuer is looked for; `subject` is the organisation its title names."""

    text: str
    head: Sequence[Line]
    tail: Sequence[Line]
    title: Found[str] | None
    kind: Found[ReportKind] | None
    place: Found[Region] | None
    subject: Found[str] | None
    body: int
    """Where the first heading, table or figure stands: a source named from there on is that of some figures."""


def publisher(report: Publication) -> Found[str] | None:
    """The organisation that issued a report.

    In this order: a label (发布单位：), a name alone beside the title, the organisation in the title, the signature,
    a source that is an authority, no newspaper and none of figures; then the government that a 政府工作报告 is given
    for, and the education authority that a region's 质量年报 names as its own (it is by rule the one that issues it).
    """
    end = report.head[-1].end if report.head else 0
    ways: tuple[Callable[[], Found[str] | None], ...] = (
        lambda: _labelled(_LABEL, report.text[:end]),
        lambda: _beside_title(report),
        lambda: report.subject,
        lambda: _signed(report),
        lambda: _labelled(_SOURCE, report.text[: min(end, report.body)]),
        lambda: _government(report),
        lambda: _education_authority(report),
    )
    return next((found for way in ways if (found := way())), None)


def _labelled(label: re.Pattern[str], text: str) -> Found[str] | None:
    for match in label.finditer(text):
        name = match["name"]
        if AUTHORITY.fullmatch(name) and not _PRESS.search(name) and not _VAGUE.match(name):
            return Found(name, *match.span("name"))
    return None


def _beside_title(report: Publication) -> Found[str] | None:
    title = report.title
    if title is None:
        return next(_names(report, report.head[:1]), None)
    below = [line for line in report.head if line.start >= title.end][:_NEAR_TITLE]
    above = [line for line in report.head if line.end <= title.start][-_NEAR_TITLE:]
    within = [line for line in report.head if title.start <= line.start and line.end <= title.end]
    return next(_names(report, [*below, *above, *within]), None)


def _signed(report: Publication) -> Found[str] | None:
    lines = report.tail[-_NEAR_END:]
    return next(_names(report, lines), None) if report.title else None


def _names(report: Publication, lines: Sequence[Line]) -> Iterator[Found[str]]:
    """Lines that are the name of an organisation, a date beside it allowed."""
    for line in lines:
        raw = report.text[line.start : line.end]
        date = DATE.search(raw)
        bare = raw[: date.start()].rstrip(" \t\u3000（(") if date and date.start() else raw
        name = close_up(bare)
        if is_organisation(name) and not _PRESS.search(name) and not _VAGUE.fullmatch(name):
            yield Found(name, line.start, line.start + len(bare))


def _government(report: Publication) -> Found[str] | None:
    if report.kind is None or report.kind.value != "政府工作报告" or report.place is None:
        return None
    own = report.place.value.names[-1]
    match = _MANDATE.search(report.text, 0, _MANDATE_REACH)
    if match:
        name = match["name"]
        full = name if name.startswith((own, short_name(own))) else f"{own}人民政府"
        return Found(full, *match.span("name"))
    return None


def _education_authority(report: Publication) -> Found[str] | None:
    if report.kind is None or report.kind.value != "质量年报" or report.place is None:
        return None
    own = report.place.value.names[-1]
    found: dict[str, Found[str]] = {}
    for match in _EDUCATION.finditer(report.text):
        before = report.text[max(0, match.start() - _WINDOW) : match.start()]
        named = [m for m in find_regions(before) if m.end == len(before)]
        if (named and named[0].region.names[-1] != own) or not before.endswith(own[-1]):
            continue
        start = match.start() - (named[0].end - named[0].start if named else 1)
        found.setdefault(match[0], Found(own + match[0], start, match.end()))
    return next(iter(found.values())) if len(found) == 1 else None
