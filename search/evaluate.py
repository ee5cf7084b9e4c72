"""Measures a service on questions with gold quotes, and compares two of its settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from index.records import Filters
from search.errors import BatchError
from search.gold import GoldQuestion, judge, read_gold
from search.records import Result
from search.returned import Returned, of_result
from search.shapes import Json

__all__ = [
    "Difference",
    "Evaluation",
    "Group",
    "Judged",
    "compare",
    "evaluate",
    "evaluate_returned",
    "evaluation_json",
    "read_gold",
]

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
    returned: Returned = field(repr=False)
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
        returned = of_result(service.ask(gold.question, filters=gold.filters, top=DEPTH))
        judged.append(Judged(gold, returned, judge(gold, returned)))
        if done is not None:
            done(number)
    return Evaluation(_groups(judged), tuple(judged))


def evaluate_returned(results: Mapping[str, Returned], questions: Sequence[GoldQuestion]) -> Evaluation:
    """Judges results that a file holds, by the ids of the questions.

    Raises:
        BatchError: a question has no result.
    """
    missing = [gold.id for gold in questions if gold.id not in results]
    if missing:
        raise BatchError(
            f"{len(missing)} of {len(questions)} questions have no result, the first is {missing[0]}.",
            "Give the results of the same questions.",
        )
    judged = [Judged(gold, results[gold.id], judge(gold, results[gold.id])) for gold in questions]
    return Evaluation(_groups(judged), tuple(judged))


def compare(first: Evaluation, second: Evaluation, *, seed: int = 0) -> tuple[Difference, ...]:
    """The difference of two runs over the same questions in every measure that some question has in both."""
    rng = np.random.default_rng(seed)
    pairs = list(zip(first.judged, second.judged, strict=True))
    names = dict.fromkeys(name for one, other in pairs for name in one.measures if name in other.measures)
    return tuple(_difference(name, pairs, rng) for name in names)


def evaluation_json(evaluation: Evaluation, differences: Sequence[Difference] = ()) -> Json:
    """Groups, each question with its measures, and the differences from another setting."""
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
        "compared": [
            {"measure": one.measure, "first": one.first, "second": one.second, "p": one.p} for one in differences
        ],
    }


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
    has = [(a, b) for a, b in pairs if name in a.measures and name in b.measures]
    both = np.array([(a.measures[name], b.measures[name]) for a, b in has])
    change = both[:, 1] - both[:, 0]
    signs = rng.choice((-1.0, 1.0), size=(ROUNDS, len(change)))
    extreme = np.abs(signs @ change) >= abs(change.sum()) - 1e-9
    return Difference(name, float(both[:, 0].mean()), float(both[:, 1].mean()), float(extreme.mean()))
