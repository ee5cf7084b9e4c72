"""The sides of a comparison, each as a question of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.fold import fold
from corpus.gazetteer import find_regions
from search.answers.subjects import keep_subjects
from search.records import Concept, Query, Reading

_EACH = re.compile(
    r"各[自是有]?|分别|哪[个边所家年]|谁|相比|对比|差[多距]|更|比.{1,12}[高低多少大小快]|"
    r"\b(?:both|each|respectively|compare|which|who|than|versus|vs)\b|\bor\b.*\b(?:er|more|fewer|less|higher|lower)\b"
)
"""Asks for something of every side."""
_AVERAGE = re.compile(r"比(?:全|整个)(?P<level>[市省区县])|(?:city|province|district|county)(?:[- ]wide|'s)? average")
_YEAR = re.compile(r"(?:19|20)\d\d")


def parties(query: Query) -> tuple[Query, ...]:
    """One question for each side, () where nothing is compared: places, schools, years, a school and its city."""
    kept = keep_subjects(query)
    if kept.wanted != "compare" and not _EACH.search(fold(kept.question)):
        return ()
    named = [replace(part, names=keep_subjects(part).names) for part in kept.parts]
    found = list(_by_parts(kept, named)) or list(_by_schools(kept)) or list(_with_place(kept)) or list(_by_years(kept))
    return tuple(found) if len(found) > 1 else ()


def _by_parts(query: Query, parts: Sequence[Query]) -> Iterator[Query]:
    """The parts that name somebody, with the words and years of those that don't; none unless they name different."""
    sides = [part for part in parts if part.names]
    if len({part.names for part in sides}) < 2:
        return
    common = [concept for part in parts if not part.names for concept in part.concepts]
    years = tuple(year for part in parts if not part.names for year in part.years)
    for part in sides:
        terms = {**query.terms, **part.terms} if common else part.terms
        yield replace(part, concepts=(*part.concepts, *common), years=part.years or years, terms=terms)


def _by_schools(query: Query) -> Iterator[Query]:
    """The schools of a comparison, with their years where there are as many."""
    texts = dict.fromkeys(reading.text for reading in query.readings if reading.field == "school")
    folded = fold(query.question)
    sides = sorted(texts, key=lambda text: folded.find(fold(text)))
    years = [int(found) for found in dict.fromkeys(_YEAR.findall(folded))]
    if query.wanted != "compare" or len(sides) < 2:
        return
    for at, text in enumerate(sides):
        names = tuple(one.value for one in query.readings if one.text == text and one.field == "school")
        others = [other for other in sides if other != text]
        year = (years[at],) if len(years) == len(sides) else query.years
        yield _side(query, names, year, [*others, *(str(one) for one in years if one not in year)])


def _with_place(query: Query) -> Iterator[Query]:
    """A school and the place that it is compared with: 比全市平均高吗."""
    schools = [reading for reading in query.readings if reading.field == "school" and reading.value in query.names]
    asked = _AVERAGE.search(fold(query.question))
    if not asked or not schools:
        return
    school = schools[0]
    place = _place_of(school)
    if place:
        yield _side(query, (school.value,), query.years, ["全市", "平均"])
        yield _side(query, (place,), query.years, [school.text])


def _place_of(school: Reading) -> str:
    mention = next((found for found in find_regions(school.value) if found.start == 0), None)
    names = mention.region.names if mention else ()
    return next((name for name in reversed(names) if name.endswith("市")), names[-1] if names else "")


def _by_years(query: Query) -> Iterator[Query]:
    """The years of one subject."""
    if len(query.years) > 1 and len(query.names) < 2:
        for year in query.years:
            yield _side(query, query.names, (year,), [str(other) for other in query.years if other != year])


def _side(query: Query, names: tuple[str, ...], years: tuple[int, ...], others: Sequence[str]) -> Query:
    """The question about one side, without the words for the others."""
    concepts = tuple(concept for concept in query.concepts if not _is_of(concept, others))
    readings = tuple(one for one in query.readings if one.text not in others)
    return replace(query, names=names, years=years, concepts=concepts, readings=readings, parts=())


def _is_of(concept: Concept, others: Sequence[str]) -> bool:
    return any(fold(concept.text).rstrip("年") in fold(other) for other in others)
