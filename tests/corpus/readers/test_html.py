"""Web pages, of content systems and of Word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.records import Grid, Source

ReadOne = Callable[[bytes, str], Source]
Rows = Callable[[Grid], list[list[str]]]


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    return f"<!DOCTYPE html><html><head>{head}<title>Web</title></head><body>{body}</body></html>".encode()


def found(source: Source) -> list[tuple[str, str, int | None]]:
    return [(block.text, block.style, block.depth) for block in source.blocks]


def test_headings_paragraphs_and_breaks(read_one: ReadOne) -> None:
    """h1 to h6 state their level; a line break parts paragraphs; a source line's end in Chinese is no space."""
    source = read_one(
        page("<h1>年\n报</h1><h3>一、<br>概况</h3>散文<p>甲<br>乙&nbsp;丙</p><div>外<p>内</p>后</div>"), "a.html"
    )
    assert found(source) == [
        ("年报", "heading", 1),
        ("一、概况", "heading", 3),
        ("散文", "body", None),
        ("甲", "body", None),
        ("乙 丙", "body", None),
        ("外", "body", None),
        ("内", "body", None),
        ("后", "body", None),
    ]


def test_what_surrounds_the_text_is_dropped(read_one: ReadOne) -> None:
    """Scripts, styles, navigation, footers, hidden and server-side parts are no text."""
    body = (
        '<%@ page pageEncoding="UTF-8"%><nav>首页</nav><div class="breadcrumb">当前位置</div>'
        '<div role="navigation">栏目</div>'
        "<script>var a</script><style>p{}</style><p hidden>隐</p><p style='display:none'>藏</p><!-- 注释 -->"
        "<article><p>正文很长很长很长很长很长很长很长很长很长很长。</p></article>"
        "<footer>版权</footer><div id='footer'>备案</div>"
    )
    assert [text for text, *_ in found(read_one(page(body), "a.jsp"))] == [
        "正文很长很长很长很长很长很长很长很长很长很长。"
    ]


def test_something_named_like_furniture_that_holds_the_text_is_kept(read_one: ReadOne) -> None:
    """A page whose whole text lies in a div called "menu" is not emptied."""
    assert found(read_one(page('<div class="menu"><p>全部正文都在这里。</p></div>'), "a.html")) == [
        ("全部正文都在这里。", "body", None)
    ]


def test_a_missing_end_tag_does_not_swallow_the_page(read_one: ReadOne) -> None:
    """A navigation that is never closed holds the whole text, which is kept."""
    found_ = found(read_one(page("<nav><a>首页</a><h1>一、概况</h1><p>全市共有中等职业学校十二所。</p>"), "a.html"))
    assert found_[-2:] == [("一、概况", "heading", 1), ("全市共有中等职业学校十二所。", "body", None)]


@pytest.mark.parametrize(
    ("codec", "head"),
    [
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("big5", "<meta charset=big5>"),
        ("gb18030", ""),
        ("utf-8", '<meta charset="gb2312">'),
        ("utf-16", ""),
    ],
)
def test_charsets(read_one: ReadOne, codec: str, head: str) -> None:
    """The declared charset is believed where it fits; where it is missing or wrong the bytes decide."""
    text = "職業教育質量年度報告" if codec == "big5" else "南湾市职业教育质量年度报告，镕基"
    data = page(f"<p>{text}</p>" * 3, head).decode().encode(codec)
    assert [text_ for text_, *_ in found(read_one(data, "a.html"))] == [text] * 3


def test_spans_header_rows_and_caption(read_one: ReadOne, rows: Rows) -> None:
    """Row and column spans are kept, rows of th at the top are header rows, the caption stands before."""
    table = (
        "<table><caption>表1 规模</caption><tr><th rowspan=2>学校</th><th colspan=2>学生</th></tr>"
        "<tr><th>男</th><th>女</th></tr><tr><td>一职<br>（东区）</td><td rowspan='2'>10</td><td>20</td></tr>"
        "<tr><td>二职</td><td><p>3</p><p>0</p><script>x</script></td></tr></table>"
    )
    source = read_one(page(table), "a.html")
    assert [block.text for block in source.blocks] == ["表1 规模", ""]
    grid = source.blocks[1].grid
    assert grid is not None
    assert grid.header_rows == 2
    assert rows(grid) == [
        ["学校", "学生", "学生"],
        ["学校", "男", "女"],
        ["一职（东区）", "10", "20"],
        ["二职", "10", "3 0"],
    ]


def test_layout_tables_are_not_tables(read_one: ReadOne, rows: Rows) -> None:
    """A table around a page's text and tables gives its contents."""
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    source = read_one(
        page(f"<table><tr><td>栏</td><td><h2>一、概况</h2><p>文字</p>{inner}</td></tr></table>"), "a.html"
    )
    assert [text for text, *_ in found(source)] == ["栏", "一、概况", "文字", ""]
    grid = source.blocks[3].grid
    assert grid is not None
    assert rows(grid) == [["甲", "1"], ["乙", "2"]]


