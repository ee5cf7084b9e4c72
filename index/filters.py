"""Whether a report passes the filters of a question."""

from __future__ import annotations

from corpus.fold import fold
from corpus.records import Found, Metadata, Region
from index.records import Filters, StoredReport

ENDINGS = (
    "特别行政区",
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "自治州",
    "自治县",
    "地区",
    "新区",
    "省",
    "市",
    "县",
    "区",
    "盟",
    "旗",
)
"""What a place's short name leaves out, longest first; a name keeps at least two characters."""


def matches(report: StoredReport, filters: Filters) -> bool:
    """True when the report passes every field that is filled in."""
    meta = report.metadata
    return (
        (not filters.reports or report.id in filters.reports)
        and (not filters.years or (meta.year is not None and meta.year.value in filters.years))
        and (not filters.kinds or (meta.kind is not None and meta.kind.value in filters.kinds))
        and (not filters.levels or (meta.level is not None and meta.level.value in filters.levels))
        and (not filters.schools or _is_school(meta, filters.schools))
        and (not filters.regions or _is_in(meta.region, filters.regions))
    )


def short_name(place: str) -> str:
    """A place without the ending that says what it is: 金华 for 金华市, 浙江 for 浙江省."""
    for ending in ENDINGS:
        if place.endswith(ending) and len(place) - len(ending) >= 2:
            return place.removesuffix(ending)
    return place


def _is_school(meta: Metadata, wanted: tuple[str, ...]) -> bool:
    return meta.school is not None and fold(meta.school.value) in {fold(name) for name in wanted}


def _is_in(region: Found[Region] | None, wanted: tuple[str, ...]) -> bool:
    if region is None:
        return False
    names = {fold(name) for name in region.value.names}
    short = {short_name(name) for name in names}
    return any(fold(name) in names | short for name in wanted)
