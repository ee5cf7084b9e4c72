"""Filters that a user gives: checked against what is in the index, so that a slip isn't taken for silence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from corpus.fold import fold
from corpus.records import Level, ReportKind
from index.filters import short_name
from index.records import Filters
from search.errors import FilterError
from search.view import View

NEAREST = 5
"""How many known values an error names."""


def check_filters(filters: Filters, view: View) -> None:
    """Makes sure that each value filters for something.

    Raises:
        FilterError: a value is unknown; the nearest known ones are named.
    """
    if not filters:
        return
    metadata = [report.metadata for report in view.index.reports()]
    _check("year", map(str, filters.years), [str(m.year.value) for m in metadata if m.year])
    _check("school", filters.schools, [m.school.value for m in metadata if m.school])
    _check("level", filters.levels, get_args(Level))
    _check("kind", filters.kinds, get_args(ReportKind))
    _check("report", filters.reports, [report.id for report in view.index.reports()])
    _check("region", filters.regions, [n for m in metadata if m.region for n in m.region.value.names], short=True)


def _check(name: str, given: Iterable[str], known: Iterable[str], *, short: bool = False) -> None:
    names = list(dict.fromkeys(known))
    folded = {fold(value) for value in names}
    accepted = folded | {short_name(value) for value in folded} if short else folded
    for value in given:
        if fold(value) not in accepted:
            raise FilterError(f"No report has {name} “{value}”.", _advice(name, value, names))


def _advice(name: str, value: str, names: list[str]) -> str:
    if not names:
        return f"The reports don't say their {name}; leave this filter out."
    from rapidfuzz.process import extract

    near = [match for match, _, _ in extract(value, names, limit=NEAREST, score_cutoff=1)] or sorted(names)[:NEAREST]
    return f"Known are for example: {'、'.join(near)}."
