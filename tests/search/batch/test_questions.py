"""Question files of every kind, read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from index.records import Filters
from search.batch.questions import read_questions
from search.errors import BatchError


def test_a_text_file_has_a_question_a_line(tmp_path: Path) -> None:
    """Blank lines are passed over and rows are numbered from 1."""
    path = tmp_path / "q.txt"
    path.write_text("双师型教师比例？\n\n  which schools?  \n", encoding="utf-8")
    rows = read_questions(path)
    assert [(r.number, r.id, r.question) for r in rows] == [(1, "1", "双师型教师比例？"), (2, "2", "which schools?")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_in_any_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """The question column is found by its Chinese name, filters are read, other columns are carried through."""
    path = tmp_path / "q.csv"
    lines = [
        ["编号", "问题", "年份", "备注"],
        ["a7", "就业率是多少", "2022年", "急用的一条"],
        ["a8", "在校生人数", "", "不急的一条"],
    ]
    path.write_bytes("\n".join(delimiter.join(line) for line in lines).encode(encoding))
    first, second = read_questions(path)
    assert (first.id, first.question, first.filters) == ("a7", "就业率是多少", Filters(years=(2022,)))
    assert first.extra["备注"] == "急用的一条"
    assert second.filters == Filters()


def test_a_spreadsheet_is_read(tmp_path: Path) -> None:
    """Whole numbers of a spreadsheet come out as whole numbers."""
    path = tmp_path / "q.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Question", "ID", "year"])
        sheet.write_row(1, 0, ["毕业生有多少", 3, 2021])
    (row,) = read_questions(path)
    assert (row.id, row.question, row.filters.years) == ("3", "毕业生有多少", (2021,))


def test_json_lines_carry_their_fields_through(tmp_path: Path) -> None:
    """Nested fields survive, a line that is no JSON fails alone and says which line it was."""
    path = tmp_path / "q.jsonl"
    path.write_text(
        json.dumps({"id": "x", "question": "问", "evidence": ["甲", "乙"]}) + "\n{broken\n", encoding="utf-8"
    )
    good, bad = read_questions(path)
    assert good.extra == {"evidence": ["甲", "乙"]}
    assert bad.error is not None
    assert "Line 2" in str(bad.error)


def test_a_bad_year_fails_its_own_row_only(tmp_path: Path) -> None:
    """The row keeps its question and says what is wrong."""
    path = tmp_path / "q.csv"
    path.write_text("question,year\n甲,去年吧\n乙,2022\n", encoding="utf-8")
    bad, good = read_questions(path)
    assert bad.error is not None
    assert "去年吧" in bad.error.message
    assert good.error is None


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.csv", None, "batch-missing"),
        ("q.pdf", b"%PDF", "batch-type"),
        ("empty.txt", b"\n\n", "batch-empty"),
        ("q.csv", "甲,乙\n1,2\n".encode(), "batch-columns"),
    ],
)
def test_a_file_without_questions_is_refused(tmp_path: Path, name: str, content: bytes | None, code: str) -> None:
    """Each refusal has its code and says what to do."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BatchError) as caught:
        read_questions(path)
    assert caught.value.code == code
    assert caught.value.remedy


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1), min_size=1))
def test_json_lines_round_trip(tmp_path_factory: pytest.TempPathFactory, questions: list[str]) -> None:
    """Whatever a question holds, it comes back as it was."""
    path = tmp_path_factory.mktemp("q") / "q.jsonl"
    path.write_text("".join(json.dumps({"question": q}) + "\n" for q in questions), encoding="utf-8")
    assert [row.question for row in read_questions(path)] == questions


@pytest.mark.parametrize(
    ("header", "question"),
    [
        ("问题编号,问题内容,备注", "二"),
        ("No,Question text,Remark", "二"),
        ("query_id,user query,x", "二"),
        ("提问,x,y", "一"),
    ],
)
def test_the_question_column_may_have_a_longer_name(tmp_path: Path, header: str, question: str) -> None:
    """The only column whose name speaks of questions holds them; one that numbers them does not."""
    path = tmp_path / "q.csv"
    path.write_text(f"{header}\n一,二,三\n", encoding="utf-8")
    assert [row.question for row in read_questions(path)] == [question]
