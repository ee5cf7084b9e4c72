"""Measures answers on questions with gold quotes, and fits the confidence that they are given with.

usage: answers.py QUESTIONS.jsonl --index DIR [--fit [--also QUESTIONS.jsonl DIR]...]

Prints ans_exact, ans_rec, answered, abstain and the precision of list items by language and type as `wenbao evaluate`
does, the share of exact quotes, and the time that answering takes on top of search. `--fit` prints weights for
`search.answers.confidence`: right answers to the questions of all sets against wrong ones, and against answers drawn
from their hits without the gold passages; with figures from five-fold cross-validation in which all answers to one
question share a fold, and what weights fitted on the `--also` sets alone do for QUESTIONS. A question without answer
keys, as `triples.py` makes them, is answered right by a citation of its gold passage.
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
from search.returned import of_result
from search.service import Service, open_service

FOLDS = 5
ANSWERED = 0.93
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
    parser.add_argument("--also", nargs=2, type=Path, action="append", default=[], metavar=("QUESTIONS", "DIR"))
    args = parser.parse_args()
    gold = read_gold(args.questions)
    with open_service(args.index) as service:
        _print_measures(evaluate(service, gold))
        print(f"exact quotes {_exact_quotes(service, gold):.3f}")
        _print_times(service, gold)
        own = list(_examples(service, gold)) if args.fit else []
    if own:
        others = [example for questions, index in args.also for example in _read_examples(questions, index)]
        _print_fit(own, others)


def _read_examples(questions: Path, index: Path) -> list[Example]:
    with open_service(index) as service:
        return list(_examples(service, read_gold(questions)))


def _print_measures(evaluation: Evaluation) -> None:
    names = ("R@5", "ans_rec", "ans_exact", "answered", "abstain", "item_prec")
    print("group".ljust(16), *[name.rjust(9) for name in names])
    for group in evaluation.groups:
        values = [f"{group.measures[name]:.3f}" if name in group.measures else "-" for name in names]
        print(group.name.ljust(16), *[value.rjust(9) for value in values])


def _exact_quotes(service: Service, gold: Sequence[GoldQuestion]) -> float:
    answers = [service.ask(question.question, filters=question.filters).answer for question in gold]
    cited = [citation for given in answers for citation in _citations(given)]
    return sum(service.index.text(c.report_id)[c.start : c.end] == c.quote for c in cited) / max(1, len(cited))


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
        given = Answer(
            answered=True,
            kind=reply.kind,
            text=reply.text,
            confidence=1.0,
            items=reply.items,
            citations=reply.citations,
        )
        right = answerable and _is_right(question, replace(result, answer=given))
        yield Example(question.id, features(inquiry, reply), doubt(inquiry, reply), right, answerable)


def _is_right(question: GoldQuestion, result: Result) -> bool:
    if question.keys:
        return judge(question, of_result(result))["ans_exact"] == 1.0
    cited = {citation.passage_id for citation in result.answer.citations}
    return any(hit.passage.id in cited and _covers(question, hit.passage.text) for hit in result.hits)


def _print_fit(own: Sequence[Example], others: Sequence[Example]) -> None:
    every = [*own, *others]
    weights = _logistic(*_table(every))
    print("weights", *weights.round(2).tolist())
    asked = {one.question: place for place, one in enumerate({one.question: one for one in every}.values())}
    fold = np.array([asked[one.question] % FOLDS for one in every])
    held = np.zeros(len(every))
    for number in range(FOLDS):
        rest = [one for one, place in zip(every, fold, strict=True) if place != number]
        held[fold == number] = _table(every)[0][fold == number] @ _logistic(*_table(rest))
    _print_threshold("cross-validated", held, every)
    if others:
        _print_threshold("fitted on the others", _table(own)[0] @ _logistic(*_table(others)), own)


def _table(examples: Sequence[Example]) -> tuple[Matrix, Matrix]:
    """Features with a constant, (examples, features + 1), and whether each is right, (examples,)."""
    inputs = np.array([(*one.features, 1.0) for one in examples])
    return inputs, np.array([one.right for one in examples], dtype=np.float64)


def _print_threshold(name: str, scores: Matrix, examples: Sequence[Example]) -> None:
    right = np.array([one.right for one in examples])
    answerable = np.array([one.answerable for one in examples])
    sure = scores - np.array([one.doubt for one in examples])
    bar = float(np.quantile(sure[answerable], 1 - ANSWERED))
    print(f"{name}: threshold {1 / (1 + np.exp(-bar)):.3f}, answered {np.mean(sure[answerable] >= bar):.3f},")
    print(f"  unanswered where the gold passages are hidden or absent {np.mean(sure[~answerable] < bar):.3f},")
    print(f"  right among those answered {np.mean(right[answerable & (sure >= bar)]):.3f}")


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
