"""What a question restricts its count to (women, technician schools, a head), and whether a place keeps to it.

These are few and known by name, in both languages, so that a place that doesn't say one of them doesn't speak of it,
whatever else of the question it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

from corpus.fold import fold
from search.records import Query

_DATA = Path(__file__).parents[1] / "data" / "restrictions.tsv"


@dataclass(frozen=True, slots=True)
class Restriction:
    """How questions ask for a part, and what reports say of it; both patterns are for folded text."""

    asked: re.Pattern[str]
    told: re.Pattern[str]
    must: bool
    """A place that doesn't say it doesn't answer a question that does."""
    part: bool
    """A label that says it tells of a part of what the words without it mean."""
    words: str = field(default="", compare=False)
    """What a question says for it."""


@cache
def restrictions() -> tuple[Restriction, ...]:
    """All that `search/data/restrictions.tsv` has."""
    lines = _DATA.read_text(encoding="utf-8").splitlines()
    return tuple(_read(*line.split("\t")) for line in lines if not line.startswith("#"))


def restricted(query: Query) -> tuple[Restriction, ...]:
    """What a question restricts itself to; the names of its schools and places (城镇职校) restrict nothing."""
    question = fold(query.question)
    for reading in query.readings:
        if reading.field in {"school", "region"}:
            question = question.replace(fold(reading.text), " ")
    return _restricted(question)


@lru_cache(maxsize=512)
def _restricted(question: str) -> tuple[Restriction, ...]:
    found = ((one, one.asked.search(question)) for one in restrictions())
    return tuple(replace(one, words=match.group()) for one, match in found if match)


def unmet(wanted: Sequence[Restriction], text: str) -> tuple[str, ...]:
    """The question's words for the restrictions that a folded text doesn't speak of."""
    return tuple(one.words for one in wanted if one.must and not one.told.search(text))


def unasked(wanted: Sequence[Restriction], label: str) -> int:
    """How many parts a folded label counts that the question doesn't ask for: 新增教学设备 for 教学设备."""
    found = _parts_told(label)
    return len(found - set(wanted)) if found else 0


@lru_cache(maxsize=4096)
def _parts_told(label: str) -> frozenset[Restriction]:
    return frozenset(one for one in restrictions() if one.part and one.told.search(label))


def _read(asked: str, told: str, use: str) -> Restriction:
    return Restriction(re.compile(asked), re.compile(told), must=use != "label", part=use != "must")
