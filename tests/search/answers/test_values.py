"""Figures with their units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answers.values import chinese_number, values


@pytest.mark.parametrize(
    ("text", "written", "number", "kind"),
    [
        ("投入656.73 万元。", "656.73 万元", 6_567_300, "money"),
        ("培训101.60万人次", "101.60万人次", 1_016_000, "people"),
        ("就业率98.15%", "98.15%", 98.15, "percent"),
        ("生师比为13.2:1", "13.2:1", 13.2, "ratio"),
        ("共50余家", "50余家", 50, "things"),
        ("建筑面积24.01平方米", "24.01平方米", 24.01, "area"),
        ("1,033人次参加", "1,033人次", 1033, "people"),
        ("九年义务教育二十多名", "二十多名", 20, "people"),
    ],
)
def test_value_is_read_with_scale_and_unit(text: str, written: str, number: float, kind: str) -> None:
    """A figure keeps its unit as written, and its number has the scale applied."""
    found = next(value for value in values(text) if value.kind != "time")
    assert (found.text, found.kind) == (written, kind)
    assert found.number == pytest.approx(number)
    assert text[found.start : found.end] == written


def test_years_and_months_are_dates() -> None:
    """A year or a day is no figure that could answer "how many"."""
    assert [value.kind for value in values("2020年9月1日起，12月结束")] == ["date", "date"]


@pytest.mark.parametrize("text", ["第3届", "1+x证书", "5g基站"])
def test_figures_inside_names_are_left_out(text: str) -> None:
    """Ordinals are no figures, and what follows a letter, plus or 第 is part of a name."""
    assert all(value.unit == "" for value in values(text))


@given(st.integers(1, 99))
def test_chinese_numerals_round_trip(number: int) -> None:
    """Numerals as people write them give back the number."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    words = (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")
    assert chinese_number(words) == number
