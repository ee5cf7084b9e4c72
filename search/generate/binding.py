"""Whether a figure belongs to what a sentence says of it, or to something else in the same passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.answers.pieces import Piece, clauses, piece
from search.answers.terms import Matched, Terms
from search.generate.figures import held, is_held, stated

MARGIN = 0.2
"""Share of what a claim says of its figure by which a clause with another figure must fit better. No sentence of 21
real reports loses its own so; of 88 figures put in the place of others 60 are found, 24 without it: see
benchmarks/claims.py."""


@dataclass(frozen=True, slots=True)
class _Clause:
    found: Matched
    """The words of the claim that it has."""
    numbers: set[float]


def misbound(text: str, terms: Terms, pieces: Sequence[Piece]) -> bool:
    """Whether a figure of a folded claim stands where less of what the claim says of it stands than beside another.

    就业率97.6%，对口就业率84.2%: "对口就业率97.6%" has the figure of the first clause and the words of the second. Only
    for claims in the passages' own language: through a lexicon some words are met and others missed.
    """
    own = [number for number in stated(text) if not _is_year(number)]
    known = [_Clause(terms.found(one.folded), _figures(one.folded)) for whole in pieces for one in clauses(whole)]
    rivals = [clause for clause in known if clause.numbers and not any(is_held(one, clause.numbers) for one in own)]
    return any(
        _is_taken(_worth(terms, clause.folded), [one for one in known if is_held(number, one.numbers)], rivals)
        for clause in clauses(piece(text, 0))
        for number in stated(clause.folded)
        if not _is_year(number)
    )


def _is_taken(worth: Sequence[float], having: Sequence[_Clause], rivals: Sequence[_Clause]) -> bool:
    """Whether a clause with other figures fits better than all that have this one."""
    if not having or not rivals or not any(worth):
        return False
    best, other = (max(_fit(clause, worth) for clause in some) for some in (having, rivals))
    return other - best >= MARGIN * sum(worth)


def _worth(terms: Terms, clause: str) -> list[float]:
    """What each word counts that stands in a clause of the claim; figures don't say what they measure."""
    return [
        worth if concept.text in clause and not any(map(str.isdigit, concept.text)) else 0.0
        for concept, worth in zip(terms.concepts, terms.worth, strict=True)
    ]


def _fit(clause: _Clause, worth: Sequence[float]) -> float:
    return sum(one * found for one, found in zip(worth, clause.found, strict=True))


def _figures(folded: str) -> set[float]:
    return {number for number in held(folded) if not _is_year(number)}


def _is_year(number: float) -> bool:
    return number.is_integer() and 1900 <= number <= 2100
