"""What speaks for a passage besides vector and BM25: each feature is between 0 and 1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from corpus.records import Metadata
from search.records import Concept, Query
from search.view import Page, View

HEADING, SOURCE = 0.5, 0.4
"""What a word counts that stands in the headings, or only in title, publisher or year, beside one in the passage."""
REPORT_YEAR = 0.6
"""What a year counts that is only the report's own beside one named in the passage."""

_DIGIT = re.compile(r"\d|[一二三四五六七八九十]")
_SENTENCE = re.compile(r"[^。！？!?;；\n]+")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A concept with its share of the question."""

    forms: tuple[tuple[str, float], ...]
    share: float


def weigh(concepts: Sequence[Concept], view: View) -> tuple[Weighed, ...]:
    """Each concept's share of the question: its weight times the rarity of its commonest form; all sum to 1."""
    rarity = [concept.weight * _rarity(concept, view) for concept in concepts]
    total = sum(rarity) or 1.0
    return tuple(Weighed(concept.forms, rare / total) for concept, rare in zip(concepts, rarity, strict=True))


def features(query: Query, weighed: Sequence[Weighed], page: Page, view: View) -> dict[str, float]:
    """All features of one passage, by name."""
    text, headings, source = page.text, page.headings, page.source
    in_text = [_fit(concept, text) for concept in weighed]
    named = _names_report(weighed, page, view)
    in_headings = [_fit(concept, headings) for concept in weighed]
    around = [
        max(own, HEADING * above, SOURCE * _fit(concept, source), said)
        for concept, own, above, said in zip(weighed, in_text, in_headings, named, strict=True)
    ]
    found = _sentences(weighed, in_text, text)
    shares = [concept.share for concept in weighed]
    return {
        "cover": _sum(shares, around),
        "sentence": found["sentence"],
        "heading": _sum(shares, in_headings),
        "year": _year(query, page),
        "subject": _subject(query, page, view),
        "figure": found["figure"] if query.wanted == "number" else 0.0,
    }


def _rarity(concept: Concept, view: View) -> float:
    n = len(view.index)
    df = max((view.frequency(form) for form, fit in concept.forms if fit >= 0.5), default=0)
    return log(1 + (n - df + 0.5) / (df + 0.5))


def _fit(concept: Weighed, text: str) -> float:
    return max((fit for form, fit in concept.forms if form in text), default=0.0)


def _sum(shares: Sequence[float], fits: Sequence[float]) -> float:
    return min(1.0, sum(share * fit for share, fit in zip(shares, fits, strict=True)))


def _names_report(weighed: Sequence[Weighed], page: Page, view: View) -> list[float]:
    """How much the report of a passage is about what each concept names: it need not say so in every passage."""
    report = page.passage.report.id
    known = view.subjects.names
    return [
        max(
            (
                view.subjects.about.get(full, {}).get(report, 0.0)
                for form, _ in c.forms
                for _, full in known.get(form, ())
            ),
            default=0.0,
        )
        for c in weighed
    ]


def _sentences(weighed: Sequence[Weighed], in_text: Sequence[float], text: str) -> dict[str, float]:
    """The greatest share of the question that one sentence speaks of, and that one with a figure does."""
    present = [concept for concept, fit in zip(weighed, in_text, strict=True) if fit]
    shares = [
        (sum(concept.share * _fit(concept, sentence) for concept in present), bool(_DIGIT.search(sentence)))
        for sentence in _SENTENCE.findall(text)
    ]
    return {
        "sentence": max((share for share, _ in shares), default=0.0),
        "figure": max((share for share, figure in shares if figure), default=0.0),
    }


def _year(query: Query, page: Page) -> float:
    if not query.years:
        return 0.0
    metadata: Metadata = page.passage.report.metadata
    own = metadata.year.value if metadata.year else None
    found = [1.0 if str(year) in page.text else REPORT_YEAR if year == own else 0.0 for year in query.years]
    return sum(found) / len(found)


def _subject(query: Query, page: Page, view: View) -> float:
    """How much the passage's report is about a place or school that the question names."""
    report = page.passage.report.id
    return max((view.subjects.about.get(name, {}).get(report, 0.0) for name in query.names), default=0.0)
