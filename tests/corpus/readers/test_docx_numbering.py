"""Word's automatic numbers, by hand and against LibreOffice's own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.docx_formats import format_number
from corpus.records import Source

ReadOne = Callable[[bytes, str], Source]
MakeDocx = Callable[..., bytes]


def level(at: int, style: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(name: str, *levels: str) -> str:
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{name}">{kind}{"".join(levels)}</w:abstractNum>'


def num(name: str, of: str, inner: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{inner}</w:num>'


def item(text: str, num_id: str, at: int = 0) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num_id}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


CHAPTERS = abstract(
    "0",
    level(0, "chineseCountingThousand", "第%1章"),
    level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    level(2, "decimalEnclosedCircle", "%3"),
)


def numbers(source: Source) -> list[str]:
    return [block.number for block in source.blocks]


def test_levels_count_and_restart(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """A lower level restarts under each new higher one; isLgl turns 二 into 2."""
    body = (
        item("总则", "1")
        + item("甲", "1", 1)
        + item("乙", "1", 1)
        + item("丙", "1", 2)
        + item("附则", "1")
        + item("丁", "1", 1)
    )
    source = read_one(make_docx(body, numbering=CHAPTERS + num("1", "0")), "a.docx")
    assert numbers(source) == ["第一章", "1.1", "1.2", "①", "第二章", "2.1"]
    assert [block.text for block in source.blocks][:3] == ["第一章 总则", "1.1 甲", "1.2 乙"]


def test_lists_of_one_kind_share_their_counter_unless_overridden(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """Two `num` of one abstract list count on; startOverride begins anew at its first use only."""
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = (
        abstract("0", level(0, "chineseCounting", "%1、")) + num("1", "0") + num("2", "0") + num("3", "0", override)
    )
    body = "".join(item("甲", name) for name in ("1", "1", "2", "3", "3", "1"))
    source = read_one(make_docx(body, numbering=numbering), "a.docx")
    assert numbers(source) == ["一、", "二、", "三、", "一、", "二、", "三、"]


def test_restart_rules(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """A level with lvlRestart 0 counts on under the next higher one."""
    never = abstract("0", level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>'))
    body = "".join([item("甲", "1"), item("乙", "1", 1), item("丙", "1"), item("丁", "1", 1)])
    assert numbers(read_one(make_docx(body, numbering=never + num("1", "0")), "a.docx")) == ["1.", "(1)", "2.", "(2)"]


def test_numbers_come_through_styles_and_style_links(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """A heading style carries its list, the level is the one tied to the style; numId 0 takes the number away."""
    numbering = (
        abstract(
            "0",
            level(0, "decimal", "%1", '<w:pStyle w:val="h1"/>'),
            level(1, "decimal", "%1.%2", '<w:pStyle w:val="h2"/>'),
        )
        + '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="list"/></w:abstractNum>'
        + num("1", "0")
        + num("6", "5")
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="h{n}"><w:name w:val="heading {n}"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2)
    ) + (
        '<w:style w:type="numbering" w:styleId="list"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )

    def heading(style: str, text: str, extra: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    body = (
        heading("h1", "甲")
        + heading("h2", "乙")
        + heading("h2", "丙")
        + heading("h1", "无号", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + item("链接", "6", 1)
    )
    source = read_one(make_docx(body, numbering=numbering, styles=styles), "a.docx")
    assert [(b.number, b.text, b.depth) for b in source.blocks] == [
        ("1", "1 甲", 1),
        ("1.1", "1.1 乙", 2),
        ("1.2", "1.2 丙", 2),
        ("", "无号", 1),
        ("1.3", "1.3 链接", None),
    ]


def test_bullets_give_no_number_and_empty_items_count(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """A bullet isn't a number; an empty numbered paragraph is not shown, but Word counts it."""
    numbering = (
        abstract("0", level(0, "bullet", "\uf06c"))
        + abstract("2", level(0, "decimal", "%1."))
        + num("1", "0")
        + num("3", "2")
    )
    body = item("圆点", "1") + item("甲", "3") + item("", "3") + item("乙", "3")
    source = read_one(make_docx(body, numbering=numbering), "a.docx")
    assert [block.text for block in source.blocks] == ["圆点", "1. 甲", "3. 乙"]


def test_numbers_stand_in_cells_too(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """Rows numbered by Word have their numbers in the grid."""
    numbering = abstract("0", level(0, "decimal", "%1")) + num("1", "0")
    rows = "".join(f"<w:tr><w:tc>{item('', '1')}</w:tc><w:tc>{item(name, '1')}</w:tc></w:tr>" for name in "甲乙")
    grid = read_one(make_docx(f"<w:tbl>{rows}</w:tbl>", numbering=numbering), "a.docx").blocks[0].grid
    assert grid is not None
    assert [cell.text for cell in grid.cells] == ["1", "2 甲", "3", "4 乙"]


@pytest.mark.parametrize(
    ("style", "value", "shown"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1005, "一千零五"),
        ("ideographDigital", 10, "一○"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 12, "亥"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerLetter", 28, "bb"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("none", 3, ""),
        ("somethingNew", 3, "3"),
    ],
)
def test_formats(style: str, value: int, shown: str) -> None:
    """Numbers are written as the standard's examples have them."""
    assert format_number(value, style) == shown


@settings(deadline=None)
@given(st.integers(1, 9999))
def test_spelled_numbers_can_be_read_back(value: int) -> None:
    """cn2an, an independent implementation, reads the value back."""
    import cn2an  # type: ignore[import-untyped]  # it has no types

    assert cn2an.cn2an(format_number(value, "chineseCountingThousand"), "smart") == value


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_numbers_agree_with_libreoffice(make_docx: MakeDocx, read_one: ReadOne, tmp_path: Path) -> None:
    """LibreOffice writes the same numbers into its own text export."""
    styles = ["decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "chineseCountingThousand"]
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'
    numbering = "".join(
        abstract(str(n), level(0, style, "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "(%3)", start=3))
        for n, style in enumerate(styles)
    )
    numbering += "".join(num(str(n + 1), str(n)) for n in range(len(styles))) + num("90", "0", override)
    plan = [0, 1, 1, 2, 2, 0, 1, 2, 0, 0, 2]
    body = "".join(item("文", str(n + 1), at) for n in range(len(styles)) for at in plan)
    body += "".join(item("文", "90", at) for at in plan)
    data = make_docx(body, numbering=numbering)
    (tmp_path / "n.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "n.docx")], check=True, capture_output=True, timeout=120)
    theirs = (tmp_path / "n.txt").read_text("utf-8-sig").split()
    ours = " ".join(block.text for block in read_one(data, "a.docx").blocks).split()
    assert ours == theirs
