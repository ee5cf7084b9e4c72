"""What word processors, printers and web pages leave behind goes; everything else stays."""

import pytest

from corpus.clean import clean
from corpus.contents import without_contents
from corpus.furniture import without_furniture
from corpus.records import Block
from corpus.residue import without_residue


def blocks(text: str) -> list[Block]:
    return [Block(line, n) for n, line in enumerate(text.split("\n"), 1)]


def left(kept: list[Block]) -> list[str]:
    return [block.text for block in kept if block.text.strip()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[bookmark: _Toc123][bookmark: _Toc9_WPSOffice_Level2]1.1 规模", "1.1 规模"),
        ("正文_Toc4567继续_GoBack", "正文继续"),
        ('HYPERLINK \\l "_Toc100" 一、概况 PAGEREF _Toc100 \\h 3', "一、概况 3"),
        ('见{ HYPERLINK "http://a.cn/b" }网站', "见网站"),
        ("表 SEQ 表 \\* ARABIC 1 经费", "表 1 经费"),
        ("\ue004甲\x00校\u200b\ufeff", "甲校"),
        ("甲\xa0校\u2003乙", "甲 校 乙"),
        ("\t12", "\t12"),
        ("[说明] _下划线 SEQUENCE", "[说明] _下划线 SEQUENCE"),
    ],
)
def test_residue(text: str, expected: str) -> None:
    """Bookmarks, field codes and invisible characters go, what a field displays and what tabs say stays."""
    assert without_residue(text).strip(" ") == expected


@pytest.mark.parametrize(
    "contents",
    [
        "目录\n一、概况........1\n（一）规模……………2\n二、成效\t3",
        "目  录\n\n\t1\n\t2\n措施\n\t3\n\n\t5",
        "目录\n一、概况\n二、成效",
        "一、概况..........1\n1.1 规模..........2\n二、成效..........IV",
    ],
)
def test_tables_of_contents(contents: str) -> None:
    """Contents with page numbers, without titles, without page numbers and without a heading of their own."""
    body = ["一、概况", "全市有学校十二所。", "二、成效", "成效明显。"]
    assert left(without_contents(blocks("年度报告\n" + contents + "\n\n" + "\n".join(body)))) == ["年度报告", *body]


def test_lists_and_tables_are_no_contents() -> None:
    """A line that ends in figures, a flattened table and a word "目录" inside the text stay."""
    text = "专业目录\n共有专业 12\n表1 名单\n\t甲校\n\t12\n\n\t乙校\n\t13\n课程目录\n全部修订。"
    assert left(without_contents(blocks(text))) == [line for line in text.split("\n") if line]


def test_web_pages() -> None:
    """Buttons, the trail through the site and the links at the end go; source and time stay."""
    text = (
        "下载\n打印\n全屏\n【字号：\n加大\n】\n首页\n>\n政务公开\n>\n年度报告\n2021年工作报告\n来源：海州日报\n"
        "时间：2021-02-01\n一、概况\n全市有学校十二所。\n相关报道：\n某校举行运动会\n某县召开座谈会"
    )
    assert left(without_furniture(blocks(text))) == [
        *("2021年工作报告", "来源：海州日报", "时间：2021-02-01", "一、概况", "全市有学校十二所。"),
    ]


def test_pages() -> None:
    """Page numbers, in any of their forms, and running heads beside them go; figures in the text stay."""
    text = "年度报告\n第一段。\n- 1 -\n年度报告\n第二段。\n第 2 页 共 9 页\n年度报告\n第三段\n12\n— 3 —\n第四段。"
    assert left(without_furniture(blocks(text))) == ["年度报告", "第一段。", "第二段。", "第三段", "12", "第四段。"]


def test_bare_page_numbers_must_count() -> None:
    """Lines that are numbers go where they count up through the file, and stay where they don't."""
    assert left(without_furniture(blocks("甲。\n1\n乙。\n2\n丙。\n3\n丁。"))) == ["甲。", "乙。", "丙。", "丁。"]
    assert left(without_furniture(blocks("甲。\n1\n乙。\n7\n丙。\n3\n丁。"))) == [
        "甲。",
        "1",
        "乙。",
        "7",
        "丙。",
        "3",
        "丁。",
    ]


def test_words_of_buttons_in_tables_stay() -> None:
    """Cells are no buttons, whatever they say."""
    text = "\t规模\n\t大\n\t中\n\t小\n\n\t学校\n\t1\n\t2\n\t3"
    assert len(left(clean(blocks(text)))) == 8
