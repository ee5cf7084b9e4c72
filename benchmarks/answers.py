"""Measures answers on questions with gold quotes, and fits the confidence that they are given with.

usage: answers.py QUESTIONS.jsonl --index DIR [--fit]

Prints ans_exact, ans_rec, answered and abstain by language and type as `wenbao evaluate` does, the precision of list
items (an item is right when it and an accepted key contain one another), the share of exact quotes, and the time that
answering takes on top of search. `--fit` prints weights for `search.answers.confidence`: right answers to the questions
against wrong ones, and against answers drawn from their hits without the gold passages; with figures from five-fold
cross-validation in which all answers to one question share a fold.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.records import Index
from search.answers import answer
from search.answers.compose import best_reply
from search.answers.confidence import doubt, features
from search.answers.inquiry import inquire
from search.evaluate import Evaluation, evaluate
from search.gold import GoldQuestion, judge, normalise, read_gold
from search.records import Answer, Citation, Result
from search.service import Service, open_service

FOLDS = 5
ANSWERED = 0.94
"""Share of answerable questions that the threshold must let through."""
RIDGE = 1.0
DEPTH = 30
"""Hits that the service draws an answer from."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One answer with what speaks for it; `right` is whether it should have been given."""

    question: str
    features: tuple[float, ...]
    doubt: float
    right: bool
    answerable: bool


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--fit", action="store_true", help="fit the confidence")
    args = parser.parse_args()
    gold = read_gold(args.questions)
    with open_service(args.index) as service:
        evaluation = evaluate(service, gold)
        _print_measures(evaluation)
        print(f"list item precision {_item_precision(evaluation):.3f}")
        print(f"exact quotes {_exact_quotes(evaluation, service.index):.3f}")
        _print_times(service, gold)
        if args.fit:
            _print_fit(list(_examples(service, gold)))


def _print_measures(evaluation: Evaluation) -> None:
    names = ("R@5", "ans_rec", "ans_exact", "answered", "abstain")
    print("group".ljust(16), *[name.rjust(9) for name in names])
    for group in evaluation.groups:
        values = [f"{group.measures[name]:.3f}" if name in group.measures else "-" for name in names]
        print(group.name.ljust(16), *[value.rjust(9) for value in values])


def _item_precision(evaluation: Evaluation) -> float:
    right = [
        any(key in normalise(item.name) or normalise(item.name) in key for keys in one.gold.keys for key in keys)
        for one in evaluation.judged
        if one.gold.type == "list" and one.result.answer.kind == "list"
        for item in one.result.answer.items
    ]
    return sum(right) / len(right) if right else 0.0


def _exact_quotes(evaluation: Evaluation, index: Index) -> float:
    cited = [citation for one in evaluation.judged for citation in _citations(one.result.answer)]
    return sum(index.text(c.report_id)[c.start : c.end] == c.quote for c in cited) / max(1, len(cited))


def _citations(given: Answer) -> tuple[Citation, ...]:
    return (*given.citations, *(citation for item in given.items for citation in item.citations))


def _print_times(service: Service, gold: Sequence[GoldQuestion]) -> None:
    took = []
    for question in gold:
        result = service.search(question.question, top=DEPTH)
        started = time.perf_counter()
        answer(result.query, result.hits, service.index)
        took.append((time.perf_counter() - started) * 1000)
    middle, high = np.percentile(took, [50, 95])
    print(f"time on top of search: median {middle:.1f} ms, 95th percentile {high:.1f} ms")


def _examples(service: Service, gold: Sequence[GoldQuestion]) -> Iterator[Example]:
    for question in gold:
        result = service.search(question.question, top=DEPTH)
        yield from _example(question, result, service.index, answerable=question.answerable)
        hidden = tuple(hit for hit in result.hits if not _covers(question, hit.passage.text))
        if question.answerable and len(hidden) < len(result.hits):
            yield from _example(question, replace(result, hits=hidden), service.index, answerable=False)


def _covers(question: GoldQuestion, text: str) -> bool:
    return any(quote.covered(normalise(text)) for quote in question.quotes)


def _example(question: GoldQuestion, result: Result, index: Index, *, answerable: bool) -> Iterator[Example]:
    inquiry = inquire(result.query, result.hits, index)
    reply = best_reply(inquiry)
    if reply is not None:
        given = Answer(answered=True, kind=reply.kind, text=reply.text, confidence=1.0, items=reply.items)
        right = answerable and judge(question, replace(result, answer=given)).get("ans_exact", 1.0) == 1.0
        yield Example(question.id, features(inquiry, reply), doubt(inquiry, reply), right, answerable)


def _print_fit(examples: Sequence[Example]) -> None:
    inputs = np.array([(*one.features, 1.0) for one in examples])
    right = np.array([one.right for one in examples], dtype=np.float64)
    doubts = np.array([one.doubt for one in examples])
    answerable = np.array([one.answerable for one in examples])
    asked = {one.question: place for place, one in enumerate({one.question: one for one in examples}.values())}
    fold = np.array([asked[one.question] % FOLDS for one in examples])
    held = np.zeros(len(examples))
    for number in range(FOLDS):
        weights = _logistic(inputs[fold != number], right[fold != number])
        held[fold == number] = inputs[fold == number] @ weights
    held -= doubts
    bar = float(np.quantile(held[answerable], 1 - ANSWERED))
    print("weights", *_logistic(inputs, right).round(2).tolist())
    print(f"cross-validated: threshold {1 / (1 + np.exp(-bar)):.3f}, answered {np.mean(held[answerable] >= bar):.3f},")
    print(f"  unanswered where the gold passages are hidden or absent {np.mean(held[~answerable] < bar):.3f},")
    print(f"  right among those answered {np.mean(right[answerable & (held >= bar)]):.3f}")


def _logistic(inputs: Matrix, right: Matrix) -> Matrix:
    """Ridge logistic regression by Newton's method; the last column is the constant and goes free."""
    penalty = np.diag([*[RIDGE] * (inputs.shape[1] - 1), 1e-6])
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):
        expected = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (right - expected) - penalty @ weights
        curvature = (inputs * (expected * (1 - expected))[:, None]).T @ inputs + penalty
        weights = weights + np.linalg.solve(curvature, gradient)
    return weights


if __name__ == "__main__":
    main()
