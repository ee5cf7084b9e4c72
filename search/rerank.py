"""The best candidates read once more by a CrossEncoder, where one is set."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from search.records import Query

if TYPE_CHECKING:
    from index.reranker import Reranker
    from search.rank import Ranked

RERANKER_VARIABLE = "WENBAO_RERANKER"
"""Environment variable that names a CrossEncoder by folder or hub name."""

DEPTH = 30
"""Candidates that are read once more."""

SHARE = 0.5
"""What the CrossEncoder's score counts beside the one before; the features know the names and years asked for."""


def reranker() -> Reranker | None:
    """The reranker that is set, None where none is.

    Raises:
        EncoderError: there is no such model.
    """
    name = os.environ.get(RERANKER_VARIABLE)
    return _loaded(name) if name else None


def reread(query: Query, ranked: Sequence[Ranked], model: Reranker) -> list[Ranked]:
    """Candidates in the order of both scores; those beyond `DEPTH` stay behind them."""
    first, rest = ranked[:DEPTH], ranked[DEPTH:]
    texts = [f"{one.page.headings}\n{one.page.passage.text}" for one in first]
    scores = model.scores(query.question, texts).tolist()
    read = [_mixed(one, score) for one, score in zip(first, scores, strict=True)]
    return [*sorted(read, key=lambda one: -one.score), *(_mixed(one, 0.0) for one in rest)]


def _mixed(one: Ranked, score: float) -> Ranked:
    return one._replace(
        score=(1 - SHARE) * one.score + SHARE * score,
        features=one.features | {"reranker": score},
        parts={name: (1 - SHARE) * part for name, part in one.parts.items()} | {"reranker": SHARE * score},
    )


@cache
def _loaded(name: str) -> Reranker:
    from index.reranker import load_reranker

    return load_reranker(name)
