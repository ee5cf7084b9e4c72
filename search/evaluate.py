"""Measures a service on questions with gold quotes, and compares two of its settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import orjson

from index.records import Filters
from search.gold import GoldQuestion, first_ranks, judge, normalise, read_gold
from search.records import Result
from search.shapes import Json, result_json

__all__ = ["Evaluation", "Group", "Judged", "compare", "evaluate", "evaluation_json", "read_gold", "write_trec"]

DEPTH = 10
"""Passages asked for; no measure looks deeper."""
WORST = 10
"""How many of the questions that went worst are listed."""
ROUNDS = 10_000
"""Random reassignments of the significance test; its resolution is one in that many."""


class Asked(Protocol):
    """What is measured: anything that answers questions."""

    def ask(self, question: str, *, filters: Filters = ..., top: int = ...) -> Result:
        """The whole reply to one question."""
        ...


@dataclass(frozen=True, slots=True)
class Judged:
    """One question's result and measures."""

    gold: GoldQuestion
    result: Result = field(repr=False)
    measures: Mapping[str, float]

    @property
    def id(self) -> str:
        """The question's id."""
        return self.gold.id

    @property
    def question(self) -> str:
        """The question itself."""
        return self.gold.question


@dataclass(frozen=True, slots=True)
class Group:
    """Mean measures over the questions of one language, type or report."""

    name: str
    questions: int
    measures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Measures by group, "all" first, and every question's own."""

    groups: tuple[Group, ...]
    judged: tuple[Judged, ...] = field(repr=False)

    @property
    def worst(self) -> tuple[Judged, ...]:
        """The questions that went worst, the worst first; those without fault are not among them."""
        faulty = [judged for judged in self.judged if _fault(judged) > 0]
        return tuple(sorted(faulty, key=_fault, reverse=True)[:WORST])


@dataclass(frozen=True, slots=True)
class Difference:
    """How a second setting differs from a first in one measure.

    `p` is the share of random swaps of the two that differ at least as much (two-sided paired randomisation test).
    """

    measure: str
    first: float
    second: float
    p: float


def evaluate(
    service: Asked, questions: Sequence[GoldQuestion], *, done: Callable[[int], None] | None = None
) -> Evaluation:
    """Asks every question and judges the results; `done` is called with the number of questions finished."""
    judged = []
    for number, gold in enumerate(questions, start=1):
        result = service.ask(gold.question, filters=gold.filters, top=DEPTH)
        judged.append(Judged(gold, result, judge(gold, result)))
        if done is not None:
            done(number)
    return Evaluation(_groups(judged), tuple(judged))


def compare(first: Evaluation, second: Evaluation, *, seed: int = 0) -> tuple[Difference, ...]:
    """The difference of two runs over the same questions in every measure that both have."""
    rng = np.random.default_rng(seed)
    names = list(first.groups[0].measures) if first.groups else []
    pairs = list(zip(first.judged, second.judged, strict=True))
    return tuple(_difference(name, pairs, rng) for name in names)


def evaluation_json(evaluation: Evaluation) -> Json:
    """Groups, and each question with its measures."""
    return {
        "groups": [
            {"name": group.name, "questions": group.questions, "measures": dict(group.measures)}
            for group in evaluation.groups
        ],
        "questions": [
            {"id": judged.id, "question": judged.question, "measures": dict(judged.measures)}
            for judged in evaluation.judged
        ],
        "worst": [judged.id for judged in evaluation.worst],
    }


def write_trec(evaluation: Evaluation, folder: Path, *, run: str = "wenbao") -> None:
    """Writes `qrels.txt` and `run.txt` in TREC form, and `results.jsonl`.

    Passages judged are those that were returned: one that covers a quote first is relevant, others are not.
    """
    folder.mkdir(parents=True, exist_ok=True)
    qrels, ranked = [], []
    for judged in evaluation.judged:
        relevant = _relevant(judged)
        for hit in judged.result.hits:
            qrels.append(f"{judged.id} 0 {hit.passage.id} {int(hit.rank in relevant)}")
            ranked.append(f"{judged.id} Q0 {hit.passage.id} {hit.rank} {hit.score:.6f} {run}")
    (folder / "qrels.txt").write_text("".join(f"{line}\n" for line in qrels), encoding="utf-8")
    (folder / "run.txt").write_text("".join(f"{line}\n" for line in ranked), encoding="utf-8")
    lines = (orjson.dumps(result_json(judged.result) | {"id": judged.id}) for judged in evaluation.judged)
    (folder / "results.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


def _relevant(judged: Judged) -> set[int]:
    texts = [normalise(hit.passage.text) for hit in judged.result.hits]
    return {rank for rank in first_ranks(judged.gold, texts) if rank is not None}


def _groups(judged: Sequence[Judged]) -> tuple[Group, ...]:
    members: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        gold = one.gold
        names = ["all", f"lang={gold.language}", f"type={gold.type}", *(f"report={r}" for r in gold.reports)]
        for name in names:
            members[name].append(one)
    order = {"all": 0, "lang": 1, "type": 2, "report": 3}
    return tuple(
        Group(name, len(members[name]), _mean(members[name]))
        for name in sorted(members, key=lambda name: (order[name.split("=")[0]], name))
    )


def _mean(judged: Sequence[Judged]) -> dict[str, float]:
    values: dict[str, list[float]] = defaultdict(list)
    for one in judged:
        for name, value in one.measures.items():
            values[name].append(value)
    return {name: sum(column) / len(column) for name, column in values.items()}


def _fault(judged: Judged) -> float:
    """How far a question is from perfect: passages first, then the answer."""
    measures = judged.measures
    if "abstain" in measures:
        return 1.0 - measures["abstain"]
    return 2.0 - measures["nDCG@10"] - measures.get("ans_rec", 1.0)


def _difference(name: str, pairs: Sequence[tuple[Judged, Judged]], rng: np.random.Generator) -> Difference:
    both = np.array([(a.measures[name], b.measures[name]) for a, b in pairs if name in a.measures])
    change = both[:, 1] - both[:, 0]
    signs = rng.choice((-1.0, 1.0), size=(ROUNDS, len(change)))
    extreme = np.abs(signs @ change) >= abs(change.sum()) - 1e-9
    return Difference(name, float(both[:, 0].mean()), float(both[:, 1].mean()), float(extreme.mean()))
