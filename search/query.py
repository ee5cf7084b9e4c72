"""A question as typed to a `Query`: what it asks, in which words reports would say it, and about whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.fold import fold
from index.records import Filters
from index.words import terms
from search.errors import QuestionError
from search.records import Concept, Query, Reading
from search.understand import chinese
from search.understand.language import language
from search.understand.lexicon import lexicon
from search.understand.shape import wanted
from search.understand.sides import Named, questions, sides
from search.understand.subjects import Subject
from search.understand.translate import Translator
from search.understand.years import YearMention, year_mentions
from search.view import View

LONGEST_QUESTION = 2_000
"""Characters; a longer text is a document, not a question."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: hard filters given, readings to leave out ("year" or "year:2022"), and the year that 今年 means."""

    filters: Filters = field(default_factory=Filters)
    drop: Sequence[str] = ()
    today: int = 0


def understand(question: str, view: View, asker: Asker) -> Query:
    """What a question says, and for a comparison or several questions in one, what each part says.

    Raises:
        QuestionError: it is empty or longer than 2,000 characters.
    """
    _require(question)
    text = " ".join(question.split())
    whole, named = _single(text, view, asker)
    texts = sides(text, named) or questions(text)
    return replace(whole, question=question, parts=tuple(_single(part, view, asker)[0] for part in texts))


def _single(question: str, view: View, asker: Asker) -> tuple[Query, list[Named]]:
    """A question without its parts, and the names in it that may be sides of a comparison."""
    folded = fold(question)
    speech = language(folded)
    concepts = concepts_of(folded, view)
    mentions = year_mentions(folded, today=asker.today)
    subjects = view.subjects.find(question, concepts)
    readings = [
        *(Reading("year", str(year), m.text) for m in mentions for year in m.years),
        *(Reading(subject.field, subject.name, subject.text) for subject in subjects),
    ]
    kept = tuple(reading for reading in readings if not _dropped(reading, asker.drop))
    query = Query(
        question=question,
        language=speech,
        wanted=wanted(folded, speech),
        dense=chinese.plain(folded),
        terms=weighted_terms(concepts),
        readings=kept,
        filters=asker.filters,
        names=tuple(reading.value for reading in kept if reading.field in {"region", "school"}),
        years=tuple(sorted({int(reading.value) for reading in kept if reading.field == "year"})),
        concepts=concepts,
    )
    return query, _sides_named(query, subjects, mentions)


def _sides_named(query: Query, subjects: Sequence[Subject], mentions: Sequence[YearMention]) -> list[Named]:
    """Places and schools of different reports; where a comparison has only one of them, its years."""
    named: list[Named] = []
    seen: set[str] = set()
    for subject in subjects:
        if not seen & subject.reports.keys():
            named.append(Named(subject.name, subject.start, subject.start + len(subject.text)))
        seen |= subject.reports.keys()
    if len(named) < 2 and query.wanted == "compare":
        named = [Named(m.text, m.start, m.start + len(m.text)) for m in mentions if len(m.years) == 1]
    return named


def concepts_of(folded: str, view: View) -> tuple[Concept, ...]:
    """The concepts of a folded question in either language, or in both at once."""
    own = chinese.concepts(chinese.plain(folded))
    if language(folded) == "zh":
        return own
    han = tuple(concept for concept in own if not concept.text.isascii())
    return (*Translator(lexicon(), view.frequency).concepts(folded), *han)


def weighted_terms(concepts: Iterable[Concept]) -> dict[str, float]:
    """Index terms of all forms, each with the greatest weight that any form gives it."""
    weights: dict[str, float] = {}
    for concept in concepts:
        for form, fit in concept.forms:
            for term in terms(form):
                weights[term] = max(weights.get(term, 0.0), concept.weight * fit)
    return weights


def _require(question: str) -> None:
    if not question.strip():
        raise QuestionError("The question is empty.", "Type a question or a few keywords.")
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(question):,} characters; at most {LONGEST_QUESTION:,} are read.",
            "Shorten it to what you want to know, or ask in several questions.",
        )


def _dropped(reading: Reading, drop: Sequence[str]) -> bool:
    return reading.field in drop or f"{reading.field}:{reading.value}" in drop
