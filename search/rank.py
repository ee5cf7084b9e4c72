"""Candidates to hits: one score from several features, near-duplicates folded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

import numpy as np

from index.processor import one_thread
from search.features import Features
from search.records import Hit, Query
from search.rerank import reranker, reread
from search.retrieve import Pool, retrieve
from search.view import Page, View

RETRIEVED = {"dense": 0.6, "words": 0.4, "about": 0.15}
"""The convex combination of the two retrievers (see benchmarks/ranking.py), and what a report gains that is about whom
the question names."""
WEIGHTS = {
    "dense": 0.30,
    "words": 0.07,
    "cover": 0.25,
    "sentence": 0.08,
    "heading": 0.03,
    "year": 0.10,
    "subject": 0.11,
    "figure": 0.03,
    "kind": 0.03,
}
"""What each feature counts; they sum to 1.

Rounded from what benchmarks/ranking.py fits on two sets of questions, those about real reports and those about the
samples; the words' own score hardly adds to what `cover` says, but finds candidates.
"""

LOOKED_AT = 60
"""Candidates whose text is looked at; the rest keep their place behind them."""

DUPLICATE = 0.85
"""Share of the sketches in common from which on two passages say the same."""


class Ranked(NamedTuple):
    """A passage with its score and what made it."""

    page: Page
    score: float
    features: dict[str, float]
    parts: dict[str, float]
    """What each feature adds to the score."""


def find(query: Query, view: View, *, top: int) -> tuple[Hit, ...]:
    """The `top` passages for a question; the parts of a comparison take turns."""
    parts = query.parts or (query,)
    vectors = [view.vector(part.dense) for part in parts]
    with one_thread():
        pools = [retrieve(part, view, vector) for part, vector in zip(parts, vectors, strict=True)]
    lists = [rank(part, pool, view) for part, pool in zip(parts, pools, strict=True)]
    return hits(in_turns(lists), top=top)


def in_turns(lists: Sequence[Sequence[Ranked]]) -> list[Ranked]:
    """The first of each list, the second of each, and so on; a passage keeps its first place."""
    found: dict[int, Ranked] = {}
    for row in zip_longest(*lists):
        for one in row:
            if one is not None:
                found.setdefault(one.page.passage.row, one)
    return list(found.values())


def rank(query: Query, pool: Pool, view: View) -> list[Ranked]:
    """The candidates whose text was looked at, best first."""
    first = RETRIEVED["dense"] * pool.dense + RETRIEVED["words"] * pool.words + RETRIEVED["about"] * pool.about
    features = Features(query, view)
    ranked = []
    best = np.argsort(-first, kind="stable")[:LOOKED_AT]
    columns = (pool.rows[best].tolist(), pool.dense[best].tolist(), pool.words[best].tolist())
    for row, dense, words in zip(*columns, strict=True):
        page = view.page(row)
        found = {"dense": dense, "words": words} | features.of(page)
        parts = {name: WEIGHTS[name] * value for name, value in found.items()}
        ranked.append(Ranked(page, sum(parts.values()), found, parts))
    ranked.sort(key=lambda one: -one.score)
    model = reranker()
    return reread(query, ranked, model) if model else ranked


def hits(ranked: Iterable[Ranked], *, top: int) -> tuple[Hit, ...]:
    """The `top` ranked passages as hits; what says the same as a better one is named under that."""
    kept: list[tuple[Ranked, list[str]]] = []
    seen: set[int] = set()
    for one in ranked:
        sketch = one.page.sketch
        # What shares too little with all of them together shares too little with each.
        near = kept if len(seen & sketch) >= DUPLICATE * len(sketch) else ()
        twin = next((also for other, also in near if _alike(sketch, other.page.sketch)), None)
        if twin is not None:
            twin.append(one.page.passage.id)
        elif len(kept) < top:
            kept.append((one, []))
            seen |= sketch
        else:
            break
    return tuple(_hit(place, one, also) for place, (one, also) in enumerate(kept, start=1))


def _hit(place: int, one: Ranked, also: Sequence[str]) -> Hit:
    return Hit(
        rank=place,
        score=min(1.0, max(0.0, one.score)),
        passage=one.page.passage,
        also=tuple(also),
        features=one.features,
        parts=one.parts,
    )


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= DUPLICATE * max(len(one), len(other))
