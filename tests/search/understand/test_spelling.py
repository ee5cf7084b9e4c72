"""Slips of the pen."""

from __future__ import annotations

import pytest

from search.understand.mending import Mending
from search.understand.spelling import ChineseSpelling, EnglishSpelling

TERMS = ("双师型教师", "产教融合", "校企合作", "就业率", "高级教师", "云汀市", "栖鹭职业高级中学")
WORDS = {"教师", "就业", "比例", "职业", "中学", "学校", "老师", "学生"}


@pytest.fixture(scope="module")
def chinese() -> ChineseSpelling:
    return ChineseSpelling(TERMS, lambda word: word in WORDS or word in TERMS)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("双师形教师比例", "双师型教师比例"),
        ("产教溶合", "产教融合"),
        ("校企和作", "校企合作"),
        ("就业律", "就业率"),
        ("云听市的学校", "云汀市的学校"),
        ("栖路职业高级中学的学生", "栖鹭职业高级中学的学生"),
    ],
)
def test_a_wrong_character_is_mended(chinese: ChineseSpelling, written: str, meant: str) -> None:
    """In a term of four characters any other one, in a shorter one that sounds the same."""
    assert chinese.mend(written) == meant


@pytest.mark.parametrize("written", ["双师型教师", "职高的教师", "就业面", "学校老师", "就业率高"])
def test_what_is_right_stays(chinese: ChineseSpelling, written: str) -> None:
    """A known term, a word between others, and what is unlike any term."""
    assert chinese.mend(written) == written


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("studnets", "students"),
        ("vocatonal", "vocational"),
        ("enrolement", "enrolment"),
        ("qwertyu", "qwertyu"),
        ("cat", "cat"),
    ],
)
def test_a_wrong_letter_is_mended(written: str, meant: str) -> None:
    """A letter missing, added or swapped; short words and what is near nothing stay."""
    known = dict.fromkeys(("students", "vocational", "enrolment", "car"), 1.0)
    assert EnglishSpelling(known).mend(written) == meant


def test_only_unknown_words_of_a_question_are_mended() -> None:
    """Names and words that the reports or the lexicon have stay as they are; a plural may become the singular."""
    mending = Mending(["云汀市"], occurs=lambda word: word == "delixi", pronounced=lambda _: ())
    assert mending.mended("Vocatonal studnets of Delixi in Hangzhou, 1+X", []) == (
        "Vocational student of Delixi in Hangzhou, 1+X"
    )
