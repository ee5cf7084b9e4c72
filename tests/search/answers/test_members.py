"""Members of lists come without what leads to them and counts them."""

from __future__ import annotations

import pytest

from search.answers.grounds import Grounds
from search.answers.inquiry import Reply
from search.answers.members import plain
from search.answers.naming import in_language
from search.answers.pieces import Piece, piece
from search.records import Citation, Item


def _pieces(texts: list[str]) -> list[Piece]:
    return [piece(text, 10 * at) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "freed"),
    [
        (["开设竹艺", "园林技术", "电子商务"], ["竹艺", "园林技术", "电子商务"]),
        (["厨房设明档", "面点", "冷拼"], ["明档", "面点", "冷拼"]),
        (["在汽修", "数控", "护理"], ["汽修", "数控", "护理"]),
        (["我市的甲学校", "乙学校"], ["甲学校", "乙学校"]),
        (["东港船舶", "澜谷茶业 2 个产业学院"], ["东港船舶", "澜谷茶业"]),
        (["甲学校3个", "乙学校2个", "丙学院1个"], ["甲学校", "乙学校", "丙学院"]),
        (["会计", "电子商务", "会计"], ["会计", "电子商务"]),
    ],
)
def test_lead_and_count_are_left_out(texts: list[str], freed: list[str]) -> None:
    """A verb, a preposition or "our city's" before the first member goes, and figures behind the last or each."""
    assert [item.text for item in plain(_pieces(texts))] == freed


@pytest.mark.parametrize("texts", [["推进教师培训", "推进课程改革"], ["建设平台", "完善制度"], ["在线课程", "教材"]])
def test_verbs_of_every_member_stay(texts: list[str]) -> None:
    """Where all members begin with verbs these belong to them, and 在线 is no preposition."""
    assert [item.text for item in plain(_pieces(texts))] == texts


def test_what_is_left_stands_where_it_stood() -> None:
    """A freed member knows its place in the canonical text."""
    first = plain(_pieces(["开设竹艺", "园林技术"]))[0]
    assert (first.start, first.end) == (2, 4)


def test_english_answers_name_terms_in_english() -> None:
    """The glossary's English stands before the report's word, quotes and other items stay as they are."""
    quote = Citation("p", "r", 0, 2, "护理")
    reply = Reply(
        kind="list",
        text="护理、竹筏制作",
        citations=(quote,),
        grounds=Grounds(1.0, 1.0, 0.0, 0.0),
        items=(Item("护理", "护理", (quote,)), Item("竹筏制作", "竹筏制作", (quote,))),
    )
    assert [item.name for item in in_language(reply, "en").items] == ["nursing (护理)", "竹筏制作"]
    assert in_language(reply, "en").citations == (quote,)
    assert in_language(reply, "zh") is reply
