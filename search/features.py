"""What speaks for a passage besides vector and BM25: each feature is between 0 and 1.

cover      share of the question that the passage, its headings or its report speak of
sentence   share that its best sentence speaks of
figure     the same of sentences with a figure, where a number is wanted
heading    share that its headings speak of
year       share of the years asked for that it, or its report, is about
subject    how much its report is about a place or school asked about
kind       whether its report is of the kind and level asked for
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from typing import NamedTuple

from corpus.records import Metadata
from search.records import Concept, Query
from search.told import told
from search.view import Page, View

HEADING, SOURCE = 0.5, 0.4
"""What a word counts that stands in the headings, or only in title, publisher or year, beside one in the passage."""
SAME_THING = 0.5
"""Forms from which on a concept's own frequency is judged: weaker ones are often wider words."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A concept with its share of the question; `names` are the full names of subjects that its forms mean."""

    forms: tuple[tuple[str, float], ...]
    share: float
    names: tuple[str, ...]


class Sought(NamedTuple):
    """A form of a concept; `at` is the concept's place, `worth` its share times the form's fit."""

    form: str
    fit: float
    at: int
    worth: float


class Features:
    """The features of passages for one query."""

    def __init__(self, query: Query, view: View) -> None:
        self._query = query
        self._about = view.subjects.about
        self._reports = view.subjects.reports(query.names)
        self._years = [frozenset(reading.years) for reading in query.readings if reading.years]
        self._asked = [(one.field, one.value) for one in query.readings if one.field in ("kind", "level")]
        self._concepts = weigh(query.concepts, view)
        self._shares = [concept.share for concept in self._concepts]
        self._forms = [
            Sought(form, fit, at, concept.share * fit)
            for at, concept in enumerate(self._concepts)
            for form, fit in concept.forms
        ]
        # Many passages share their headings, and more their report.
        self._known_above = cache(self._above)
        self._in_source = cache(self._source)

    def of(self, page: Page) -> dict[str, float]:
        """All features of one passage, by name."""
        in_text = self._in(page.text)
        above, heading = self._known_above(page.headings, page.source, page.passage.report.id)
        sentence, figure = self._sentences(in_text, page)
        return {
            "cover": self._total(map(max, self._fits(in_text), above)),
            "sentence": sentence,
            "figure": figure if self._query.wanted == "number" else 0.0,
            "heading": heading,
            "year": self._year(page),
            "subject": self._reports.get(page.passage.report.id, 0.0),
            "kind": self._kind(page.passage.report.metadata),
        }

    def _in(self, text: str) -> list[Sought]:
        """The forms that stand in a text, concept by concept, the best first."""
        return [one for one in self._forms if one[0] in text]

    def _fits(self, found: Sequence[Sought]) -> list[float]:
        """For each concept how well the best of its forms found stands for it."""
        fits = [0.0] * len(self._shares)
        for _, fit, at, _ in reversed(found):
            fits[at] = fit
        return fits

    def _above(self, headings: str, source: str, report: str) -> tuple[list[float], float]:
        """For each concept what it counts by headings and report alone; and the share of all that the headings hold."""
        beside, found = self._in_source(source, report), self._in(headings)
        if not found:
            return beside, 0.0
        headed = self._fits(found)
        return [max(HEADING * fit, own) for fit, own in zip(headed, beside, strict=True)], self._total(headed)

    def _source(self, source: str, report: str) -> list[float]:
        """The same for what a report is about."""
        return [self._beside(concept, source, report) for concept in self._concepts]

    def _beside(self, concept: Weighed, source: str, report: str) -> float:
        """A report need not name its own subject in every passage."""
        about = [self._about.get(name, {}).get(report, 0.0) for name in concept.names]
        return max([SOURCE * _fit(concept, source), *about])

    def _sentences(self, in_text: Sequence[Sought], page: Page) -> tuple[float, float]:
        """The greatest share of the question that one sentence speaks of, and that one with a figure does."""
        best = with_figure = 0.0
        for sentence, figure in page.sentences:
            share, counted = 0.0, -1
            for form, _, at, worth in in_text:
                if at != counted and form in sentence:
                    share += worth
                    counted = at
            best = max(best, share)
            if figure:
                with_figure = max(with_figure, share)
        return min(1.0, best), min(1.0, with_figure)

    def _total(self, fits: Iterable[float]) -> float:
        total: float = sum(map(mul, self._shares, fits))
        return min(1.0, total)

    def _year(self, page: Page) -> float:
        """How surely it tells of the years asked for, of a range of any of them."""
        if not self._years:
            return 0.0
        metadata = page.passage.report.metadata
        return sum(told(years, page.text, page.headings, metadata) for years in self._years) / len(self._years)

    def _kind(self, metadata: Metadata) -> float:
        """Share of the kinds and levels asked for that a report has; 0 where none is asked for."""
        if not self._asked:
            return 0.0
        own = {("kind", metadata.kind and metadata.kind.value), ("level", metadata.level and metadata.level.value)}
        return sum(one in own for one in self._asked) / len(self._asked)


def weigh(concepts: Sequence[Concept], view: View) -> tuple[Weighed, ...]:
    """Each concept's share of the question: its weight times its rarity; all shares sum to 1."""
    worth = [concept.weight * view.rarity_of(_frequency(concept, view)) for concept in concepts]
    total = sum(worth) or 1.0
    return tuple(
        Weighed(_best_first(concept.forms), one / total, _names(concept, view))
        for concept, one in zip(concepts, worth, strict=True)
    )


def _frequency(concept: Concept, view: View) -> int:
    return max((view.frequency(form) for form, fit in concept.forms if fit >= SAME_THING), default=0)


def _names(concept: Concept, view: View) -> tuple[str, ...]:
    known = view.subjects.names
    return tuple(dict.fromkeys(full for form, _ in concept.forms for _, full in known.get(form, ())))


def _best_first(forms: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(forms, key=lambda form: -form[1]))


def _fit(concept: Weighed, text: str) -> float:
    for form, fit in concept.forms:
        if form in text:
            return fit
    return 0.0
