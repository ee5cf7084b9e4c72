"""Measures against the script that hands out the questions, and against arithmetic."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from math import log2
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Metadata
from index.records import Filters, StoredPassage, StoredReport
from search.evaluate import compare, evaluate, evaluation_json, read_gold, write_trec
from search.gold import GoldQuestion
from search.measures import gains, recall, reciprocal_rank
from search.records import Answer, Hit, Item, Query, Result

SHARED = Path(__file__).parents[3] / "shared"
REPORT = StoredReport("0" * 12, "a.txt", "0" * 64, Metadata(), 1000, 10)


class Random:
    """Answers with pieces of gold and noise, the same for the same seed."""

    def __init__(self, rows: Sequence[dict[str, Any]], seed: int) -> None:
        self._rows = {str(row["question"]): row for row in rows}
        self._random = random.Random(seed)  # noqa: S311 - no secret

    def ask(self, question: str, *, filters: Filters = Filters(), top: int = 10) -> Result:  # noqa: B008 - frozen
        """Hits and an answer drawn at random."""
        row = self._rows[question]
        quotes = list(row["evidence"])
        cell = row.get("cell")
        if isinstance(cell, dict):
            quotes = [*quotes, f"{cell.get('caption')} {cell['value']}"]
        keys = list(row.get("answer_keys") or [])
        texts = [self._text(quotes) for _ in range(top)]
        answered = self._random.random() < 0.7
        said = " ".join(key for key in keys if self._random.random() < 0.6) + "。" * self._random.choice((1, 500))
        items = tuple(Item(key, key, ()) for key in keys if self._random.random() < 0.3)
        answer = Answer(answered, "text" if answered else "none", said, 0.5, items)
        query = Query(question, "zh", "text", question, {}, filters=filters)
        return Result(query, tuple(_hit(rank, text) for rank, text in enumerate(texts, start=1)), answer, 1.0)

    def _text(self, quotes: Sequence[str]) -> str:
        chosen = self._random.sample(quotes, self._random.randint(0, len(quotes))) if quotes else []
        return "无关" * self._random.choice((1, 30, 500)) + " ".join(chosen).upper()


def _hit(rank: int, text: str) -> Hit:
    passage = StoredPassage(rank, f"{REPORT.id}-{rank}", REPORT, 0, (), "text", text, 0, len(text), None, None)
    return Hit(rank, 1 / rank, passage)


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(3))
def test_figures_agree_with_the_script_of_the_questions(seed: int, tmp_path: Path) -> None:
    """On random results every measure equals that of score.py, for all questions and by language and type."""
    questions = SHARED / "qa" / "dev.jsonl"
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    evaluation = evaluate(Random(rows, seed), read_gold(questions))
    write_trec(evaluation, tmp_path)
    command = [
        sys.executable,
        SHARED / "qa" / "score.py",
        questions,
        tmp_path / "results.jsonl",
        "--by",
        "type",
        "--json",
    ]
    expected = json.loads(subprocess.run(list(map(str, command)), capture_output=True, check=True).stdout)
    groups = {group["name"]: group["measures"] for group in evaluation_json(evaluation)["groups"]}
    assert {name for name in groups if not name.startswith("report=")} == set(expected)
    for name, measures in expected.items():
        assert groups[name] == pytest.approx(measures)


def test_measures_are_arithmetic() -> None:
    """Quotes first covered at ranks 1, 3 and never."""
    ranks = [1, 3, None]
    assert recall(ranks, 1) == 1 / 3
    assert recall(ranks, 5) == 2 / 3
    assert recall(ranks, 5, any_of=True) == 1.0
    assert reciprocal_rank([None, 4]) == 1 / 4
    assert gains(ranks) == pytest.approx((1 + 1 / log2(4)) / (1 + 1 / log2(3) + 1 / log2(4)))


def test_quotes_covered_by_one_passage_gain_once() -> None:
    """Then the ideal order has fewer relevant passages."""
    assert gains([1, 1]) == 1.0
    assert gains([2, 2]) == pytest.approx((1 / log2(3)) / 1.0)


def test_nothing_found_measures_zero() -> None:
    """Past rank 10 nothing counts."""
    assert (gains([None, 11]), reciprocal_rank([11]), recall([11], 10)) == (0.0, 0.0, 0.0)


def test_two_equal_runs_do_not_differ() -> None:
    """The difference is 0 and any random swap is as large."""
    gold = [GoldQuestion(str(n), f"问{n}", "zh", "fact", keys=(("答",),)) for n in range(5)]
    rows: list[dict[str, Any]] = [{"question": one.question, "evidence": [], "answer_keys": ["答"]} for one in gold]
    run = evaluate(Random(rows, 1), [GoldQuestion(g.id, g.question, "zh", "none") for g in gold])
    differences = compare(run, run)
    assert [(d.measure, d.first - d.second, d.p) for d in differences] == [("abstain", 0.0, 1.0)]
