"""Whole rows and columns, and the greatest of a column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from index.records import Index
from search.answers import answer
from search.records import Hit, Query

Asking = Callable[..., tuple[Query, list[Hit]]]


@pytest.mark.parametrize(
    "question", ["白河市中职各年的计算机分别是多少台？", "白河市历年计算机台数是多少？", "列出白河市各年的计算机台数"]
)
def test_all_years_of_an_indicator_are_given(shelf: Index, asking: Asking, question: str) -> None:
    """A question for every year gets the whole column, each cell with its row and citation."""
    query, hits = asking(shelf, question, "白河市 计算机 台", "number", ("白河市",))
    found = answer(query, hits, shelf)
    assert found.kind == "cell"
    assert [(item.name, item.text) for item in found.items] == [("2021年", "4120台"), ("2022年", "4388台")]
    assert [citation.quote for citation in found.citations] == ["4120", "4388"]
    assert "表1" in found.text


def test_the_greatest_is_called_by_its_row(shelf: Index, asking: Asking) -> None:
    """Which year had the most is answered by the row of the greatest figure."""
    query, hits = asking(shelf, "白河市哪一年的图书最多？", "白河市 图书", "number", ("白河市",))
    found = answer(query, hits, shelf)
    assert found.text.startswith("2022年")
    assert [citation.quote for citation in found.citations] == ["271002"]


def test_the_least_is_called_by_its_row(shelf: Index, asking: Asking) -> None:
    """Which year had the fewest is answered by the row of the least figure."""
    query, hits = asking(shelf, "白河市哪一年的图书最少？", "白河市 图书", "number", ("白河市",))
    assert answer(query, hits, shelf).text.startswith("2021年")


def test_a_mean_over_the_years_is_computed(shelf: Index, asking: Asking) -> None:
    """The mean of a column is computed where it is asked for, all its terms cited."""
    query, hits = asking(shelf, "白河市两年平均计算机多少台？", "白河市 计算机 台", "number", ("白河市",))
    found = answer(replace(query, question="白河市两年平均每年有计算机多少台？"), hits, shelf)
    assert "(4,120 + 4,388) ÷ 2 = 4,254台" in found.text
    assert len(found.citations) == 2
