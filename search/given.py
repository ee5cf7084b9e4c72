"""Filters as a user writes them, on the command line or in a question file."""

from __future__ import annotations

from corpus.fold import fold
from search.errors import FilterError


def year_of(text: str) -> int:
    """The year of "2022", "２０２２" or "2022年".

    Raises:
        FilterError: it is not a number.
    """
    digits = fold(text).strip().removesuffix("年")
    if not digits.isdecimal():
        raise FilterError(f"The year “{text}” is not a number.", "Write it as 2022.", code="filter-year")
    return int(digits)
