"""Reports of random structure and random numbering are read back as they were made."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.read import read_source
from corpus.records import Block, Report, Source

CN = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()  # noqa: SIM905 — twelve quoted numerals read worse
WORDS = ["招生", "就业", "师资", "经费", "课程", "实训", "德育", "安全", "校园", "培训", "合作", "质量", "文化", "后勤"]
SENTENCES = [
    "全年共组织培训二十场，参加的师生反映内容实在，收获不小。",
    "设备更新后，学生动手的机会比往年多了不少！",
    "各部门按照分工抓好落实；年底前完成了全部任务。",
    "企业师傅每周到校两次，讲授新的工艺。",
]
FAMILIES = {
    "第一部分": lambda n: f"第{CN[n - 1]}部分 ",
    "第一章": lambda n: f"第{CN[n - 1]}章　",
    "一、": lambda n: f"{CN[n - 1]}、",
    "（一）": lambda n: f"（{CN[n - 1]}）",
    "1.": lambda n: f"{n}.",
    "（1）": lambda n: f"({n})",
    "①": lambda n: chr(0x245F + n),
}
FREE = [name for name in FAMILIES if not name.startswith("第")]


@dataclass(frozen=True)
class Node:
    """A heading with its number, its text and what stands under it."""

    number: str
    title: str
    body: tuple[str, ...]
    children: tuple[Node, ...]


@st.composite
def families(draw: st.DrawFn) -> list[str]:
    """Families from the top level down: chapters in words first, then any order; sometimes dotted numbers below."""
    free = draw(st.permutations(FREE))[: draw(st.integers(1, 4))]
    words = draw(st.sampled_from([[], ["第一部分"], ["第一章"], ["第一部分", "第一章"]]))
    if draw(st.booleans()):
        return [*words, draw(st.sampled_from(["1.", "一、"])), "dotted", "dotted"]
    return [*words, *free]


@st.composite
def nodes(draw: st.DrawFn, order: list[str], above: tuple[int, ...] = ()) -> tuple[Node, ...]:
    """One to four headings of the first family, each with text or headings of the next below it."""
    found = []
    for n in range(1, draw(st.integers(1, 4)) + 1):
        dotted = order[0] == "dotted"
        place = (*above, n) if dotted or order[1:2] == ["dotted"] else ()
        number = ".".join(map(str, place)) + " " if dotted else FAMILIES[order[0]](n)
        title = "".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
        children = draw(nodes(order[1:], place)) if len(order) > 1 and draw(st.booleans()) else ()
        body = draw(st.lists(st.sampled_from(SENTENCES), min_size=0 if children else 1, max_size=4))
        found.append(Node(number, title, tuple(body), children))
    return tuple(found)


def lines(tree: tuple[Node, ...]) -> list[str]:
    found = []
    for node in tree:
        found += [node.number + node.title, *node.body, *lines(node.children)]
    return found


def outline(tree: tuple[Node, ...], level: int = 1) -> list[tuple[int, str, str]]:
    found = []
    for node in tree:
        found += [(level, node.number.strip().rstrip("、."), node.title), *outline(node.children, level + 1)]
    return found


def read(text: list[str]) -> Report:
    return read_source(Source("x.txt", "0" * 64, tuple(Block(line, n) for n, line in enumerate(text, 1))))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_the_outline_comes_back(data: st.DataObject) -> None:
    """Whatever families stand at whatever levels, the tree is the one that the report was made from."""
    tree = data.draw(nodes(data.draw(families())))
    gap = data.draw(st.sampled_from([[], [""], ["", ""]]))
    text = [line for written in ["海州市年度报告", *lines(tree)] for line in [written, *gap]]
    report = read(text)
    found = [(s.level, s.number, s.title) for s in report.sections if s.kind not in {"title", "lead"}]
    assert found == outline(tree)
    for section in report.sections[1:]:
        parent = section.parent if section.parent is not None else -1
        assert report.sections[parent].level == (section.level or 0) - 1


LINE = st.one_of(
    st.sampled_from(
        ["", " ", "\t", "\t12", "目录", "表1 经费", "图2 去向", "一、情况", "1.1 规模", "【案例1-1】甲校", "2021年"]
    ),
    st.sampled_from(SENTENCES),
    st.text("一二3.、（）【】案例表图 \t年。，：\u3000甲", max_size=30),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINE, max_size=40), st.booleans())
def test_spans_are_exact(text: list[str], wrapped: bool) -> None:  # noqa: FBT001 — hypothesis passes it
    """For any lines: sections cover the text without gap or overlap, and every span is exactly what it says."""
    blocks = tuple(Block(line, n) for n, line in enumerate(text, 1))
    report = read_source(Source("x.txt", "0" * 64, blocks, wrapped=wrapped))
    assert [s.id for s in report.sections] == list(range(len(report.sections)))
    if report.text:
        assert report.sections[0].start == 0
        assert report.sections[-1].end == len(report.text)
        assert report.places[0].start == 0
    assert all(a.end == b.start for a, b in pairwise(report.sections))
    assert all(s.start <= s.body <= s.end and (s.parent is None or s.parent < s.id) for s in report.sections)
    assert all(a.start <= b.start for a, b in pairwise(report.places))
    for table in report.tables:
        section = report.sections[table.section]
        assert section.start == table.start < table.end <= section.end
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert all(report.slice(cell) == cell.text and "\t" not in cell.text for row in table.rows for cell in row)
    for passage in report.passages:
        section = report.sections[passage.section]
        assert section.start <= passage.start < passage.end <= section.end
        assert report.slice(passage) == report.slice(passage).strip()
    assert all(a.end <= b.start for a, b in pairwise(report.passages))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*SENTENCES, "一、情况", "（一）规模", "1.招生", ""]), max_size=30))
def test_nothing_is_lost(text: list[str]) -> None:
    """Every line of a report without residue stands in its canonical text, in order."""
    assert read(["海州市年度报告", *text]).text.split() == ["海州市年度报告", *[line for line in text if line]]
