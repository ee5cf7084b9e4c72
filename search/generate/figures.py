"""The numbers of a sentence in either language, and whether a passage has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isclose

from search.answers.quantity import is_quantity
from search.answers.values import values

_CHINESE = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "百亿": 1e10}
_SCALES = _CHINESE | {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "万亿": 1e12}
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_ARABIC = re.compile(rf"(?P<digits>\d[\d,]*(?:\.\d+)?)(?:\s*(?P<scale>{_SCALE}))?")
_SMALL = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = dict(zip((*_SMALL, *_TENS), (*range(2, 20), *range(20, 100, 10)), strict=True))
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    "december",
)
_MONTHS = {name: float(number) for number, name in enumerate(_MONTH_NAMES, start=1)}
_ENGLISH = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")
_NAMED = "|".join(_MONTHS)
_MONTH = re.compile(rf"\b(?P<month>{_NAMED})\b(?=,?\s+(?:\d|of\b))|(?<=\d\s)(?P<after>{_NAMED})\b")


def stated(folded: str) -> list[float]:
    """The numbers that a folded sentence states, scale applied (1.2亿 and 120 million are 120,000,000)."""
    worded = (value.number for value in values(folded) if value.worded and is_quantity(folded, value))
    return [*_arabic(folded), *worded, *_english(folded)]


def held(folded: str) -> set[float]:
    """The numbers that a folded passage holds, in whatever way it writes them."""
    worded = (value.number for value in values(folded) if value.worded)
    bare = (_number(match["digits"]) for match in _ARABIC.finditer(folded))
    return {*_arabic(folded), *bare, *worded, *_english(folded)}


def is_held(number: float, numbers: set[float]) -> bool:
    """Whether one of the numbers is this one."""
    return any(isclose(number, other, rel_tol=1e-9) for other in numbers)


def _arabic(folded: str) -> Iterator[float]:
    for match in _ARABIC.finditer(folded):
        yield _number(match["digits"]) * _SCALES.get(match["scale"] or "", 1.0)


def _english(folded: str) -> Iterator[float]:
    yield from (float(_WORDS[match.group()]) for match in _ENGLISH.finditer(folded))
    yield from (_MONTHS[match["month"] or match["after"]] for match in _MONTH.finditer(folded))


def _number(digits: str) -> float:
    return float(digits.replace(",", ""))
