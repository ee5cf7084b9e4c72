"""Plain text: every line is kept, in every encoding that Chinese files come in."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers import read_sources
from corpus.records import Block, Problem, Source

ReadOne = Callable[[bytes, str], Source]

SIMPLIFIED = (
    "南湾市职业教育质量年度报告\n\n一、学生发展\n"
    "\t2023年，全市共有中等职业学校12所，在校生2.4万人。\n\t\n　　（一）党建引领\n"
)
TRADITIONAL = (
    "南灣市職業教育質量年度報告\n\n一、學生發展\n"
    "\t2023年，全市共有中等職業學校12所，在校生2.4萬人。\n\n　　（一）黨建引領\n"
)

CODECS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("codec", CODECS)
def test_simplified_text_comes_back_from_every_encoding(read_one: ReadOne, codec: str) -> None:
    """Every line of a simplified report is a block with the line's own text, whatever the encoding."""
    source = read_one(SIMPLIFIED.encode(codec), "a.txt")
    assert [block.text for block in source.blocks] == SIMPLIFIED.removesuffix("\n").split("\n")
    assert [block.line for block in source.blocks] == [1, 2, 3, 4, 5, 6]
    assert source.problems == ()


@pytest.mark.parametrize("codec", ["big5", "big5hkscs", "utf-16", "utf-8", "gb18030"])
def test_traditional_text_comes_back_from_every_encoding(read_one: ReadOne, codec: str) -> None:
    """Big5 is told from GB18030 and the traditional characters are kept."""
    source = read_one(TRADITIONAL.encode(codec), "a.txt")
    assert "\n".join(block.text for block in source.blocks) + "\n" == TRADITIONAL


WORDS = st.sampled_from(
    [
        "学校",
        "专业建设",
        "教师队伍",
        "实训基地",
        "产教融合",
        "毕业生",
        "就业率98.5%",
        "（一）",
        "第三章",
        "2023年",
        "，",
        "。",
        "人",
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(st.lists(WORDS, min_size=4, max_size=20).map("".join), min_size=3, max_size=12),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_round_trip(lines: list[str], codec: str, end: str) -> None:
    """Generated reports come back line by line from each encoding and line end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_bytes(end.join(lines).encode(codec))
        (source,) = read_sources(path)
    assert isinstance(source, Source)
    assert [block.text for block in source.blocks] == lines


def test_other_separators_do_not_split_lines(read_one: ReadOne) -> None:
    """Only line feed and carriage return end a line: form feeds, U+2028 and U+0085 stay inside."""
    source = read_one("学校\u2028教师\x0c学生\x85专业\n第二行".encode(), "a.txt")
    assert [block.text for block in source.blocks] == ["学校\u2028教师\x0c学生\x85专业", "第二行"]


def test_short_texts_are_decoded(read_one: ReadOne) -> None:
    """A single title of a few characters is enough to tell GB18030."""
    assert read_one("南湾市职业教育年报".encode("gb18030"), "a.txt").blocks == (Block("南湾市职业教育年报", 1),)


def test_a_text_cut_inside_a_character_is_read_with_a_problem(read_one: ReadOne) -> None:
    """A file cut off in the middle of a character loses that character only, and says so."""
    source = read_one(("学校建设成效显著。" * 50).encode()[:-1], "a.txt")
    assert source.blocks[0].text.startswith("学校建设成效显著。" * 49)
    assert [problem.code for problem in source.problems] == ["encoding"]


def test_a_text_with_bad_bytes_here_and_there_is_read(read_one: ReadOne) -> None:
    """Bytes that fit no character at one place in fifty are replaced, and the encoding is still recognised."""
    for codec in ("utf-8", "gb18030"):
        data = b"\xff".join(
            [
                "专业建设成效显著，教师队伍不断壮大，学生就业率稳步提高，社会服务能力增强，区域经济得到支撑。".encode(
                    codec
                )
            ]
            * 9
        )
        source = read_one(data, "a.txt")
        assert source.blocks[0].text.count("专业建设成效显著") >= 8
        assert [problem.code for problem in source.problems] == ["encoding"]


def test_unreadable_characters_are_dropped_and_counted(read_one: ReadOne) -> None:
    """NUL and private-use characters go, the rest stays, and the problem gives their number and the file."""
    source = read_one("学\x00校\ue123建\x07设\U000f0000".encode(), "a.txt")
    assert source.blocks[0].text == "学校建设"
    assert source.problems == (
        Problem("odd-characters", "4 unreadable characters (NUL, control or private use) were left out.", "a.txt"),
    )


def test_markdown_headings_state_their_level(read_one: ReadOne) -> None:
    """`##` lines of a .md file are headings of level 2; inside a code fence and in .txt they are text."""
    text = "# 年报\n## 一、概况 ##\n正文#1\n```\n# 注释\n```\n"
    found = [(block.text, block.depth) for block in read_one(text.encode(), "a.md").blocks]
    assert found[:3] == [("年报", 1), ("一、概况", 2), ("正文#1", None)]
    assert ("# 注释", None) in found
    assert read_one(text.encode(), "a.txt").blocks[0] == Block("# 年报", 1)


def test_the_digest_is_that_of_the_file(read_one: ReadOne) -> None:
    """The digest is SHA-256 of the bytes on disk."""
    import hashlib

    data = SIMPLIFIED.encode("gb18030")
    assert read_one(data, "a.txt").digest == hashlib.sha256(data).hexdigest()


def test_english_text_is_read(read_one: ReadOne) -> None:
    """ASCII needs no guess."""
    assert read_one(b"Annual report\nof a college", "a.txt").blocks[1].text == "of a college"
