"""Candidates for a query: the nearest by vector and the best by words, with both scores for each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.records import Candidate, Vectors
from search.records import Query
from search.view import View

DEPTH = 100
"""Candidates taken from each of the two; a listing question takes twice as many."""

SATURATION = 2.2
"""k1 + 1 of the index's BM25: what a term's tf part tends to."""

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidates with their scores, arrays of the same length; scores are 0 to 1 and mean the same for every query."""

    rows: NDArray[np.int64]
    dense: Scores
    """Cosine, 0 where negative."""
    words: Scores
    """BM25 over the most that any passage could reach (Bruch et al. 2022, "theoretical" normalisation)."""


def encode(query: Query, view: View) -> Vectors:
    """The question's vector, (dimension,)."""
    vector: Vectors = view.encoder.encode_queries([query.dense])[0]
    return vector


def retrieve(query: Query, view: View, vector: Vectors) -> Pool:
    """The union of both candidate lists; filters hold inside the search."""
    index = view.index
    allowed = index.select(query.filters)
    depth = DEPTH * (2 if query.wanted == "list" else 1)
    near = index.nearest(vector, depth, allowed)
    matched = index.matching(query.terms, depth, allowed)
    rows = np.array(sorted({candidate.row for candidate in (*near, *matched)}), dtype=np.int64)
    if not len(rows):
        return Pool(rows, np.zeros(0), np.zeros(0))
    dense = np.clip(index.vectors(rows.tolist()) @ vector, 0.0, 1.0).astype(np.float64)
    return Pool(rows, dense, _words(rows, matched, bound(query, view)))


def bound(query: Query, view: View) -> float:
    """The BM25 score that no passage can pass, context left aside."""
    known = ((term, weight) for term, weight in query.terms.items() if view.index.document_frequency(term))
    return SATURATION * sum(weight * view.rarity(term) for term, weight in known)


def _words(rows: NDArray[np.int64], matched: list[Candidate], most: float) -> Scores:
    scores = {candidate.row: candidate.score / most for candidate in matched} if most else {}
    return np.array([min(1.0, scores.get(int(row), 0.0)) for row in rows])
