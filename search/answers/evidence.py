"""Weighs the sentences of the hits by how much of the question they hold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.fold import fold
from index.records import Index, StoredPassage
from search.answers.pieces import Piece, piece, sentences
from search.answers.support import named
from search.records import Citation, Hit, Query

HITS = 8
"""Hits whose sentences are read: the gold passage of an answerable question is nearly always among them."""
_BESIDE, _PASSAGE, _CONTEXT, _RANK, _STRANGER = 0.5, 0.35, 0.3, 0.25, 0.4
"""What a term counts in the sentence beside, in the rest of the passage, in headings and title (1 in the sentence
itself), what the hit's own score adds, and what a sentence loses that speaks of
others."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The question's terms with the weight each has in this index (term weight times BM25's idf)."""

    weights: Mapping[str, float]
    total: float

    def coverage(self, folded: str) -> float:
        """Share of the whole weight that stands in a folded text, 0 to 1."""
        return sum(weight for term, weight in self.weights.items() if term in folded) / self.total

    def found(self, folded: str) -> frozenset[str]:
        """The terms that stand in a folded text."""
        return frozenset(term for term in self.weights if term in folded)

    def share(self, terms: frozenset[str]) -> float:
        """Share of the whole weight that `terms` carry."""
        return sum(self.weights[term] for term in terms) / self.total


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with how well it fits the question."""

    sentence: Piece
    hit: Hit
    terms: frozenset[str]
    """Terms of the question in the sentence itself."""
    own: float
    """Share of the question's weight in the sentence itself, 0 to 1."""
    named: float
    """How surely it speaks of the names of the question, 0 to 1."""
    score: float
    """`own` and what passage, headings and the hit's rank add; comparable within one question."""

    def cite(self, part: Piece | None = None) -> Citation:
        """A citation of the sentence, or of a part of it."""
        span = part or self.sentence
        passage = self.hit.passage
        return Citation(passage.id, passage.report.id, span.start, span.end, span.text)


def weigh(query: Query, index: Index) -> Terms:
    """The question's terms in the light of an index; terms of one sign count only when they are Chinese numbers."""
    count = len(index)
    weights: dict[str, float] = {}
    for term, weight in query.terms.items():
        folded = fold(term)
        frequency = index.document_frequency(term)
        rarity = math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))
        weights[folded] = max(weights.get(folded, 0.0), weight * rarity)
    return Terms(weights, sum(weights.values()) or 1.0)


def gather(query: Query, terms: Terms, hits: Sequence[Hit]) -> list[Evidence]:
    """All sentences of the first hits, best first."""
    found = [evidence for hit in hits[:HITS] for evidence in _of_hit(query, terms, hit)]
    return sorted(found, key=lambda evidence: -evidence.score)


def background(passage: StoredPassage) -> str:
    """What a reader of a passage knows before reading it: report and headings, folded."""
    meta = passage.report.metadata
    known = [meta.title, meta.publisher, meta.school, meta.year]
    region = meta.region.value.names if meta.region else ()
    return fold(" ".join([*(str(found.value) for found in known if found), *region, *passage.path]))


def _of_hit(query: Query, terms: Terms, hit: Hit) -> list[Evidence]:
    parts = sentences(piece(hit.passage.text, hit.passage.start))
    own = [terms.found(part.folded) for part in parts]
    passage = frozenset[str]().union(*own)
    context = terms.found(background(hit.passage))
    result = []
    for at, (part, here) in enumerate(zip(parts, own, strict=True)):
        beside = frozenset[str]().union(*own[max(0, at - 1) : at + 2])
        score = (
            terms.share(here)
            + _BESIDE * terms.share(beside - here)
            + _PASSAGE * terms.share(passage - beside)
            + _CONTEXT * terms.share(context - passage)
            + _RANK * hit.score
        )
        name = named(query.names, hit.passage, part.folded)
        result.append(Evidence(part, hit, here, terms.share(here), name, score - _STRANGER * (1 - name)))
    return result
