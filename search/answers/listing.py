"""Items of an enumeration, each with its own citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.answers.asked import Asked
from search.answers.enumeration import Enumeration, enumerations, ordinals
from search.answers.evidence import Evidence, Terms
from search.answers.pieces import Piece, piece

_SENTENCES = 8


@dataclass(frozen=True, slots=True)
class Listed:
    """An enumeration that may be the answer; `score` is comparable within one question."""

    items: tuple[Piece, ...]
    whole: Piece
    evidence: Evidence
    score: float


def lists(asked: Asked, terms: Terms, evidence: Sequence[Evidence]) -> list[Listed]:
    """Enumerations of the best sentences, best first."""
    found = [_listed(asked, terms, one, row) for one in evidence[:_SENTENCES] for row in enumerations(one.sentence)]
    for one in evidence[:2]:
        passage = piece(one.hit.passage.text, one.hit.passage.start)
        if row := ordinals(passage):
            found.append(_listed(asked, terms, one, row))
    return sorted(found, key=lambda listed: -listed.score)


def _listed(asked: Asked, terms: Terms, evidence: Evidence, row: Enumeration) -> Listed:
    size = len(row.items)
    fits = 0.35 if asked.count and size == asked.count else -0.1 if asked.count else 0.0
    several = 0.15 if size > 2 else 0.0
    near = 0.5 * terms.coverage(row.whole.folded)
    inside = 0.3 * terms.coverage("".join(item.folded for item in row.items))
    return Listed(row.items, row.whole, evidence, evidence.score + fits + several + near - inside)
