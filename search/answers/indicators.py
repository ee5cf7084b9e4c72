"""What statistics are called: the words of questions, Chinese or English, for what reports call otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from corpus.fold import fold
from search.records import Concept, Query

WEIGHT = 1.25
"""What an indicator counts beside the other things of a question: it is what the figure measures."""
_WIDER = 0.6
"""How well a wider or narrower name stands for it."""
_DATA = Path(__file__).parents[1] / "data" / "indicators.tsv"
_ASIDE = re.compile(
    r"一年|每年|全年|一共|总共|目标|预期|计划"
    r"|year|total|number|aims?|targets?|goals?|plan(?:s|ned)?|expect(?:s|ed)?|did|does|there"
)
"""Words beside a statistic that say nothing of what it is."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A statistic: how questions ask for it, and what reports call it, the best name first."""

    asked: re.Pattern[str]
    """For folded text."""
    figure: bool
    """It is always a figure: to ask what it was is to ask for a number."""
    forms: tuple[tuple[str, float], ...]


@cache
def indicators() -> tuple[Indicator, ...]:
    """All that `search/data/indicators.tsv` has, those of more words first."""
    lines = _DATA.read_text(encoding="utf-8").splitlines()
    return tuple(_read(*line.split("\t")) for line in lines if not line.startswith("#"))


@lru_cache(maxsize=256)
def is_statistic(folded: str) -> bool:
    """Whether a folded question speaks of something that is always a figure."""
    return any(indicator.figure and indicator.asked.search(folded) for indicator in indicators())


@lru_cache(maxsize=4096)
def names_statistic(text: str) -> bool:
    """Whether a folded word or phrase of a question is the name of a statistic as a whole."""
    return any(indicator.asked.fullmatch(text) for indicator in indicators())


def with_indicators(query: Query) -> Query:
    """The query with the statistics it asks for in the words of reports, in place of what was read from those words."""
    found = _named(fold(query.question))
    if not found:
        return query
    known = query.concepts or tuple(Concept(term, ((term, 1.0),), weight) for term, weight in query.terms.items())
    kept = tuple(concept for concept in known if not _is_in(concept.text, found))
    return replace(query, concepts=(*kept, *found))


@lru_cache(maxsize=256)
def _named(left: str) -> tuple[Concept, ...]:
    """The statistics that a folded question names; its sides ask for the same ones."""
    found = []
    for indicator in indicators():
        match = indicator.asked.search(left)
        if match:
            found.append(Concept(match.group(), indicator.forms, WEIGHT))
            left = left[: match.start()] + "|" * (match.end() - match.start()) + left[match.end() :]
    return tuple(found)


def _read(asked: str, kind: str, names: str) -> Indicator:
    forms = tuple((name.lstrip("~"), _WIDER if name.startswith("~") else 1.0) for name in names.split())
    return Indicator(re.compile(rf"(?<![a-z])(?:{asked})(?![a-z])"), kind == "figure", forms)


def _is_in(text: str, found: Sequence[Concept]) -> bool:
    """Whether a concept was read from the words of an indicator."""
    plain = fold(text)
    if _ASIDE.fullmatch(plain):
        return True
    if len(plain) == 1 and plain.isascii():
        return False
    named = any(plain == fold(form) for indicator in found for form, _ in indicator.forms)
    return named or any(plain in indicator.text or plain.endswith(indicator.text) for indicator in found)
