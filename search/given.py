"""Filters as a user writes them, on the command line or in a question file."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.fold import fold
from index.records import Filters
from search.errors import FilterError

Words = Sequence[str] | None


def year_of(text: str) -> int:
    """The year of "2022", "２０２２" or "2022年".

    Raises:
        FilterError: it is not a number.
    """
    digits = fold(text).strip().removesuffix("年")
    if not digits.isdecimal():
        raise FilterError(f"The year “{text}” is not a number.", "Write it as 2022.", code="filter-year")
    return int(digits)


def filters_of(*, year: Words, region: Words, school: Words, level: Words, kind: Words) -> Filters:
    """The filters of what was given for each field, None or empty for nothing.

    Raises:
        FilterError: a year is not a number.
    """
    return Filters(
        years=tuple(map(year_of, year or ())),
        regions=tuple(region or ()),
        schools=tuple(school or ()),
        levels=tuple(level or ()),
        kinds=tuple(kind or ()),
    )
