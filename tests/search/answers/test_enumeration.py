"""Enumerations cut into their items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answers.enumeration import counted, enumerations, ordinals
from search.answers.pieces import piece

CASES = [
    ("学校开设园林技术、茶叶加工、陶瓷工艺和物流服务等4个专业", ["园林技术", "茶叶加工", "陶瓷工艺", "物流服务"]),
    ("深入开展“明礼、守信、勤学、笃行”主题活动", ["明礼", "守信", "勤学", "笃行"]),
    ("云县整合云县技术学校和云县第二职业学校成立职教中心", ["云县技术学校", "云县第二职业学校"]),
    ("先后印发《校企合作办法》《学徒管理规定》", ["《校企合作办法》", "《学徒管理规定》"]),
    ("引进青禾机电、远山物流、云帆软件等企业", ["青禾机电", "远山物流", "云帆软件"]),
]


@pytest.mark.parametrize(("text", "items"), CASES)
def test_items_lose_lead_in_and_tail(text: str, items: list[str]) -> None:
    """The likeliest reading of a clause has exactly its items, without what leads up to them or follows them."""
    best = min(enumerations(piece(text, 0)), key=lambda row: row.cost)
    assert [item.text for item in best.items] == items


def test_name_with_and_inside_gives_both_readings() -> None:
    """Where "and" may join items or stand inside a name, there is a reading for either number of items."""
    rows = list(enumerations(piece("大赛由云州市教育局、云州市农业和农村局联合主办", 0)))
    assert sorted(len(row.items) for row in rows) == [2, 3]


def test_ordinals_give_the_heads() -> None:
    """一是…二是… lists what follows up to the next mark."""
    [row] = ordinals(piece("一是建立机制，明确职责。二是搭建平台；三是强化督导。", 0))
    assert [item.text for item in row.items] == ["建立机制", "搭建平台", "强化督导"]


@given(st.text(alphabet="学校专业有和、，。“”《》等与的一二是", max_size=60), st.integers(0, 500))
def test_items_are_slices(text: str, start: int) -> None:
    """Whatever the text, every item is the text at its own place."""
    for row in enumerations(piece(text, start)):
        for item in row.items:
            assert text[item.start - start : item.end - start] == item.text


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        (
            "主要困难有：\n1.设备陈旧，更新慢。\n2.师资不足。\n3.生源外流，留不住人。",
            ["设备陈旧", "师资不足", "生源外流"],
        ),
        ("（1）用工有旺季淡季，招生难。\n（2）船的维护费用高。", ["用工有旺季淡季", "船的维护费用高"]),
        ("改为两张清单：一张课堂清单，看课；一张企业清单，看厂。", ["课堂清单", "企业清单"]),
    ],
)
def test_numbered_lines_give_their_heads(text: str, heads: list[str]) -> None:
    """Numbers at the beginning of lines, and 一张…；一张…, number members; each is cut at its first mark."""
    [row] = ordinals(piece(text, 0))
    assert [item.text for item in row.items] == heads


def test_things_counted_in_a_row_are_members() -> None:
    """企业职工 and the others, each with its figure and unit, are three things; what is left over is none."""
    row = counted(piece("全年培训5千人次，其中企业职工1200人次，农村劳动者980人次，老年人430人次，其他20人次。", 0))
    assert row is not None
    assert [item.text for item in row.items] == ["企业职工", "农村劳动者", "老年人"]
