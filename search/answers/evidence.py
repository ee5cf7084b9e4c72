"""Weighs the sentences of the hits by how much of the question they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.fold import fold
from index.records import StoredPassage
from search.answers.pieces import Piece, piece, sentences
from search.answers.support import about, dated
from search.answers.terms import Matched, Terms, merge
from search.records import Citation, Hit, Query

HITS = 8
"""Hits whose sentences are read: the gold passage of an answerable question is nearly always among them."""
_BESIDE, _PASSAGE, _CONTEXT = 0.5, 0.35, 0.3
"""What a term counts in the sentence beside, in the rest of the passage, in headings and title; 1 in the sentence."""
_RANK, _STRANGER, _OTHER_YEAR = 0.25, 0.4, 0.25
"""What the hit's own score adds, what a sentence loses that speaks of others, or of another year."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with how well it fits the question."""

    sentence: Piece
    hit: Hit
    matched: Matched
    """What of the question stands in the sentence itself."""
    own: float
    reach: float
    """Share of the question's weight in the sentence itself, and with passage and headings, 0 to 1."""
    named: float
    dated: float
    """How surely it speaks of the names and of the years of the question, 0 to 1."""
    score: float
    """`own` and what passage, headings and the hit's rank add; comparable within one question."""

    def cite(self, part: Piece | None = None) -> Citation:
        """A citation of the sentence, or of a part of it."""
        span = part or self.sentence
        passage = self.hit.passage
        return Citation(passage.id, passage.report.id, span.start, span.end, span.text)


def gather(query: Query, terms: Terms, hits: Sequence[Hit], depth: int | None = None) -> list[Evidence]:
    """All sentences of the first hits, best first; tables are read cell by cell, see `cell`."""
    found = [
        evidence
        for hit in hits[: depth or HITS]
        if hit.passage.table is None
        for evidence in _of_hit(query, terms, hit)
    ]
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
    passage = merge(*own) if own else ()
    context = terms.found(background(hit.passage))
    reach = terms.share(merge(passage, context)) if own else 0.0
    result = []
    for at, (part, here) in enumerate(zip(parts, own, strict=True)):
        beside = terms.share(merge(*own[max(0, at - 1) : at + 2]))
        name = about(query.names, hit.passage, part.folded)
        year = dated(query.years, hit.passage, part.folded)
        score = (
            terms.share(here)
            + _BESIDE * (beside - terms.share(here))
            + _PASSAGE * (terms.share(passage) - beside)
            + _CONTEXT * (reach - terms.share(passage))
            + _RANK * hit.score
            - _STRANGER * (1 - name)
            - _OTHER_YEAR * (1 - year)
        )
        result.append(Evidence(part, hit, here, terms.share(here), reach, name, year, score))
    return result
