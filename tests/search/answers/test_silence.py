"""An honest "the reports don't say" names what is missing and where the nearest passage stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.records import Index
from search.answers import answer
from search.answers.compose import best_reply
from search.answers.inquiry import inquire
from search.answers.silence import silence
from search.answers.unknown import unknown_words
from search.records import Hit, Query

Asking = Callable[..., tuple[Query, list[Hit]]]


def test_the_year_is_what_is_missing(shelf: Index, asking: Asking) -> None:
    """Where the reports speak of another year only, that year is named, not its number given."""
    query, hits = asking(shelf, "云台职校2018年有多少学生？", "2018年 云台 在校生", "number")
    found = answer(query, hits, shelf)
    assert not found.answered
    assert found.text.startswith("报告中没有提到2018年。")


def test_a_year_that_is_spoken_of_is_not_called_missing(shelf: Index, asking: Asking) -> None:
    """Where the reports speak of the year and only the best figure is of another, it is the figure that is missing."""
    inquiry = inquire(*asking(shelf, "云台职校2020年有多少学生？", "2020年 云台 在校生", "number"), shelf)
    best = best_reply(inquiry)
    assert best is not None
    elsewhen = replace(best, grounds=best.grounds._replace(dated=0.0))
    assert silence(inquiry, elsewhen).startswith("报告中没有2020年的数字。")


def test_a_year_only_compared_with_is_not_that_of_the_next_sentence(shelf: Index, asking: Asking) -> None:
    """After "more than in 2020" the number of teachers is not that of 2020."""
    query, hits = asking(shelf, "云台职校2020年有多少专任教师？", "2020年 云台 专任教师", "number")
    assert not answer(query, hits, shelf).answered
    query, hits = asking(shelf, "云台职校2020年有多少学生？", "2020年 云台 在校生", "number")
    assert "2250" in answer(query, hits, shelf).text


def test_the_word_is_what_is_missing_and_the_nearest_passage_is_named(shelf: Index, asking: Asking) -> None:
    """Of a school that is known the thing is named that nothing says, with the report and heading to look at."""
    query, hits = asking(
        shelf, "云台职校的游泳馆有多大？", "云台 游泳馆 占地面积", "number", ("青溪市云台职业技术学校",)
    )
    found = answer(query, hits, shelf)
    assert not found.answered
    assert found.text == "报告中没有提到“游泳馆”。最接近的段落：《青溪市云台职业技术学校.txt》“学校概况”。"


def test_english_words_that_were_not_understood_are_unknown() -> None:
    """A word that neither a concept nor a reading stands for is unknown; names and little words are not."""
    query = Query("What was the dropout share at Qingxi within several years?", "en", "number", "", {"share": 1.0})
    assert unknown_words(query) == ("dropout", "share")
    assert unknown_words(Query("How did they fare across the country itself?", "en", "text", "", {})) == ("country",)
    assert unknown_words(Query("云台职校的辍学率是多少？", "zh", "number", "", {})) == ()
