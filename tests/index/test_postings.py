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


@pytest.fixture
def index(tmp_path: Path) -> PostingIndex:
    rows = zip(range(len(BODIES)), REPORTS, BODIES, CONTEXTS, strict=True)
    write_postings(tmp_path, [Posting(row, report, b.split(), c.split()) for row, report, b, c in rows])
    return PostingIndex(tmp_path)


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
    found = index.matching(terms, 10)
    assert {candidate.row: candidate.score for candidate in found} == pytest.approx(
        {row: score for row, score in wanted.items() if score}, rel=1e-4
    )
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


def test_only_the_given_reports(index: PostingIndex) -> None:
    """The filter is inside the search: the k best of the reports, with unchanged scores."""
    everywhere = {c.row: c.score for c in index.matching({"教师": 1.0, "学生": 1.0}, 10)}
    inside = index.matching({"教师": 1.0, "学生": 1.0}, 2, reports=[3])
    assert [c.row for c in inside] == [5, 4]
    assert all(c.score == pytest.approx(everywhere[c.row], rel=1e-6) for c in inside)
    assert index.matching({"教师": 1.0}, 5, reports=[]) == []


def test_document_frequency_counts_passages(index: PostingIndex) -> None:
    """A passage counts once, whether the term stands in its text, its context or both."""
    assert index.document_frequency("教师") == 3
    assert index.document_frequency("就业") == 2
    assert index.document_frequency("1+x") == 1
    assert index.document_frequency("98.5%") == 1
    assert index.document_frequency("没有") == 0


def test_edges(index: PostingIndex, tmp_path: Path) -> None:
    """No terms, unknown terms, terms of weight nought, nothing asked for, an index without passages."""
    assert index.matching({}, 5) == []
    assert index.matching({"没有": 1.0}, 5) == []
    assert index.matching({"教师": 0.0}, 5) == []
    assert index.matching({"教师": 1.0}, 0) == []
    (tmp_path / "empty").mkdir()
    write_postings(tmp_path / "empty", [])
    empty = PostingIndex(tmp_path / "empty")
    assert len(empty) == 0
    assert empty.matching({"教师": 1.0}, 5) == []
    assert empty.document_frequency("教师") == 0
