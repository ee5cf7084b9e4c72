"""The measures that models are compared by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.records import Vectors
from search.gold import COUNTED_CHARACTERS, GoldQuestion, first_ranks, normalise
from search.measures import DEPTH, gains, recall


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table: what was measured, and its value between 0 and 1."""

    name: str
    value: float


def of_twins(name: str, scores: Vectors) -> Iterator[Measure]:
    """Share of sentences whose twin is nearest, both ways; `scores` (zh, en), line i being the twin of line i."""
    own = np.arange(len(scores))
    yield Measure(f"{name}, zh→en", float((scores.argmax(1) == own).mean()))
    yield Measure(f"{name}, en→zh", float((scores.argmax(0) == own).mean()))


def of_ranks(name: str, ranks: NDArray[np.integer]) -> Iterator[Measure]:
    """Mean reciprocal rank and recall at 1 and 5; ranks count from 1."""
    yield Measure(f"{name}, MRR", float((1 / ranks).mean()))
    for k in (1, 5):
        yield Measure(f"{name}, recall@{k}", float((ranks <= k).mean()))


def of_questions(
    name: str, gold: Sequence[GoldQuestion], scores: Vectors, passages: Sequence[str]
) -> Iterator[Measure]:
    """Recall at 5 and nDCG at 10 of gold quotes, by the language of the question; `scores` (questions, passages)."""
    texts = [normalise(passage)[:COUNTED_CHARACTERS] for passage in passages]
    best = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
    ranks = [first_ranks(question, [texts[at] for at in row]) for question, row in zip(gold, best, strict=True)]
    for language in ("zh", "en"):
        own = [(q, r) for q, r in zip(gold, ranks, strict=True) if q.language == language]
        if own:
            five = [recall(r, 5, any_of=q.need == "any") for q, r in own]
            ten = [gains(r, any_of=q.need == "any") for q, r in own]
            yield Measure(f"{name} {language}, recall@5", float(np.mean(five)))
            yield Measure(f"{name} {language}, nDCG@10", float(np.mean(ten)))
