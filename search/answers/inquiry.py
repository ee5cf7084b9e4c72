"""A question with everything gathered to answer it, and what a shape makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Index
from search.answers.asked import Asked, asked
from search.answers.evidence import Evidence, gather
from search.answers.terms import Terms, weigh
from search.records import AnswerKind, Citation, Hit, Item, Query

_STRANGER, _OTHER_YEAR = 0.4, 0.25
"""What an answer loses that speaks of others than the question, or of another year."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question, its hits and their sentences, best first."""

    query: Query
    asked: Asked
    terms: Terms
    hits: Sequence[Hit]
    evidence: Sequence[Evidence]
    index: Index


@dataclass(frozen=True, slots=True)
class Reply:
    """What one shape of answer has to say, and what speaks for it (all 0 to 1)."""

    kind: AnswerKind
    text: str
    citations: tuple[Citation, ...]
    items: tuple[Item, ...] = ()
    reach: float = 0.0
    """Share of the question's weight where the answer stands, its passage and headings included."""
    own: float = 0.0
    """Share of the question's weight in the very sentence or cell."""
    named: float = 1.0
    dated: float = 1.0
    """How surely the place speaks of the question's names and years."""
    fit: float = 1.0
    """How well the answer's form suits: the unit, the number of items."""

    @property
    def worth(self) -> float:
        """What two shapes of answer are compared by."""
        return self.own - _STRANGER * (1 - self.named) - _OTHER_YEAR * (1 - self.dated)


def inquire(query: Query, hits: Sequence[Hit], index: Index, depth: int | None = None) -> Inquiry:
    """Gathers the sentences of the first `depth` hits."""
    terms = weigh(query, index)
    return Inquiry(query, asked(query), terms, hits, gather(query, terms, hits, depth), index)
