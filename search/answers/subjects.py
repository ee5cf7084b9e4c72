"""About whom a question asks, as an answer must keep to it: its schools and places, known to the index or not."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.fold import fold
from corpus.gazetteer import find_regions
from search.records import Query, Reading

_BARE = re.compile(
    r"(?:(?:中等|高等|高级|普通|综合|技术|职业|教育|专业)*(?:职高|职校|中职|高职|中专|技校|学校|学院|中学|中心|高中)校?)|"
    r"(?:\b(?:the|secondary|vocational|technical|comprehensive|senior|high|schools?|colleges?|cent(?:er|re)s?)\b ?)+"
)
"""Words for a kind of school: what was read from them alone names none."""
_LAST_YEAR = re.compile(r"\b((?:19|20)\d\d)\.?\s*$")
"""A year that ends an English sentence."""
_GENITIVE = re.compile(r"['’]s\b")


def keep_subjects(query: Query) -> Query:
    """The query with the names that an answer must speak of.

    Names read from a bare word for schools are none. Where no name is left, the places of the question count that no
    report is about: then only a sentence that names them can answer.
    """
    loose = {reading.value for reading in query.readings if _is_loose(reading)}
    sure = {reading.value for reading in query.readings if not _is_loose(reading)}
    names = tuple(name for name in query.names if name in sure or name not in loose)
    years = query.years or tuple(sorted({int(year) for year in _LAST_YEAR.findall(query.question)}))
    names = names or _places(query.question)
    return query if (names, years) == (query.names, query.years) else replace(query, names=names, years=years)


def _is_loose(reading: Reading) -> bool:
    return reading.field in {"school", "region"} and bool(_BARE.fullmatch(fold(reading.text).strip()))


def _places(question: str) -> tuple[str, ...]:
    mentions = find_regions(_GENITIVE.sub("", question))
    regions = [region for mention in mentions for region in (mention.candidates or (mention.region,))]
    return tuple(dict.fromkeys(region.names[-1] for region in regions if region.names))
