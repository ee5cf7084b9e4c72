"""Provinces by their letters and in groups."""

from __future__ import annotations

import pytest

from corpus.fold import fold
from search.understand.abbreviations import abbreviated


def provinces(question: str) -> list[str]:
    return [full for full, _, _ in abbreviated(fold(question))]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("桂2025年GDP增长多少", ["广西壮族自治区"]),
        ("苏浙两省的粮食产量", ["江苏省", "浙江省"]),
        ("浙和苏谁高", ["浙江省", "江苏省"]),
        ("东三省粮食产量", ["辽宁省", "吉林省", "黑龙江省"]),
        ("京津冀2026年目标", ["北京市", "天津市", "河北省"]),
        ("GDP of the Zhuang autonomous region", ["广西壮族自治区"]),
        ("Yangtze River Delta integration", ["上海市", "江苏省", "浙江省", "安徽省"]),
    ],
)
def test_short_names_mean_provinces(question: str, expected: list[str]) -> None:
    """One letter before a year, letters in a row, well-known groups in both languages."""
    assert provinces(question) == expected


@pytest.mark.parametrize(
    "question",
    ["新的一年打算做什么", "云计算专业", "青年教师有多少", "宁静的校园", "贵校的教师", "黑板报", "川菜专业", "吉他社"],
)
def test_ordinary_words_mean_no_province(question: str) -> None:
    """A letter inside a word is part of the word."""
    assert provinces(question) == []
