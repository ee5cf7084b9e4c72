"""Sums, differences and ratios with their formulas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Index
from search.answers import answer
from search.answers.computing import Amount, Operation, amount, computed, operations, result
from search.answers.values import values
from search.records import Concept, Hit, Language, Query

Asking = Callable[..., tuple[Query, list[Hit]]]


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("两校在校生相差多少？", "difference"),
        ("比上一年提高了几个百分点？", "difference"),
        ("两个市加起来一共多少人？", "sum"),
        ("在校生是去年的几倍？", "ratio"),
        ("在校生增长百分之几？", "growth"),
        ("平均每年培训多少人次？", "average"),
        ("by how much did it grow?", "difference"),
        ("how many times as many students does it have?", "ratio"),
    ],
)
def test_question_says_what_to_compute(question: str, operation: str) -> None:
    """Words of either language ask for an operation."""
    assert operations(question)[:1] == (operation,)


@pytest.mark.parametrize(
    "question", ["在校生有多少人？", "how many students are there?", "哪所学校有茶园？", "生均占地是多少？"]
)
def test_plain_questions_compute_nothing(question: str) -> None:
    """A question for a figure asks for no computing."""
    assert operations(question) == ()


@pytest.mark.parametrize(
    ("operation", "written", "language", "formula"),
    [
        ("difference", ("1234人", "1100人"), "zh", "1,234 − 1,100 = 134人"),
        ("sum", ("1234人", "1100人", "6人"), "zh", "1,234 + 1,100 + 6 = 2,340人"),
        ("ratio", ("300万元", "120万元"), "zh", "300 ÷ 120 = 2.5倍"),
        ("growth", ("200人", "250人"), "en", "(250 − 200) ÷ 200 = 25%"),
        ("average", ("10台", "15台"), "zh", "(10 + 15) ÷ 2 = 12.5台"),
        ("share", ("1台", "3台"), "zh", "1 ÷ 3 = 33.33%"),
        ("difference", ("87.5%", "81.25%"), "zh", "87.5 − 81.25 = 6.25个百分点"),
        ("difference", ("120人次", "100人次"), "en", "120 − 100 = 20 person-times"),
    ],
)
def test_formula_shows_its_terms(
    operation: Operation, written: tuple[str, ...], language: Language, formula: str
) -> None:
    """The terms stand as the reports have them, the result in their unit; of shares it is percentage points."""
    amounts = [amount(next(values(text))) for text in written]
    assert computed(operation, [one for one in amounts if one], language) == formula


def test_units_must_agree() -> None:
    """People and money have no difference, shares no sum."""
    assert computed("difference", [Amount(Decimal(1), "人"), Amount(Decimal(2), "万元")], "zh") == ""
    assert computed("sum", [Amount(Decimal(1), "%"), Amount(Decimal(2), "%")], "zh") == ""


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_difference_is_exact(one: int, other: int) -> None:
    """The result is the difference of the terms, never negative."""
    formula = computed("difference", [Amount(Decimal(one), "人"), Amount(Decimal(other), "人")], "zh")
    assert result(formula) == f"{abs(one - other)}人"


def test_difference_of_two_years_has_formula_and_citations(shelf: Index, asking: Asking) -> None:
    """Asked by how much two years differ, both cells are cited and the formula is shown."""
    query, hits = asking(
        shelf, "白河市中职2021年和2022年计算机相差多少台？", "白河市 计算机 2021年 2022年", "compare", ("白河市",)
    )
    found = answer(query, hits, shelf)
    assert "相差268台（4,388 − 4,120 = 268台）" in found.text
    assert [citation.quote for citation in found.citations] == ["4120", "4388"]


def test_things_joined_are_compared(shelf: Index, asking: Asking) -> None:
    """Two things asked for in one question have each their own figure."""
    query, hits = asking(
        shelf, "白河市2022年计算机和图书各有多少？", "白河市 计算机 图书 2022年", "number", ("白河市",)
    )
    concepts = tuple(Concept(word, ((word, 1.0),)) for word in ("白河市", "2022", "计算机", "图书"))
    found = answer(replace(query, concepts=concepts), hits, shelf)
    assert [citation.quote for citation in found.citations] == ["4388", "271002"]
