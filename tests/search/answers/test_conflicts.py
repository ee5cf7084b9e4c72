"""Figures that contradict each other are both shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.records import Index
from search.answers import answer
from search.records import Hit, Query
from tests.search.answers.conftest import PAPERS, Paper, Shelf

Asking = Callable[..., tuple[Query, list[Hit]]]

OWN = (
    Paper(
        "长桥市教育局",
        2022,
        (
            ("规模", "2022年全市中职在校生5120人，教师402人。"),
            ("招生", "2022年全市中职招生1800人。"),
            ("附注", "2022年全市中职在校生5310人，含成人班学员。"),
        ),
        "长桥市",
    ),
)


@pytest.fixture(scope="module")
def papers() -> Index:
    return Shelf((*PAPERS, *OWN))


def test_both_figures_are_shown_with_their_places(papers: Index, asking: Asking) -> None:
    """Where two sections give different figures for one thing and year, the other is added and cited."""
    query, hits = asking(papers, "长桥市2022年中职在校生有多少人？", "长桥市 中职 在校生 2022年", "number", ("长桥市",))
    found = answer(query, hits, papers)
    assert "5120人" in found.text
    assert "5310人" in found.text
    assert len(found.citations) == 2
    for citation in found.citations:
        assert papers.text(citation.report_id)[citation.start : citation.end] == citation.quote


def test_other_things_are_no_contradiction(papers: Index, asking: Asking) -> None:
    """A figure of something else stays out."""
    query, hits = asking(papers, "长桥市2022年中职招生多少人？", "长桥市 中职 招生 2022年", "number", ("长桥市",))
    found = answer(query, hits, papers)
    assert found.text.startswith("1800人")
    assert len(found.citations) == 1