def test_word_pages(read_one: ReadOne) -> None:
    """Word's list numbers are taken from what it writes for browsers, bullets and note marks go, classes are styles."""
    body = (
        "<p class=MsoTitle>年报</p>"
        "<p class=MsoNormal style='mso-list:l0 level1 lfo1;mso-outline-level:2'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>（一）<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>教师队伍</p>"
        "<p style='mso-list:l1'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>专任教师</p>"
        "<p style='mso-list:l2'><span style='font-family:Wingdings;mso-list:Ignore'>l<span>&nbsp;</span></span>圆点</p>"
        "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><p class=MsoHeading7>七级<o:p></o:p></p>"
        "<p>正文<a href='#_ftn1' name='_ftnref1'>[1]</a>。</p>"
        "<p class=MsoFootnoteText><a href='#_ftnref1'>[1]</a> 注文</p>"
    )
    source = read_one(page(body), "a.html")
    assert found(source) == [
        ("年报", "title", None),
        ("（一）教师队伍", "heading", 2),
        ("1. 专任教师", "body", None),
        ("圆点", "body", None),
        ("七级", "heading", 7),
        ("正文。", "body", None),
        ("注文", "footnote", None),
    ]
    assert [block.number for block in source.blocks] == ["", "（一）", "1.", "", "", "", ""]


def test_ordered_lists_show_their_numbers(read_one: ReadOne) -> None:
    """An item has the number that a browser shows; items of an unordered list have none."""
    source = read_one(
        page("<ol start=3><li>甲</li><li>乙</li></ol><ol type=a><li>丙</li></ol><ul><li>丁</li></ul>"), "a.html"
    )
    assert [block.text for block in source.blocks] == ["3. 甲", "4. 乙", "a. 丙", "丁"]


def test_web_archives(read_one: ReadOne) -> None:
    """The page inside a "single file web page" is read, whatever its transfer encoding."""
    import base64

    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; '
        b'charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + base64.encodebytes(page("<h2>一、概况</h2><p>正文</p>"))
        + b"\r\n--x--\r\n"
    )
    assert found(read_one(data, "a.mht")) == [("一、概况", "heading", 2), ("正文", "body", None)]


def test_html_is_known_by_its_content(read_one: ReadOne) -> None:
    """A page saved as .doc or .txt is a page; angle brackets in a text are not."""
    assert found(read_one(page("<h1>年报</h1>"), "a.doc")) == [("年报", "heading", 1)]
    assert found(read_one(page("<h1>年报</h1>"), "a.txt")) == [("年报", "heading", 1)]
    assert found(read_one("达标率<p>不变，x<div 的值".encode(), "a.txt")) == [
        ("达标率<p>不变，x<div 的值", "body", None)
    ]


MENU = ["网站首页", "教育动态", "办事大厅"]
LINKS = [f'<a href="/{at}">{name}</a>' for at, name in enumerate(MENU)]
TEXT = "<p>南湾市职业教育质量年度报告（2022年）</p><p>全市共有中等职业学校十二所，在校生两万四千人。</p>"


@pytest.mark.parametrize(
    "menu",
    [
        f"<div>{LINKS[0]} | {' '.join(LINKS[1:])}</div>",
        "".join(f"<div>{link}</div>" for link in LINKS),
        f"<ul><li>{'</li><li>'.join(LINKS)}</li></ul>",
        f"<table><tr><td>{'</td><td>'.join(LINKS)}</td></tr></table>",
        f'<a href="/"><div>{MENU[0]}</div></a>' + LINKS[1] + "<div>2023年3月1日</div>" + LINKS[2],
    ],
    ids=["one line", "lines", "list", "table", "mixed"],
)
def test_menus_around_the_text_are_dropped(read_one: ReadOne, menu: str) -> None:
    """Blocks of nothing but links go before the first text or heading and after the last text."""
    texts = [text for text, *_ in found(read_one(page(menu + TEXT + menu), "a.html")) if not text.startswith("2023")]
    assert texts == [text for text, *_ in found(read_one(page(TEXT), "a.html"))]


def test_links_of_the_text_stay(read_one: ReadOne) -> None:
    """Links inside the text, a linked title, a single attachment, links within the page and a page of links."""
    names = "".join(f"<p>{link}</p>" for link in LINKS)
    heading = '<h1><a href="/">年报</a></h1>'
    attachment = '<p><a href="/a.docx">附件</a></p>'
    inner = '<p><a href="#a">一、概况</a></p><p><a href="#b">二、教师</a></p>'
    body = heading + TEXT + names + f"<p>见{'、'.join(LINKS)}。</p>" + TEXT + attachment
    texts = [text for text, *_ in found(read_one(page(body), "a.html"))]
    assert texts[0] == "年报"
    assert texts[3:7] == [*MENU, f"见{'、'.join(MENU)}。"]
    assert texts[-1] == "附件"
    assert [text for text, *_ in found(read_one(page(inner + TEXT), "a.html"))][:2] == ["一、概况", "二、教师"]
    assert [text for text, *_ in found(read_one(page(names), "a.html"))] == MENU
