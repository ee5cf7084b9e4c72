"""BM25 against its formula."""

from __future__ import annotations

from collections import Counter
from math import log
from pathlib import Path

import pytest

from index.context import CONTEXT_WEIGHT
from index.postings import Posting, PostingIndex, write_postings

BODIES = ["教师 队伍 教师", "教师 就业", "就业 率 就业 率 98.5%", "企业 合作 1+x", "学生 企业", "学生 学生 学生 教师"]
CONTEXTS = ["青禾 2021", "青禾 2021", "云溪 2022 就业", "云溪 2022", "白石 2021", "白石 2021 教师"]
REPORTS = [1, 1, 2, 2, 3, 3]
NUMBERS = [0, 1, 0, 1, 0, 1]


@pytest.fixture
def index(tmp_path: Path) -> PostingIndex:
    write_postings(tmp_path, postings())
    return PostingIndex(tmp_path)


def postings() -> list[Posting]:
    rows = zip(REPORTS, NUMBERS, BODIES, CONTEXTS, strict=True)
    return [Posting(report, number, b.split(), c.split()) for report, number, b, c in rows]


def scores(index: PostingIndex, terms: dict[str, float], k: int, reports: list[int] | None = None) -> dict[int, float]:
    """Scores by row, in the order found; row n is passage n % 2 of report n // 2 + 1."""
    found = index.matching(terms, k, reports)
    rows = (found.reports - 1) * 2 + found.numbers
    return dict(zip(rows.tolist(), found.scores.tolist(), strict=True))


def bm25(texts: list[str], term: str, row: int) -> float:
    """Lucene's BM25, k1 = 1.2 and b = 0.75, for one field and one term."""
    documents = [Counter(text.split()) for text in texts]
    n = sum(term in document for document in documents)
    frequency = documents[row][term]
    if not frequency:
        return 0.0
    idf = log(1 + (len(texts) - n + 0.5) / (n + 0.5))
    length = documents[row].total() / (sum(document.total() for document in documents) / len(texts))
    return idf * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length))


def test_scores_are_weighted_bm25(index: PostingIndex) -> None:
    """The score is the sum over terms of weight times (body + CONTEXT_WEIGHT times context)."""
    terms = {"教师": 1.0, "就业": 0.5}
    wanted = {
        row: sum(w * (bm25(BODIES, t, row) + CONTEXT_WEIGHT * bm25(CONTEXTS, t, row)) for t, w in terms.items())
        for row in range(len(BODIES))
    }
    found = scores(index, terms, 10)
    assert found == pytest.approx({row: score for row, score in wanted.items() if score}, rel=1e-4)
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_only_the_given_reports(index: PostingIndex) -> None:
    """The filter is inside the search: the k best of the reports, with unchanged scores."""
    everywhere = scores(index, {"教师": 1.0, "学生": 1.0}, 10)
    inside = scores(index, {"教师": 1.0, "学生": 1.0}, 2, reports=[3])
    assert list(inside) == [5, 4]
    assert all(score == pytest.approx(everywhere[row], rel=1e-6) for row, score in inside.items())
    assert scores(index, {"教师": 1.0}, 5, reports=[]) == {}


def test_removed_reports_are_gone_and_others_can_be_added(index: PostingIndex, tmp_path: Path) -> None:
    """What was removed is not found, what was added is, and no file that was there is written again."""
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name != "meta.json"}
    write_postings(tmp_path, [Posting(7, 0, ["教师", "新增"], ["白石"])], removed=[1, 2])
    changed = PostingIndex(tmp_path)
    assert len(changed) == 3
    assert changed.document_frequency("教师") == 2
    assert set(changed.matching({"教师": 1.0, "就业": 1.0}, 10).reports) == {3, 7}
    assert len(index) == 6
    unchanged = {name for name, data in before.items() if (tmp_path / name).read_bytes() == data}
    assert {name for name in before if name[0] != "."} <= unchanged


def test_document_frequency_counts_passages(index: PostingIndex) -> None:
    """A passage counts once, whether the term stands in its text, its context or both."""
    assert index.document_frequency("教师") == 3
    assert index.document_frequency("就业") == 2
    assert index.document_frequency("1+x") == 1
    assert index.document_frequency("98.5%") == 1
    assert index.document_frequency("没有") == 0


def test_edges(index: PostingIndex, tmp_path: Path) -> None:
    """No terms, unknown terms, terms of weight nought, nothing asked for, an index without passages."""
    assert scores(index, {}, 5) == {}
    assert scores(index, {"没有": 1.0}, 5) == {}
    assert scores(index, {"教师": 0.0}, 5) == {}
    assert scores(index, {"教师": 1.0}, 0) == {}
    (tmp_path / "empty").mkdir()
    write_postings(tmp_path / "empty", [])
    empty = PostingIndex(tmp_path / "empty")
    assert len(empty) == 0
    assert scores(empty, {"教师": 1.0}, 5) == {}
    assert empty.document_frequency("教师") == 0
