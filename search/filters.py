"""Filters that a user gives: names made full, and checked, so that a slip isn't taken for silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from corpus.fold import fold
from corpus.gazetteer import resolve
from corpus.records import Level, ReportKind
from index.filters import short_name
from index.records import Filters
from search.errors import FilterError
from search.view import View

NEAREST = 5
"""How many known values an error names."""


def settle(filters: Filters, view: View) -> Filters:
    """The filters with schools and places by the names that reports have (栖鹭职高, Jinhua).

    Raises:
        FilterError: a value fits no report; the nearest known ones are named.
    """
    if not filters:
        return filters
    metadata = [report.metadata for report in view.index.reports()]
    schools = {m.school.value for m in metadata if m.school}
    regions = {name for m in metadata if m.region for name in m.region.value.names}
    settled = replace(
        filters,
        schools=tuple(_school(name, schools, view) for name in filters.schools),
        regions=tuple(_region(name, regions) for name in filters.regions),
    )
    _check("year", map(str, settled.years), {str(m.year.value) for m in metadata if m.year})
    _check("school", settled.schools, schools)
    _check("region", settled.regions, regions)
    _check("level", settled.levels, get_args(Level))
    _check("kind", settled.kinds, get_args(ReportKind))
    _check("report", settled.reports, [report.id for report in view.index.reports()])
    return settled


def _school(name: str, known: Iterable[str], view: View) -> str:
    """The full name of a school; the name itself where it is full already or means none of the known."""
    exact = {fold(school): school for school in known}
    if fold(name) in exact:
        return exact[fold(name)]
    meant = {m.canonical for m in view.names.mentions(name) if m.canonical}
    meant |= {full for field, full in view.subjects.names.get(fold(name), ()) if field == "school"}
    found = meant & set(exact.values())
    return found.pop() if len(found) == 1 else name


def _region(name: str, known: Iterable[str]) -> str:
    """The same for a place; a short name that several places share stays, and means them all."""
    if any(fold(name) in {fold(full), short_name(fold(full))} for full in known):
        return name
    meant = {region.names[-1] for region in resolve(name) if region.names} & set(known)
    return meant.pop() if len(meant) == 1 else name


def _check(name: str, given: Iterable[str], known: Iterable[str]) -> None:
    names = sorted(known)
    accepted = {fold(value) for value in names}
    if name == "region":
        accepted |= {short_name(value) for value in accepted}
    for value in given:
        if fold(value) not in accepted:
            raise FilterError(f"No report has {name} “{value}”.", _advice(name, value, names))


def _advice(name: str, value: str, names: list[str]) -> str:
    if not names:
        return f"The reports don't say their {name}; leave this filter out."
    from rapidfuzz.process import extract

    near = [match for match, _, _ in extract(value, names, limit=NEAREST, score_cutoff=1)] or names[:NEAREST]
    return f"Known are for example: {'、'.join(near)}."
