"""Word documents: headings, fields, revisions, text boxes, notes and tables."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest

from corpus.records import Grid, Source

ReadOne = Callable[[bytes, str], Source]
MakeDocx = Callable[..., bytes]
Rows = Callable[[Grid], list[list[str]]]

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="章标题"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="two"><w:name w:val="标题 2"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="TOC Heading"/><w:basedOn w:val="1"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="环"/><w:basedOn w:val="loop"/></w:style>
"""


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def styled(style: str, text: str) -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>')


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks]


def test_headings_come_from_styles_their_ancestors_and_outline_levels(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """Depth is found by name, by outline level and through based-on; Title is the title, TOC Heading is body."""
    body = "".join(
        [
            styled("t", "年报"),
            styled("1", "一级"),
            styled("mine", "继承"),
            styled("two", "按名"),
            styled("toc", "目录"),
            styled("loop", "环"),
            p("段落自定", '<w:outlineLvl w:val="2"/>'),
            p("正文"),
        ]
    )
    found = [(b.text, b.style, b.depth) for b in read_one(make_docx(body, styles=STYLES), "a.docx").blocks]
    assert found == [
        ("年报", "title", None),
        ("一级", "heading", 1),
        ("继承", "heading", 1),
        ("按名", "heading", 2),
        ("目录", "body", None),
        ("环", "body", None),
        ("段落自定", "heading", 3),
        ("正文", "body", None),
    ]


def test_a_document_written_by_python_docx_is_read(read_one: ReadOne, rows: Rows) -> None:
    """Paragraphs, headings, merged cells and line numbers of a document made by another library."""
    document = docx.Document()
    document.add_heading("南湾市年报", 0)
    document.add_heading("一、概况", 1)
    document.add_paragraph("")
    document.add_paragraph("全市共有学校12所。")
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "跨列"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "跨行"
    document.sections[0].header.paragraphs[0].text = "页眉"
    buffer = io.BytesIO()
    document.save(buffer)
    source = read_one(buffer.getvalue(), "a.docx")
    assert [(b.text, b.line) for b in source.blocks] == [
        ("南湾市年报", 1),
        ("一、概况", 2),
        ("全市共有学校12所。", 4),
        ("", 5),
    ]
    grid = source.blocks[3].grid
    assert grid is not None
    assert rows(grid) == [["00", "跨列", "跨列"], ["跨行", "11", "12"], ["跨行", "21", "22"]]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def test_field_codes_go_and_results_stay(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """Of a field only its result is text; a field inside a code is code; a broken field swallows nothing."""
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        + FIELD.format(code="DATE", result="条件")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>结果</w:t></w:r>'
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r>'
    simple = '<w:fldSimple w:instr="SEQ 表"><w:r><w:t>3</w:t></w:r></w:fldSimple>'
    body = (
        f"<w:p>{FIELD.format(code='PAGEREF _Toc1', result='第7页')}</w:p><w:p>{nested}</w:p>"
        f"<w:p><w:r><w:t>表</w:t></w:r>{simple}</w:p><w:p>{broken}</w:p>{p('还在')}"
    )
    assert texts(read_one(make_docx(body), "a.docx")) == ["第7页", "结果", "表3", "还在"]


def test_deleted_moved_and_hidden_text_is_left_out(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """Insertions stay, deletions go; a deleted paragraph end joins two paragraphs."""
    body = (
        "<w:p><w:r><w:t>保留</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>插入</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>" + p("后半。")
    )
    assert texts(read_one(make_docx(body), "a.docx")) == ["保留插入移来", "前半，后半。"]


def test_text_boxes_stand_once_after_their_paragraph(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """The old and the new form of one text box give one block of style "textbox"."""
    box = f"<w:txbxContent>{p('框内文字')}</w:txbxContent>"
    shape = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    body = f"<w:p><w:r><w:t>前</w:t></w:r>{shape}<w:r><w:t>后</w:t></w:r></w:p><w:p>{old}</w:p>{p('末')}"
    found = [(b.text, b.style) for b in read_one(make_docx(body), "a.docx").blocks]
    assert found == [("前后", "body"), ("框内文字", "textbox"), ("框内文字", "textbox"), ("末", "body")]


def test_notes_follow_the_paragraph_that_refers_to_them(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """Footnotes and endnotes are blocks of their own; separators are none; one in a table follows the table."""
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = (
        f"<w:p><w:r><w:t>在校生</w:t></w:r>{note}<w:r><w:t>2.4万人。</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r>"
        f'<w:r><w:endnoteReference w:id="1"/></w:r></w:p></w:tc></w:tr></w:tbl>{p("末")}'
    )
    rule = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    footnotes = f'{rule}<w:footnote w:id="2">{p("含技工学校。")}</w:footnote>'
    endnotes = f'<w:endnote w:id="1">{p("估计数。")}</w:endnote>'
    source = read_one(make_docx(body, footnotes=footnotes, endnotes=endnotes), "a.docx")
    assert [(b.text, b.style) for b in source.blocks] == [
        ("在校生2.4万人。", "body"),
        ("含技工学校。", "footnote"),
        ("", "body"),
        ("估计数。", "footnote"),
        ("末", "body"),
    ]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_table_merges_header_rows_and_inner_tables(make_docx: MakeDocx, read_one: ReadOne, rows: Rows) -> None:
    """gridSpan, vMerge, gridBefore, the repeated header row, and a table inside a cell as text."""
    inner = f"<w:tbl><w:tr>{cell('内一')}{cell('内二')}</w:tr></w:tbl>"
    wide, first, more = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        "<w:tbl>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('指标')}{cell('年度', wide)}</w:tr>"
        f"<w:tr>{cell('规模', first)}{cell('2022')}{cell('2023')}</w:tr>"
        f"<w:tr>{cell('', more)}{cell('1.8')}<w:tc>{p('外')}{inner}{p('')}</w:tc></w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("缺首列")}{cell("尾")}</w:tr>'
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('删')}{cell('删')}{cell('删')}</w:tr>"
        "</w:tbl>"
    )
    grid = read_one(make_docx(body), "a.docx").blocks[0].grid
    assert grid is not None
    assert grid.header_rows == 1
    assert rows(grid) == [
        ["指标", "年度", "年度"],
        ["规模", "2022", "2023"],
        ["规模", "1.8", "外内一 内二"],
        ["?", "缺首列", "尾"],
    ]


def test_a_table_of_one_cell_is_a_frame_around_text(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """What stands in a one-cell table are paragraphs."""
    body = f"<w:tbl><w:tr><w:tc>{p('【案例】')}{p('正文。')}</w:tc></w:tr></w:tbl>"
    assert texts(read_one(make_docx(body), "a.docx")) == ["【案例】", "正文。"]


def test_breaks_part_body_lines_but_not_headings(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """A line break in body text begins a new block of the same line number; a heading stays in one piece."""
    broken = "<w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t><w:tab/><w:t>尾</w:t></w:r>"
    heading = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>上半</w:t><w:br/><w:t>下半</w:t></w:r></w:p>'
    source = read_one(make_docx(f"<w:p>{broken}</w:p>{heading}"), "a.docx")
    assert [(b.text, b.line) for b in source.blocks] == [("第一行", 1), ("第二行\t尾", 1), ("上半下半", 2)]


def test_wrappers_are_opened_and_ruby_readings_left_out(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """Content controls, hyperlinks, smart tags, formulas and symbols give their text; pinyin above it doesn't."""
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件内')}</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        "<w:smartTag><w:r><w:t>标签</w:t></w:r></w:smartTag>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
        "<w:r><w:ruby><w:rt><w:r><w:t>zhi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>职</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "</w:p>"
    )
    assert texts(read_one(make_docx(body), "a.docx")) == ["控件内", "链接标签☑a+b职"]


def test_strict_documents_are_read(make_docx: MakeDocx, make_zip: Callable[..., bytes], read_one: ReadOne) -> None:
    """ISO strict OOXML has other namespaces and the same text."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(make_docx(styled("1", "一、概况"), styles=STYLES))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for old in (b"wordprocessingml", b"officeDocument"):
        parts = {
            name: data.replace(b"schemas.openxmlformats.org/" + old + b"/2006", b"purl.oclc.org/ooxml/" + old)
            for name, data in parts.items()
        }
    block = read_one(make_zip(parts), "a.docx").blocks[0]
    assert (block.text, block.depth) == ("一、概况", 1)


@pytest.mark.parametrize("name", ["a.doc", "a.txt", "a"])
def test_the_name_does_not_matter(make_docx: MakeDocx, read_one: ReadOne, name: str) -> None:
    """A .docx is known by its parts, whatever it is called."""
    assert texts(read_one(make_docx(p("正文")), name)) == ["正文"]


def test_charts_give_their_figures(
    make_docx: MakeDocx, make_zip: Callable[..., bytes], read_one: ReadOne, rows: Rows
) -> None:
    """A chart's cached figures are a table after its paragraph, percent formats applied; a dead link is nothing."""
    import zipfile

    chart_name = "http://schemas.openxmlformats.org/drawingml/2006/chart"

    def points(*values: str) -> str:
        return "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))

    def series(name: str, values: str) -> str:
        return (
            f"<c:ser><c:tx><c:strRef><c:strCache>{points(name)}</c:strCache></c:strRef></c:tx><c:cat><c:strRef>"
            f"<c:strCache>{points('2021年', '2022年')}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache>"
            f"{values}</c:numCache></c:numRef></c:val></c:ser>"
        )

    chart = (
        f'<c:chartSpace xmlns:c="{chart_name}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart>'
        "<c:title><c:tx><c:rich><a:p><a:r><a:t>就业</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart>"
        + series("人数", points("1310", "1402.5"))
        + series("就业率", "<c:formatCode>0.0%</c:formatCode>" + points("0.98499999999999999", "0.97"))
        + "</c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )
    drawing = f'<w:r><w:drawing><c:chart xmlns:c="{chart_name}" r:id="{{}}"/></w:drawing></w:r>'
    body = f"<w:p>{drawing.format('k')}{drawing.format('none')}</w:p>{p('图1 就业情况')}"
    with zipfile.ZipFile(io.BytesIO(make_docx(body))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
    link = f'<Relationship Id="k" Type="{kind}" Target="charts/chart1.xml"/></Relationships>'
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", link.encode())
    blocks = read_one(make_zip(parts | {"word/charts/chart1.xml": chart.encode()}), "a.docx").blocks
    assert blocks[1].text == "图1 就业情况"
    assert blocks[0].grid is not None
    assert rows(blocks[0].grid) == [
        ["就业", "人数", "就业率"],
        ["2021年", "1310", "98.5%"],
        ["2022年", "1402.5", "97%"],
    ]


@pytest.mark.parametrize(
    ("part", "missing"),
    [("styles", "Headings"), ("numbering", "Automatic numbers"), ("footnotes", "Footnotes"), ("endnotes", "Endnotes")],
)
@pytest.mark.parametrize("damage", [b"<w:broken", b"", b"\xff\xfe<"])
def test_a_damaged_part_beside_the_text_is_noted(
    make_docx: MakeDocx, make_zip: Callable[..., bytes], read_one: ReadOne, part: str, missing: str, damage: bytes
) -> None:
    """The text is read without it, and the problem says what is missing."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(make_docx(styled("1", "一、概况") + p("正文。"), **{part: ""}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    source = read_one(make_zip(parts | {f"word/{part}.xml": damage}), "a.docx")
    assert texts(source) == ["一、概况", "正文。"]
    assert [problem.code for problem in source.problems] == ["damaged-part"]
    assert f"word/{part}.xml is damaged. {missing}" in source.problems[0].message


def test_nonsense_in_list_levels_is_no_damage(make_docx: MakeDocx, read_one: ReadOne) -> None:
    """A level that is no number is passed over, the other levels count."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="x"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt '
        'w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="-1"/></w:num>'
    )
    body = p("甲", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    assert texts(read_one(make_docx(body, numbering=numbering), "a.docx")) == ["1. 甲"]
