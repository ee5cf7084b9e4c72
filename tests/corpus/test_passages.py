"""Passages are whole sentences or whole rows of one section, of a length that can be searched and shown."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.passages import LIMIT, LONGEST
from corpus.read import read_source
from corpus.records import Block, Report, Source

ENDS = "。！？；"


def read(*lines: str) -> Report:
    return read_source(Source("x.txt", "0" * 64, tuple(Block(line, n) for n, line in enumerate(lines, 1))))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.integers(5, 200), min_size=1, max_size=12), min_size=1, max_size=12))
def test_whole_sentences_evenly_packed(paragraphs: list[list[int]]) -> None:
    """No passage is over the limit or cuts a sentence, a long section gives none that is tiny, nothing is left out."""
    lines = ["".join("学" * (length - 1) + "。" for length in lengths) for lengths in paragraphs]
    report = read("海州市年度报告", "一、情况", *lines)
    passages = [report.slice(passage) for passage in report.passages]
    assert "".join("".join(text.split()) for text in passages).endswith("".join(lines))
    assert all(len(text) <= LIMIT + len("一、情况\n") for text in passages)
    assert all(text[-1] in ENDS for text in passages if "情况" in text or "学" in text)
    own = [len(text) for text in passages if "。" in text]
    if sum(map(len, lines)) > LIMIT:
        assert sum(own) / len(own) > LIMIT / 3


def test_a_sentence_without_end_is_cut_at_a_comma() -> None:
    """Only a sentence longer than any passage should be is cut, behind a comma."""
    report = read("海州市年度报告", "一、情况", "学校组织活动，" * 400)
    texts = [report.slice(passage) for passage in report.passages if passage.section]
    assert all(len(text) <= LIMIT + len("一、情况\n") and text.endswith("，") for text in texts)
    report = read("海州市年度报告", "一、情况", "学" * (LONGEST - 10) + "。")
    assert report.slice(report.passages[-1]) == "一、情况\n" + "学" * (LONGEST - 10) + "。"


def test_rows_stay_whole() -> None:
    """A long table gives several passages of whole rows: the caption is in the first, the source in the last."""
    rows = [f"第{n}所学校\t{n * 31}\t{n * 17}" for n in range(1, 90)]
    report = read(
        "海州市年度报告", "一、情况", "表1 规模", "学校\t人数\t面积", *rows, "数据来源：年鉴", "以上是全部学校。"
    )
    (table,) = report.tables
    passages = [passage for passage in report.passages if passage.table == table.id]
    text = "\n".join(report.slice(passage) for passage in passages)
    assert len(passages) > 3
    assert {passage.kind for passage in passages} == {"table"}
    assert text.split("\n") == ["表1 规模", "学校\t人数\t面积", *rows, "数据来源：年鉴"]


def test_a_heading_alone_is_no_passage_but_a_case_is() -> None:
    """A heading over others has no passage of its own; a case has, with its title, apart from its section."""
    report = read(
        "海州市年度报告",
        "一、情况",
        "（一）规模",
        "学校二十所。",
        "【案例1】甲校的做法",
        "甲校建了基地。",
        "二、成效",
        "成效好。",
    )
    found = [(passage.kind, report.slice(passage)) for passage in report.passages]
    assert found == [
        ("text", "（一）规模\n学校二十所。"),
        ("case", "【案例1】甲校的做法\n甲校建了基地。"),
        ("text", "二、成效\n成效好。"),
    ]
