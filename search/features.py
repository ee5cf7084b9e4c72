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

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul

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


class Features:
    """The features of passages for one query."""

    def __init__(self, query: Query, view: View) -> None:
        self._query = query
        self._about = view.subjects.about
        self._reports = view.subjects.reports(query.names)
        self._years = [frozenset(reading.years) for reading in query.readings if reading.years]
        self._asked = [(one.field, one.value) for one in query.readings if one.field in ("kind", "level")]
        self._concepts = weigh(query.concepts, view)
        self._forms = [concept.forms for concept in self._concepts]
        self._shares = [concept.share for concept in self._concepts]
        # Many passages share their headings, and more their report.
        self._in_headings = cache(self._headed)
        self._in_source = cache(self._source)

    def of(self, page: Page) -> dict[str, float]:
        """All features of one passage, by name."""
        in_text, in_headings = self._in(page.text), self._in_headings(page.headings)
        fits = [forms[0][1] if forms else 0.0 for forms in in_text]
        in_source = self._in_source(page.source, page.passage.report.id)
        around = [
            own if own >= beside and own >= HEADING * above else max(HEADING * above, beside)
            for own, above, beside in zip(fits, in_headings, in_source, strict=True)
        ]
        sentence, figure = self._sentences(in_text, page)
        return {
            "cover": self._total(around),
            "sentence": sentence,
            "figure": figure if self._query.wanted == "number" else 0.0,
            "heading": self._total(in_headings),
            "year": self._year(page),
            "subject": self._reports.get(page.passage.report.id, 0.0),
            "kind": self._kind(page.passage.report.metadata),
        }

    def _in(self, text: str) -> list[list[tuple[str, float]]]:
        """For each concept the forms that stand in a text, with how well each stands for it, the best first."""
        return [[form for form in forms if form[0] in text] for forms in self._forms]

    def _headed(self, headings: str) -> list[float]:
        """For each concept how well the best of its forms in the headings stands for it."""
        return [forms[0][1] if forms else 0.0 for forms in self._in(headings)]

    def _source(self, source: str, report: str) -> list[float]:
        """The same for what a report is about."""
        return [self._beside(concept, source, report) for concept in self._concepts]

    def _beside(self, concept: Weighed, source: str, report: str) -> float:
        """A report need not name its own subject in every passage."""
        about = [self._about.get(name, {}).get(report, 0.0) for name in concept.names]
        return max([SOURCE * _fit(concept, source), *about])

    def _sentences(self, in_text: Sequence[Sequence[tuple[str, float]]], page: Page) -> tuple[float, float]:
        """The greatest share of the question that one sentence speaks of, and that one with a figure does."""
        present = [(forms, share) for forms, share in zip(in_text, self._shares, strict=True) if forms]
        best = with_figure = 0.0
        for sentence, figure in page.sentences:
            share = 0.0
            for forms, weight in present:
                for form, fit in forms:
                    if form in sentence:
                        share += weight * fit
                        break
            best = max(best, share)
            if figure:
                with_figure = max(with_figure, share)
        return min(1.0, best), min(1.0, with_figure)

    def _total(self, fits: Sequence[float]) -> float:
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
