"""Which numerals are quantities, and which figure suits what is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.records import Index
from search.answers import answer
from search.answers.quantity import is_quantity
from search.answers.values import values
from search.records import Hit, Query

Asking = Callable[..., tuple[Query, list[Hit]]]


def _quantities(text: str, unit: str = "") -> list[str]:
    return [value.text for value in values(text) if is_quantity(text, value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "7.4 茶园里的课堂",
        "【案例5-1】茶农夜校",
        "县里唯一一所公办学校",
        "水库二期开工",
        "建设“五个中心”",
        "编制第十五个五年规划",
    ],
)
def test_numerals_that_measure_nothing(text: str) -> None:
    """Numbers of headings and cases, ordinals and numerals in fixed words are no quantities."""
    assert _quantities(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("建成1500平方米的茶园", ["1500平方米"]),
        ("培训人次达5727", ["5727"]),
        ("设立三个校区", ["三个"]),
        ("生产总值增长4.5%—5%", ["4.5%—5%"]),
    ],
)
def test_quantities_are_found(text: str, found: list[str]) -> None:
    """A figure with a unit, one behind a word of quantity, a counted thing and a range are quantities."""
    assert _quantities(text) == found


def test_measure_word_asked_for_makes_an_ordinal_unit_a_count() -> None:
    """二期 counts where the question asks 多少期."""
    assert _quantities("水库办班二期", "期") == ["二期"]


def test_persons_are_not_answered_with_schools(shelf: Index, asking: Asking) -> None:
    """How many people is never answered by a number of things or a sum of money."""
    query, hits = asking(shelf, "白河市每所产业学院有多少名教师？", "白河市 产业学院 补助", "number")
    assert "300万" not in answer(query, hits, shelf).text.split("：")[0]


def test_a_day_is_preferred_where_a_day_is_asked_for(shelf: Index, asking: Asking) -> None:
    """Without the day a month is no answer that looks like one."""
    query, hits = asking(shelf, "云台书院是几月几号启用的？", "云台 书院 启用")
    assert not answer(query, hits, shelf).text.startswith("2021年5月：")
