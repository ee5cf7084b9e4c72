"""Small documents of our own and how they are read, from the bytes to the passages.

`WENBAO_REGENERATE=1 pytest tests/corpus/readers/test_golden.py` writes the documents and the outcomes anew; look at the
difference before you commit it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.inspect import as_json
from corpus.read import read_path

GOLDEN = Path(__file__).parents[1] / "golden"
NAMES = ("numbered.docx", "running_heads.pdf", "word_page.html")
REGENERATE = bool(os.environ.get("WENBAO_REGENERATE"))

MakeDocx = Callable[..., bytes]
MakePdf = Callable[..., bytes]
Draw = Callable[..., str]

LEVELS = "".join(
    f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{"<w:isLgl/>" * (at == 3)}'
    f'<w:lvlText w:val="{text}"/></w:lvl>'
    for at, (kind, text) in enumerate(
        [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "【案例%1-%4】")]
    )
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{at}"><w:name w:val="heading {at}"/>'
        f'<w:pPr><w:outlineLvl w:val="{at - 1}"/></w:pPr></w:style>'
        for at in (1, 2)
    )
)
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}'
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)


def p(text: str, *, style: str = "", level: int | None = None, more: str = "") -> str:
    """A paragraph; `level` numbers it, `more` are runs behind its text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{named}{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r>{more}</w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def numbered(make_docx: MakeDocx) -> bytes:
    """Automatic numbers, a table with cells merged both ways, a text box, a footnote, a case, deleted text."""
    first, rest, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    table = "<w:tbl>" + "".join(
        [
            tr(tc("学校", first), tc("在校生", wide), tc("备注", first)),
            tr(tc("", rest), tc("2021年"), tc("2022年"), tc("", rest)),
            tr(tc("云汀市第一职业学校"), tc("2300"), tc("2410"), tc("含分校", first)),
            tr(tc("云汀市第二职业学校"), tc("1875"), tc("1930"), tc("", rest)),
        ]
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    box = BOX.format(p("数字2022：实训基地46个，企业合作298家。"))
    deleted = "<w:del><w:r><w:delText>删去的字</w:delText></w:r></w:del>"
    body = [
        p("云汀市职业教育质量年度报告（2022年）", style="t"),
        p("基本情况", style="1", level=0),
        p("学校规模", style="2", level=1),
        p("全市有中等职业学校12所，在校生2.4万人，比上年增长4.8%", more=note),
        p("表1 部分学校规模"),
        table + "</w:tbl>",
        p("数据来源：全市职业学校统计报表"),
        p("师资队伍", style="2", level=1, more=deleted),
        p("专任教师1630人，其中双师型教师占72.5%，生师比为14.7:1。", more=box),
        p("人才培养", style="1", level=0),
        p("课程改革", style="2", level=1),
        p("修订人才培养方案38份；", level=2),
        p("立项市级精品课程25门；", level=2),
        p("出版校企合编教材9种。", level=2),
        p("栖鹭区的产业学院", level=3),
        p("栖鹭区依托港口物流企业建立产业学院，三年培养订单学生640人，学生留在本地就业的超过八成。"),
        p("云汀市教育局"),
        p("2023年3月10日"),
    ]
    footnotes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2">{p("在校生数含技工学校学生，统计截至2022年12月31日。")}</w:footnote>'
    )
    return make_docx("".join(body), numbering=NUMBERING, styles=STYLES, footnotes=footnotes)


def running_heads(make_pdf: MakePdf, show: Draw, ruled: Draw) -> bytes:
    """Three pages with head and number on each; wrapped paragraphs, one over a page's end, a table over the next."""

    def page(number: int, drawn: str) -> str:
        return show(200, 770, "朔岩市职业教育年报", 9) + drawn + show(285, 30, f"— {number} —", 9)

    def lines(top: float, *texts: str) -> str:
        return "".join(
            show(72 + 24 * text.startswith("　　"), top - 20 * at, text.strip()) for at, text in enumerate(texts)
        )

    header = ["指标", "2021年", "2022年"]
    first = show(150, 720, "朔岩市2022年职业教育质量报告", 20) + lines(
        660,
        "一、办学条件",
        "　　全市职业学校占地面积一百二十六万平方米，建筑面积八十一万平",
        "方米，生均教学仪器设备值一万二千元，比上年增长百分之七，图书馆",
        "藏书一百九十万册。",
        "（一）经费投入",
        "　　全年职业教育财政性经费四亿三千万元，其中市本级二亿一千万元，",
    )
    second = lines(740, "县区二亿二千万元，生均公用经费标准提高到每年三千二百元。", "二、办学成效")
    second += ruled(72, 170, [header, ["毕业生数（人）", "6120", "6480"], ["就业率（%）", "97.1", "97.6"]])
    second += lines(660, "　　毕业生就业率连续三年超过百分之九十七，本地就业的占七成以上，", "主要指标见下表。")
    second += show(240, 180, "表1 主要指标")
    third = ruled(72, 740, [header, ["升学人数（人）", "2015", "2390"], ["证书数（本）", "5230", "5611"]])
    third += lines(
        640, "来源：全市职业学校统计报表", "三、下一步打算", "　　继续扩大中高职贯通培养的规模，新增试点专业六个。"
    )
    third += show(420, 520, "朔岩市教育局") + show(420, 500, "2023年2月")
    return make_pdf([page(1, first), page(2, second), page(3, third)])


@pytest.fixture
def documents(make_docx: MakeDocx, make_pdf: MakePdf, show: Draw, ruled: Draw) -> None:
    """With the flag, makes the documents anew; the .html is its own source."""
    if REGENERATE:
        (GOLDEN / "numbered.docx").write_bytes(numbered(make_docx))
        (GOLDEN / "running_heads.pdf").write_bytes(running_heads(make_pdf, show, ruled))


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("name", NAMES)
def test_document_is_read_as_before(name: str) -> None:
    """`inspect --json` of each document equals the outcome that was looked at and committed."""
    path = GOLDEN / name
    found = json.dumps(as_json(read_path(path)), ensure_ascii=False, indent=1) + "\n"
    expected = path.with_suffix(".json")
    if REGENERATE:
        expected.write_text(found, encoding="utf-8")
    assert json.loads(found) == json.loads(expected.read_text(encoding="utf-8"))


def test_the_golden_documents_are_all_tested() -> None:
    """Each document in the folder has its outcome beside it, and nothing else lies there."""
    names = {*NAMES, *(Path(name).with_suffix(".json").name for name in NAMES)}
    assert {path.name for path in GOLDEN.iterdir()} == names
