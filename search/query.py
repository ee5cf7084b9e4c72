"""A question as typed to a `Query`: what it asks, in which words reports would say it, and about whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from corpus.fold import fold
from corpus.mentions import Mention
from index.records import Filters
from index.words import terms
from search.errors import QuestionError
from search.parts import by_subject, sharing
from search.records import Concept, Query, Reading
from search.understand import chinese
from search.understand.cues import cues
from search.understand.kinds import kind_readings
from search.understand.language import language
from search.understand.shape import wanted
from search.understand.sides import Named, questions, sides
from search.understand.subjects import Subject
from search.understand.years import YearMention, arabic, year_mentions
from search.view import View
from search.weighing import weighted_terms

NAME, NAME_WORD = 1.2, 0.35
"""What a name counts beside other concepts, and a word of it beside the whole."""
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
    text = view.mending.mended(text, [mention for mention in view.mentions(text) if mention.canonical])
    whole, named = _single(text, view, asker)
    texts = sides(text, named) or questions(text)
    parts = tuple(_single(part, view, asker)[0] for part in texts)
    return replace(whole, question=question, parts=sharing(whole, parts, view) if parts else by_subject(whole, view))


def _single(question: str, view: View, asker: Asker) -> tuple[Query, list[Named]]:
    """A question without its parts, and the names in it that may be sides of a comparison."""
    folded = fold(question)
    speech = language(folded)
    named = [m for m in view.mentions(question) if m.canonical and not _dropped("school", m.canonical, asker.drop)]
    concepts = (*map(partial(_name_concept, view=view), named), *concepts_of(arabic(_blanked(folded, named)), view))
    mentions = year_mentions(folded, today=asker.today)
    subjects = view.subjects.find(question, concepts, named)
    readings = [
        *(Reading("year", m.value, m.text, m.years) for m in mentions),
        *(Reading(subject.field, subject.name, subject.text) for subject in subjects),
        *kind_readings(folded),
    ]
    kept = tuple(reading for reading in readings if not _dropped(reading.field, reading.value, asker.drop))
    query = Query(
        question=question,
        language=speech,
        wanted=wanted(folded, speech),
        dense=chinese.plain(arabic(folded)),
        terms=weighted_terms(concepts, view),
        readings=kept,
        filters=asker.filters,
        names=tuple(reading.value for reading in kept if reading.field in {"region", "school"}),
        years=tuple(sorted({year for reading in kept for year in reading.years})),
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
        return (*own, *cues(folded))
    han = tuple(concept for concept in own if not concept.text.isascii())
    return (*view.translator.concepts(folded), *han, *cues(folded))


def _require(question: str) -> None:
    if not question.strip():
        raise QuestionError("The question is empty.", "Type a question or a few keywords.")
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(question):,} characters; at most {LONGEST_QUESTION:,} are read.",
            "Shorten it to what you want to know, or ask in several questions.",
        )


def _name_concept(mention: Mention, view: View) -> Concept:
    """A school or company by all its names that occur, and less by the words they are made of."""
    names = [fold(name) for name in (*view.names.aliases(mention.canonical), mention.text)]
    words = [term for term in terms(names[0]) if len(term) > 1 and term not in names]
    forms = dict.fromkeys(words, NAME_WORD) | dict.fromkeys(names, 1.0)
    return Concept(mention.text, tuple(sorted(forms.items(), key=lambda form: -form[1])), weight=NAME)


def _blanked(folded: str, mentions: Sequence[Mention]) -> str:
    """The question with blanks for the names in it, so that their words are not taken one by one."""
    for mention in mentions:
        folded = folded[: mention.start] + " " * (mention.end - mention.start) + folded[mention.end :]
    return folded


def _dropped(field_: str, value: str, drop: Sequence[str]) -> bool:
    return field_ in drop or f"{field_}:{value}" in drop
