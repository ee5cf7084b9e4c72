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
from search.errors import BatchError
from search.evaluate import compare, evaluate, evaluate_returned, evaluation_json, read_gold
from search.gold import GoldQuestion, GoldQuote, judge
from search.measures import gains, item_precision, recall, reciprocal_rank
from search.records import Answer, Hit, Item, Query, Result
from search.returned import Returned, read_results
from search.trec import write_trec

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
        assert {k: v for k, v in groups[name].items() if k != "item_prec"} == pytest.approx(measures)
    assert evaluate_returned(read_results(tmp_path / "results.jsonl"), read_gold(questions)).groups == evaluation.groups


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(3))
def test_trec_files_give_the_same_figures_elsewhere(seed: int, tmp_path: Path) -> None:
    """ir_measures on qrels and run finds the nDCG@10 and reciprocal rank of each question that `evaluate` finds."""
    import ir_measures
    from ir_measures import RR, nDCG

    questions = SHARED / "qa" / "dev.jsonl"
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    evaluation = evaluate(Random(rows, seed), [gold for gold in read_gold(questions) if gold.answerable])
    write_trec(evaluation, tmp_path)
    qrels = list(ir_measures.read_trec_qrels(str(tmp_path / "qrels.txt")))  # type: ignore[no-untyped-call]
    run = list(ir_measures.read_trec_run(str(tmp_path / "run.txt")))  # type: ignore[no-untyped-call]
    found = {(m.query_id, str(m.measure)): m.value for m in ir_measures.iter_calc([nDCG @ 10, RR @ 10], qrels, run)}
    for judged in evaluation.judged:
        assert found[judged.id, "nDCG@10"] == pytest.approx(judged.measures["nDCG@10"])
        assert found[judged.id, "RR@10"] == pytest.approx(judged.measures["RR"])


def test_items_without_a_gold_key_cost_precision() -> None:
    """Two of four items bear a key, one of them in another form and in its text."""
    keys = [("甲校", "jia"), ("乙校",)]
    assert item_precision(["甲校", "某物jia", "丙校", "丁校"], keys) == 2 / 4


def test_item_precision_is_of_lists_that_have_items() -> None:
    """A question for something else, or an answer without items, has none."""
    quote = (GoldQuote(("甲",)),)
    asked = [GoldQuestion("1", "问", "zh", kind, quotes=quote, keys=(("甲",),)) for kind in ("list", "fact")]
    answers = [Returned((), answered=True, text="甲", items=items) for items in ((("甲", ""), ("乙", "")), ())]
    found = [[judge(gold, returned).get("item_prec") for returned in answers] for gold in asked]
    assert found == [[0.5, None], [None, None]]


def test_results_of_other_questions_are_refused(tmp_path: Path) -> None:
    """The message names the first question without a result."""
    file = tmp_path / "results.jsonl"
    file.write_text('{"id": "1", "hits": []}\n', encoding="utf-8")
    gold = [GoldQuestion(name, "问", "zh", "none") for name in ("1", "2")]
    with pytest.raises(BatchError, match="1 of 2 questions have no result, the first is 2"):
        evaluate_returned(read_results(file), gold)


@pytest.mark.parametrize("line", ["{", '{"question": "问"}', "[]"])
def test_a_file_that_holds_no_results_is_refused(line: str, tmp_path: Path) -> None:
    """The message says which line."""
    file = tmp_path / "results.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(BatchError, match="line 1"):
        read_results(file)


def test_a_large_difference_is_not_chance() -> None:
    """Twenty questions right in one run and wrong in the other: one swap in a million is as large."""
    gold = [GoldQuestion(str(n), f"问{n}", "zh", "none") for n in range(20)]
    right, wrong = ({one.id: Returned((), answered=flag, text="") for one in gold} for flag in (False, True))
    (difference,) = compare(evaluate_returned(right, gold), evaluate_returned(wrong, gold))
    assert (difference.first, difference.second) == (1.0, 0.0)
    assert difference.p < 0.001


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
