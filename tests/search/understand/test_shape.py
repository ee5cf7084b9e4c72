"""Language and the shape of the answer wanted."""

from __future__ import annotations

import pytest

from corpus.fold import fold
from search.records import Language, Wanted
from search.understand.language import language
from search.understand.shape import wanted


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("双师型教师比例", "zh"),
        ("1+X 试点", "zh"),
        ("哪些学校参加了 WorldSkills 选拔", "zh"),
        ("How many schools joined the 婺学通 platform?", "en"),
        ("1+X pilots", "en"),
        ("2022", "zh"),
    ],
)
def test_the_language_is_that_of_most_words(question: str, expected: Language) -> None:
    """A name in the other script changes nothing; figures alone count as Chinese."""
    assert language(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("东江职校有多少名教师？", "number"),
        ("双师型教师比例", "number"),
        ("毕业生就业率是多少", "number"),
        ("哪些学校开设了无人机专业？", "list"),
        ("学校的三个重点专业是什么？", "list"),
        ("东江和南湖哪个学生多？", "compare"),
        ("2021年与2022年的经费相差多少？", "compare"),
        ("是哪所高校帮助建的平台？", "text"),
        ("为什么招生困难？", "text"),
        ("How many teachers are there?", "number"),
        ("What percentage of graduates found work?", "number"),
        ("Which schools expanded 1+X pilots?", "list"),
        ("Name the partner companies.", "list"),
        ("Which city spent more, Dongjiang or Nanhu?", "compare"),
        ("Why is recruitment difficult?", "text"),
    ],
)
def test_the_wanted_shape_follows_the_question_word(question: str, expected: Wanted) -> None:
    """Numbers, lists and comparisons are told from questions that want text."""
    assert wanted(fold(question), language(question)) == expected
