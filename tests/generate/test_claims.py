"""Sentences about the samples, true and false, against the passage they cite."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.generate.claims import Checker
from search.generate.sources import sources_of
from search.query import Asker, understand
from search.records import Hit
from search.service import Service

ROWS = [line.split("\t") for line in (Path(__file__).parent / "claims.tsv").read_text(encoding="utf-8").splitlines()]


def accepted(service: Service, quote: str, claim: str, question: str = "") -> bool:
    """Whether a claim that cites the passage with a quote is kept; it answers itself unless a question is given."""
    with service.reading() as view:
        passages = view.index.passages(range(len(view.index)))
        passage = next(one for one in passages if quote in one.text)
        sources = sources_of([Hit(1, 1.0, passage)], view.index)
        checker = Checker(understand(question or claim, view, Asker()), sources, view)
        citations = checker.citations(claim, [1])
        assert all(citation.quote in passage.text for citation in citations)
        return bool(citations)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_true_sentences_pass_and_false_ones_do_not(service: Service, language: str) -> None:
    """All but one of thirty in each language: an invented verb in an otherwise true sentence can pass."""
    rows = [row for row in ROWS if row[0] == language]
    wrong = [claim for _, verdict, quote, claim in rows if accepted(service, quote, claim) != (verdict == "yes")]
    assert len(rows) == 30
    assert len(wrong) <= 1


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("毕业生去向落实率97.12%", "留在本市工作的直接就业学生占54.3%。"),
        ("1126人参加考核", "全市有940人参加1+X证书考核。"),
        ("教学仪器设备总值3.87亿元", "每百名学生拥有计算机47.9台。"),
        ("毕业去向落实921人", "升学494人。"),
    ],
)
def test_a_figure_of_something_else_in_the_passage_is_found(service: Service, quote: str, claim: str) -> None:
    """Each of these figures stands in the passage, beside other words."""
    assert not accepted(service, quote, claim)


def test_a_true_sentence_that_nobody_asked_for_is_dropped(service: Service) -> None:
    """What a passage says beside the question stays there."""
    claim = "食堂推出“小份半价”后，剩饭每天少了110公斤。"
    assert accepted(service, "小份半价", claim, "食堂的剩饭减少了多少？")
    assert not accepted(service, "小份半价", claim, "1+X证书考核的通过率是多少？")
