"""Folding is one for one, stable, and brings together what searchers don't tell apart."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from corpus.fold import fold

anything = st.text(st.characters())
chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))


@given(anything)
def test_length_is_kept(text: str) -> None:
    """Every character folds to exactly one, so spans stay true."""
    assert len(fold(text)) == len(text)


@given(anything)
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded text is its own folding."""
    assert fold(fold(text)) == fold(text)


@given(anything, st.integers(0, 20), st.integers(0, 20))
def test_slices_commute(text: str, start: int, end: int) -> None:
    """Folding a slice is slicing the folded text."""
    assert fold(text)[start:end] == fold(text[start:end])


@given(chinese)
def test_no_traditional_character_is_left(text: str) -> None:
    """A folded Chinese text has nothing that opencc would still simplify one for one."""
    converter = OpenCC("t2s")
    assert all(converter.convert(c) == c for c in fold(text))


@given(st.text(st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E)))
def test_full_width_is_half_width(text: str) -> None:
    """The full-width block folds as its ASCII twin."""
    assert fold(text) == fold(unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("產教融合・校企合作", "产教融合·校企合作"),
        ("“１＋Ｘ”證書", '"1+x"证书'),
        ("「雙師型」教師", '"双师型"教师'),
        ("ＧＤＰ增長５．５％", "gdp增长5.5%"),
        ("二〇二三年", "二零二三年"),
        ("2021—2025年", "2021-2025年"),
        ("a\u00a0b\u3000c", "a b c"),
        ("①2020 10² ½", "①2020 10² ½"),
        ("İstanbul", "İstanbul"),
    ],
)
def test_examples(written: str, searched: str) -> None:
    """Script, width, case, quotes, dots and dashes are unified; digits are never glued together."""
    assert fold(written) == searched


def test_speed() -> None:
    """A million characters take well under a second once the table has met them."""
    text = "職業學校“產教融合”ＡＢＣ，2023年共有學生3，200人。" * 33_000
    fold(text[:100])
    began = time.perf_counter()
    fold(text)
    assert time.perf_counter() - began < 1
