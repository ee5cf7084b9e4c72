"""Suggestions as one types, by characters and by pinyin, over the samples."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from search.service import open_service
from search.suggestions import Suggester
from search.understand.pinyin import spelled


@pytest.fixture(scope="module")
def suggester(samples_index: Path) -> Suggester:
    """Over the sample reports."""
    with open_service(samples_index) as service, service.reading() as view:
        return Suggester(view)


def texts(suggester: Suggester, typed: str) -> list[str]:
    return [one.text for one in suggester.suggest(typed)]


@pytest.mark.parametrize(
    ("text", "whole", "initials"),
    [
        ("金华市", "jinhuashi", "jhs"),
        ("重庆市", "chongqingshi", "cqs"),
        ("1+X证书", "1+xzhengshu", "1+xzs"),
        ("绿色 AB 测试", "lvseabceshi", "lsabcs"),
    ],
)
def test_words_are_spelled_as_they_are_typed(text: str, whole: str, initials: str) -> None:
    """Pinyin without tones, ü as v, the reading of the phrase, letters and digits as they are."""
    assert spelled(text) == (whole, initials)


@pytest.mark.parametrize("typed", ["云汀", "yunting", "yts"])
def test_a_place_is_found_however_it_is_typed(suggester: Suggester, typed: str) -> None:
    """Characters, pinyin and initials lead to the same city, before the schools that are called after it."""
    assert texts(suggester, typed)[0] == "云汀市"


@pytest.mark.parametrize(("typed", "start"), [("2023年云汀市双师", 8), ("2023年云汀市ssx", 8), ("双师", 0)])
def test_the_end_of_a_question_is_completed(suggester: Suggester, typed: str, start: int) -> None:
    """What stands before stays: the suggestion says from where on it takes over."""
    found = suggester.suggest(typed)
    assert "双师型教师" in [one.text for one in found]
    assert {one.start for one in found if one.text.startswith("双师型")} == {start}


def test_a_title_carries_its_report(suggester: Suggester) -> None:
    """The title of a report comes with the report's id, other suggestions without."""
    found = suggester.suggest("栖鹭区中等职业教育质量")
    assert found[0].kind == "report"
    assert found[0].report is not None
    assert all(one.report is None for one in suggester.suggest("双师"))


def test_what_is_typed_already_is_not_offered(suggester: Suggester) -> None:
    """A suggestion always adds something; white space alone is no beginning; a word is not begun in its middle."""
    assert "云汀市" not in texts(suggester, "云汀市")
    assert texts(suggester, "  ") == []
    assert all(one.start == 0 for one in suggester.suggest("qilu"))


def test_suggestions_come_at_once(suggester: Suggester) -> None:
    """The median over many beginnings stays under 10 ms."""
    taken = []
    for typed in ("y", "云", "双师型", "2023年云汀市z", "shuoyanshi", "没有这样的词", "1+X", "a" * 100) * 5:
        began = time.perf_counter()
        suggester.suggest(typed)
        taken.append(time.perf_counter() - began)
    assert sorted(taken)[len(taken) // 2] < 0.01
