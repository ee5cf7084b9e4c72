"""Counts of reports by the values one may filter by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from index.records import Filters, Index, StoredReport
from search.shapes import Json, value

FIELDS = {"year": "years", "region": "regions", "level": "levels", "school": "schools", "kind": "kinds"}
"""Facets by the names of the API, with the fields of `Filters` they set."""


def matching(index: Index, filters: Filters) -> list[StoredReport]:
    """Reports that hold at least one passage the filters let through, in the order they were added."""
    allowed = index.select(filters)
    reports = index.reports()
    if allowed is None:
        return list(reports)
    return [report for report in reports if allowed[_slice(index.rows_of(report.id))].any()]


def count_facets(index: Index, filters: Filters) -> Json:
    """For each field its values with the number of reports; a field's own filter doesn't narrow its values."""
    shape: Json = {"total": len(matching(index, filters))}
    for name, field in FIELDS.items():
        reports = matching(index, replace(filters, **{field: ()}))
        shape[name] = _counted(name, reports)
    return shape


def _slice(rows: range) -> slice:
    return slice(rows.start, rows.stop)


def _counted(name: str, reports: Iterable[StoredReport]) -> list[Json]:
    counts = Counter(one for report in reports for one in _values(name, report))
    order = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    if name == "year":
        order.sort(key=lambda pair: -int(pair[0]))
    return [{"value": one, "reports": count} for one, count in order]


def _values(name: str, report: StoredReport) -> tuple[int | str, ...]:
    metadata = report.metadata
    if name == "region":
        region = value(metadata.region)
        return region.names if region else ()
    found = value(getattr(metadata, name))
    return () if found is None else (found,)
