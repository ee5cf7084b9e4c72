"""Sentences cut by pages and hard wraps are joined; headings, lists and tables are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.flow import Paragraph
from corpus.paragraphs import paragraphs
from corpus.records import Block

LONG = "全市中等职业学校认真落实立德树人根本任务，组织开展了形式多样的主题教育活动，参与学生达到"


def joined(text: str, *, wrapped: bool = False) -> list[str]:
    blocks = [Block(line, n) for n, line in enumerate(text.split("\n"), 1)]
    return [item.text for item in paragraphs(blocks, wrapped=wrapped) if isinstance(item, Paragraph)]


@pytest.mark.parametrize("wrapped", [False, True])
def test_items_of_a_digest_and_references(*, wrapped: bool) -> None:
    """Items with a sign, and references by their numbers, each begin a paragraph; a short title is no rest of one."""
    items = [f"▶{LONG}", "", "▶海州二中召开运动会欢迎各界来宾", "", "海州三中召开运动会欢迎各界来宾"]
    assert joined("\n".join(items)) == [item for item in items if item]
    references = ["参考文献", *(f"[{n}] 某某，某某，论技工教育的历史与展望，海州出版社" for n in (1, 2, 3))]
    assert joined("\n".join(references), wrapped=wrapped) == references


def test_a_citation_begins_no_paragraph() -> None:
    """A number in brackets at the start of a wrapped line, none of a list, stays in its sentence."""
    first = "全市学校认真落实任务，组织开展了形式多样的活动，"
    assert joined(f"{first}\n[7]这一做法受到欢迎，参加的人越来越多，效果很好。", wrapped=True) == [
        f"{first}[7]这一做法受到欢迎，参加的人越来越多，效果很好。"
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [(LONG, "三千余人次，取得了良好效果。"), ("学校坚持走产教融合之路，先后与企业签约，", "建立了基地。")],
)
def test_a_page_s_end_inside_a_sentence(first: str, second: str) -> None:
    """Two parts with an empty line between are one paragraph, with the place of each part."""
    (item,) = paragraphs([Block(first, 1, 1), Block("", 2, 1), Block(second, 3, 2)])
    assert isinstance(item, Paragraph)
    assert item.text == first + second
    assert [(o.offset, o.line, o.page) for o in item.origins] == [(0, 1, 1), (len(first), 3, 2)]


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}三千人。\n\n各校还组织了比赛。",
        "组建企业新人共同体，\n\n1.1 协同育人",
        "海州市教育局\n\n2021年12月10日",
        f"{LONG}\n\n二、成效",
        f"{LONG}\n\n表1 情况",
        "1.1 优质资源不足，制约职业教育发展\n学校占地面积还不够。",
    ],
)
def test_what_is_not_joined(text: str) -> None:
    """Ended sentences, headings, captions, names and dates stand by themselves."""
    assert joined(text) == [line for line in text.split("\n") if line]


def test_a_passage_wrapped_by_hand() -> None:
    """Some lines of one width in a file of long lines are one paragraph."""
    text = (
        "（1）学校开设指导课，定期邀请企业的专家和优秀\n毕业生来校开设讲座，积极开展学生的职业生涯的规划\n"
        "教育，鼓励学生参加社会实践，以进一步了解企业。"
    )
    assert joined(f"{LONG}三千人。\n{text}\n（2）其他。") == [f"{LONG}三千人。", text.replace("\n", ""), "（2）其他。"]


@settings(max_examples=100, deadline=None)
@given(st.integers(20, 40), st.integers(1, 5), st.booleans())
def test_wrapped_files_come_back(width: int, count: int, wrapped: bool) -> None:  # noqa: FBT001 — hypothesis passes it
    """Paragraphs cut at any width, first lines indented, are whole again."""
    text = "学校组织了形式多样的活动" * 9 + "。"
    lines = [line for _ in range(count) for line in _cut("\u3000\u3000" + text, width)]
    assert joined("\n".join(lines), wrapped=wrapped) == [text] * count


def _cut(text: str, width: int) -> list[str]:
    return [text[n : n + width] for n in range(0, len(text), width)]


def test_words_cut_between_lines_are_no_numbers() -> None:
    """A line that begins with the second half of 不一 is no heading."""
    text = f"{LONG}增速不\n一、行业集中度不高的特点。"
    assert joined(text, wrapped=True) == [text.replace("\n", "")]


def test_latin_words_stay_apart() -> None:
    """A blank goes between words of Latin letters, none between characters."""
    text = "学校与德国企业签订了合作协议，引进了德国的课程标准和评价标准以及设备，并且使用 Big\nData 平台。"
    assert joined(text, wrapped=True) == [text.replace("\n", " ")]
