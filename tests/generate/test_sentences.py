"""Replies cut into marked sentences, and the numbers in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fold import fold
from search.generate.figures import held, is_held, stated
from search.generate.sentences import Cutter, Marked

PARTS = ("比例为86.5%", "[1]", "。", " ", "【2】", "It rose", ".", "\n", "；", "e.g", "3", "”", "<think>")


def cut(pieces: list[str]) -> list[Marked]:
    cutter = Cutter()
    return [*(marked for piece in pieces for marked in cutter.feed(piece)), *cutter.finish()]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("比例为86.5%[1]。共14所[2][3]。", [("比例为86.5%。", (1,)), ("共14所。", (2, 3))]),
        ("比例为86.5%。[1] 共14所。【2】", [("比例为86.5%。", (1,)), ("共14所。", (2,))]),
        ("比例为86.5% [1, 2]；共14所［3］。", [("比例为86.5%；", (1, 2)), ("共14所。", (3,))]),
        ("The share is 86.5% [1]. It rose. [2]", [("The share is 86.5%.", (1,)), ("It rose.", (2,))]),
        (
            "Dr. Li of No. 3 school, e.g. in 2021, won [1]. Yes [2].",
            [("Dr. Li of No. 3 school, e.g. in 2021, won.", (1,)), ("Yes.", (2,))],
        ),
        ("- 第一条[1]。\n- 第二条[2]。", [("第一条。", (1,)), ("第二条。", (2,))]),
        ("1. One thing [1].\n2. Two things [2].", [("One thing.", (1,)), ("Two things.", (2,))]),
        ("**86.5%**[1]", [("86.5%", (1,))]),
        ("没有标记。半句", [("没有标记。", ())]),
        ("<think>想[1]。</think>答[2]。", [("答。", (2,))]),
        ("<think>没有想完[1]。", []),
        ("<b>不是思考</b>[1]。", [("<b>不是思考</b>。", (1,))]),
        ("他说：“好。”[1]对[2]。", [("他说：“好。”", (1,)), ("对。", (2,))]),
        ("NONE", []),
        ("", []),
    ],
)
def test_sentences_keep_their_markers(reply: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    """Markers before or behind the full stop belong to their sentence, in any of the forms that models write."""
    assert [(marked.text, marked.numbers) for marked in cut([reply])] == expected


@given(
    st.lists(
        st.sampled_from(
            ["比例为86.5%", "[1]", "。", " ", "【2】", "It rose", ".", "\n", "；", "e.g", "3", "”", "<think>"]
        )
    ),
    st.data(),
)
def test_where_a_stream_is_parted_changes_nothing(parts: list[str], data: st.DataObject) -> None:
    """The same reply gives the same sentences however its pieces fall."""
    reply = "".join(parts)
    at = sorted(data.draw(st.lists(st.integers(0, len(reply)), max_size=8)))
    pieces = [reply[start:end] for start, end in zip([0, *at], [*at, len(reply)], strict=True)]
    assert cut(pieces) == cut([reply])


def test_a_reply_without_end_is_left() -> None:
    """The cutter says when it has read enough."""
    cutter = Cutter()
    for _ in range(1000):
        cutter.feed("一句话[1]。")
    assert cutter.full


@pytest.mark.parametrize(
    ("sentence", "passage", "same"),
    [
        ("387 million yuan", "总值3.87亿元", True),
        ("3.87 million yuan", "总值3.87亿元", False),
        ("18,460 students", "在校生18460人", True),
        ("fourteen schools", "十四所学校", True),
        ("14 schools", "十四所学校", True),
        ("全市有十四所学校", "全市有14所学校", True),
        ("全市有十四所学校", "全市有12所学校", False),
        ("41236.5万元", "投入41236.50万元", True),
        ("4.12亿元", "投入41236.50万元", False),
        ("in February 2022", "2022年2月", True),
        ("on 9 November", "11月9日", True),
        ("in March 2022", "2022年2月", False),
        ("70%", "超过七成", True),
        ("二是统一要求，第一批", "没有数字", True),
    ],
)
def test_numbers_are_compared_by_value(sentence: str, passage: str, same: bool) -> None:  # noqa: FBT001 - a column
    """Scales, separators, numerals in words and months in either language; ordinals are no numbers."""
    numbers = held(fold(passage))
    assert all(is_held(number, numbers) for number in stated(fold(sentence))) is same
