"""PDF: lines and pages, furniture, tables over pages, headings, scans."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import pytest

from corpus.records import Grid, Problem, Source

ReadOne = Callable[[bytes, str], Source]
MakePdf = Callable[..., bytes]
Show = Callable[..., str]
Ruled = Callable[..., str]
Rows = Callable[[Grid], list[list[str]]]

BODY = [
    "南湾市共有中等职业学校十二所，在校学生两万四千人，较上",
    "年增长百分之五。",
    "专任教师一千六百人，双师型教师占比逐年提高，达到七",
    "成以上。",
]


def paragraphs(show: Show, top: float = 650, lines: Sequence[str] = BODY) -> str:
    """Indented first lines, the rest at the left margin."""
    drawn = ""
    for at, line in enumerate(lines):
        drawn += show(96 if at % 2 == 0 else 72, top - 20 * at, line)
    return drawn


def texts(source: Source) -> list[str]:
    return [block.text.strip() for block in source.blocks if block.grid is None]


def test_lines_pages_and_indentation(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """Each line is a block with its page; an indented line has ideographic spaces in front."""
    source = read_one(make_pdf([paragraphs(show), paragraphs(show)]), "a.pdf")
    assert source.wrapped
    assert texts(source) == BODY * 2
    assert [block.page for block in source.blocks] == [1] * 4 + [2] * 4
    assert [block.text.startswith("\u3000\u3000") for block in source.blocks] == [True, False] * 4
    assert [block.line for block in source.blocks] == list(range(1, 9))


def test_lines_are_ordered_by_place_not_by_drawing(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """What stands higher comes first; pieces on one height are one line."""
    drawn = show(72, 500, "下行") + show(72, 600, "上行左") + show(300, 600, "上行右")
    assert texts(read_one(make_pdf([drawn]), "a.pdf")) == ["上行左 上行右", "下行"]


@pytest.mark.parametrize("number", ["{n}", "- {n} -", "第{n}页 共4页", "{n} / 4", "— {n} —"])
def test_running_heads_and_page_numbers_go(make_pdf: MakePdf, read_one: ReadOne, show: Show, number: str) -> None:
    """Heads and numbers that stand on every page are dropped, with whatever dress the number wears."""
    pages = [
        show(200, 760, "南湾市职业教育质量年报") + paragraphs(show) + show(290, 30, number.format(n=n))
        for n in range(1, 5)
    ]
    assert texts(read_one(make_pdf(pages), "a.pdf")) == BODY * 4


def test_text_in_the_margin_that_does_not_repeat_stays(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """A last line at the foot of a page, and a year standing alone there, are text."""
    pages = [
        paragraphs(show) + show(72, 60, f"页脚处的正文{sign}") + show(300, 40, year)
        for sign, year in zip("甲乙丙", ("2021", "1998", "2005"), strict=True)
    ]
    found = texts(read_one(make_pdf(pages), "a.pdf"))
    assert [line for line in found if line not in BODY] == [
        "页脚处的正文甲",
        "2021",
        "页脚处的正文乙",
        "1998",
        "页脚处的正文丙",
        "2005",
    ]


TABLE = [["学校", "在校生", "专任教师"], ["南湾一职", "2310", "168"], ["南湾二职", "1875", ""]]


def test_ruled_tables_are_grids_and_not_repeated_as_lines(
    make_pdf: MakePdf, read_one: ReadOne, show: Show, ruled: Ruled, rows: Rows
) -> None:
    """A table stands at its place between the lines around it."""
    drawn = show(72, 700, "表1 学校规模") + ruled(72, 680, TABLE) + show(72, 560, "来源：南湾市教育局")
    source = read_one(make_pdf([drawn]), "a.pdf")
    assert [block.text for block in source.blocks] == ["表1 学校规模", "", "来源：南湾市教育局"]
    grid = source.blocks[1].grid
    assert grid is not None
    assert rows(grid) == TABLE


def test_cells_of_several_lines_and_merged_cells(make_pdf: MakePdf, read_one: ReadOne, show: Show, rows: Rows) -> None:
    """A cell's lines are joined; a rule that is missing merges two cells."""
    drawn = "".join(f"72 {y} m 312 {y} l S\n" for y in (700, 650, 600))
    drawn += "".join(f"{x} 600 m {x} 700 l S\n" for x in (72, 312)) + "192 600 m 192 650 l S\n"
    drawn += (
        show(80, 670, "年度情况") + show(80, 630, "本期比上年") + show(80, 612, "增减（%）") + show(200, 620, "5.2")
    )
    grid = read_one(make_pdf([drawn]), "a.pdf").blocks[0].grid
    assert grid is not None
    assert rows(grid) == [["年度情况", "年度情况"], ["本期比上年增减（%）", "5.2"]]


def test_a_table_over_two_pages_is_one(
    make_pdf: MakePdf, read_one: ReadOne, show: Show, ruled: Ruled, rows: Rows
) -> None:
    """The second page's part is added, its repeated header dropped, furniture between them notwithstanding."""
    rest = [TABLE[0], ["南湾三职", "960", "77"]]

    def page(n: int, drawn: str) -> str:
        return show(200, 770, "南湾年报") + drawn + show(290, 30, str(n))

    pages = [
        page(1, paragraphs(show) + ruled(72, 200, TABLE)),
        page(2, ruled(72, 740, rest) + paragraphs(show)),
        page(3, paragraphs(show)),
    ]
    grids = [block.grid for block in read_one(make_pdf(pages), "a.pdf").blocks if block.grid]
    assert [rows(grid) for grid in grids] == [[*TABLE, rest[1]]]


def test_tables_with_text_between_them_stay_two(make_pdf: MakePdf, read_one: ReadOne, show: Show, ruled: Ruled) -> None:
    """A line at the top of the second page begins something new."""
    pages = [ruled(72, 200, TABLE), show(72, 700, "表2 另一张表") + ruled(72, 680, TABLE)]
    assert [block.page for block in read_one(make_pdf(pages), "a.pdf").blocks if block.grid] == [1, 2]


def test_larger_type_and_bookmarks_make_headings(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """Large type is a heading of unknown level; the outline of the file marks headings in body type."""
    pages = [show(200, 720, "年度报告", 22) + show(72, 680, "一、概况") + paragraphs(show)]
    found = [
        (b.text.strip(), b.style, b.depth) for b in read_one(make_pdf(pages, outline=[("一、概况", 0)]), "a.pdf").blocks
    ]
    assert found[:3] == [("年度报告", "heading", None), ("一、概况", "heading", None), (BODY[0], "body", None)]


def test_words_cut_at_the_line_end_are_mended(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """A hyphen at a line's end goes when the word continues in lower case, and stays otherwise."""
    drawn = (
        show(72, 700, "inter-", 12)
        + show(72, 680, "national pilot 1+", 12)
        + show(72, 660, "X-", 12)
        + show(72, 640, "Y", 12)
    )
    assert texts(read_one(make_pdf([drawn]), "a.pdf")) == ["international", "pilot 1+", "X-", "Y"]


@pytest.mark.parametrize(
    ("rotation", "matrix"), [(90, "0 1 -1 0 600 0"), (180, "-1 0 0 -1 600 800"), (270, "0 -1 1 0 0 800")]
)
def test_turned_pages_are_read_as_shown(
    make_pdf: MakePdf, read_one: ReadOne, show: Show, rotation: int, matrix: str
) -> None:
    """A page with /Rotate, its content drawn to match, gives its lines in the order that one sees."""
    drawn = f"q {matrix} cm " + show(100, 400, "下行") + show(100, 500, "上行") + " Q"
    assert texts(read_one(make_pdf([drawn], page=f"/Rotate {rotation}"), "a.pdf")) == ["上行", "下行"]


def test_slanted_watermarks_are_left_out(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """Text that runs aslant over the page is a watermark."""
    mark = "q 0.7 0.7 -0.7 0.7 100 300 cm " + show(0, 0, "内部资料", 40) + " Q"
    assert texts(read_one(make_pdf([paragraphs(show) + mark]), "a.pdf")) == BODY


PICTURE = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q\n"


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra is not installed."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


@pytest.mark.usefixtures("no_ocr")
def test_a_scan_is_reported(make_pdf: MakePdf, read: Callable[[bytes, str], list[Source | Problem]]) -> None:
    """Without the extra, pages of pictures with nothing but a page number are a scan; the message names the extra."""
    (problem,) = read(make_pdf([PICTURE, PICTURE]), "a.pdf")
    assert isinstance(problem, Problem)
    assert problem.code == "scan"
    assert "wenbao[ocr]" in problem.message


@pytest.mark.usefixtures("no_ocr")
def test_scanned_pages_among_others_are_named(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """The text pages are read, the others listed in a problem."""
    source = read_one(make_pdf([paragraphs(show), PICTURE, PICTURE, paragraphs(show), PICTURE]), "a.pdf")
    assert texts(source) == BODY * 2
    assert [(p.code, p.message.split(" are ")[0]) for p in source.problems] == [("scan", "Pages 2-3, 5")]


@pytest.mark.usefixtures("no_ocr")
def test_text_drawn_as_outlines_is_reported(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """A page of hundreds of drawings and no text counts as a scan; rules and a few drawings don't."""
    shape = "10 10 m 20 30 l 30 10 l f\n"
    source = read_one(make_pdf([paragraphs(show), shape * 500, shape * 20]), "a.pdf")
    assert texts(source) == BODY
    assert [(p.code, p.message.split(" are ")[0]) for p in source.problems] == [("scan", "Pages 2")]


def level(x0: float, x1: float, y: float) -> str:
    return f"{x0} {y} m {x1} {y} l S\n"


def test_tables_with_open_sides(make_pdf: MakePdf, read_one: ReadOne, show: Show, rows: Rows) -> None:
    """Outer upright rules may be missing, in a row without inner rules too; text between two tables is none of them."""

    def table(y: float) -> str:
        drawn = "".join(level(72, 432, y - 24 * at) for at in range(5))
        drawn += "".join(f"{x} {y} m {x} {y - 24} l S\n{x} {y - 48} m {x} {y - 96} l S\n" for x in (192, 312))
        texts = [
            ["学校", "在校生", "专任教师"],
            ["中等职业学校"],
            ["南湾一职", "2310", "168"],
            ["南湾二职", "1875", "120"],
        ]
        return drawn + "".join(
            show(78 + 120 * column, y - 17 - 24 * row, text)
            for row, line in enumerate(texts)
            for column, text in enumerate(line)
        )

    drawn = table(700) + show(72, 560, "两张表之间的正文") + table(520)
    blocks = read_one(make_pdf([drawn]), "a.pdf").blocks
    assert [block.text for block in blocks] == ["", "两张表之间的正文", ""]
    assert blocks[0].grid is not None
    assert rows(blocks[0].grid) == [
        ["学校", "在校生", "专任教师"],
        ["中等职业学校"] * 3,
        ["南湾一职", "2310", "168"],
        ["南湾二职", "1875", "120"],
    ]


def test_tables_of_three_rules(make_pdf: MakePdf, read_one: ReadOne, show: Show, rows: Rows) -> None:
    """Columns are found by their blanks; a header over two of them stays whole, a wrapped cell is joined."""
    drawn = (
        level(72, 500, 740) + paragraphs(show, 725) + level(72, 500, 600) + level(72, 500, 560) + level(72, 500, 450)
    )
    drawn += (
        show(80, 575, "学校") + show(300, 583, "学生与教师情况") + show(250, 567, "在校生") + show(400, 567, "专任教师")
    )
    for at, (name, pupils, teachers) in enumerate(
        [("南湾第一职业", "2310", "168"), ("南湾二职", "1875", "120"), ("三职", "9", "7")]
    ):
        y = 545 - 32 * at
        drawn += show(80, y, name) + show(260, y, pupils) + show(410, y, teachers)
    drawn += paragraphs(show, 420) + level(72, 500, 60)
    source = read_one(make_pdf([drawn]), "a.pdf")
    grids = [block.grid for block in source.blocks if block.grid]
    assert len(grids) == 1
    assert rows(grids[0])[1:] == [["南湾第一职业", "2310", "168"], ["南湾二职", "1875", "120"], ["三职", "9", "7"]]
    assert "学生与教师情况" in " ".join(rows(grids[0])[0])
    assert texts(source) == BODY * 2


def test_paragraphs_between_rules_are_no_table(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """Rules above and below running text make no table of it."""
    drawn = (
        level(72, 500, 700) + show(72, 680, BODY[0]) + level(72, 500, 670) + paragraphs(show, 650) + level(72, 500, 560)
    )
    assert [block.grid for block in read_one(make_pdf([drawn]), "a.pdf").blocks] == [None] * 5


def test_underlined_forms_are_no_table(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """Values over underlines, their labels beside them, stay lines."""
    drawn = ""
    for at, (label, value) in enumerate(
        [("学校：", "南湾  一职"), ("日期：", "2023年  9月"), ("班级：", "汽修  二班"), ("组员：", "甲  乙")]
    ):
        y = 700 - 24 * at
        drawn += show(72, y, label) + show(130, y, value[:4]) + show(260, y, value[4:]) + level(120, 400, y - 4)
    blocks = read_one(make_pdf([drawn]), "a.pdf").blocks
    assert [block.grid for block in blocks] == [None] * 4
    assert blocks[0].text.split() == ["学校：", "南湾", "一职"]


def test_a_damaged_page_is_left_out(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """The other pages are read, and a problem names the one that is lost."""
    data = make_pdf([paragraphs(show), paragraphs(show)]).replace(
        b"12 0 obj\n<</Type/Page/", b"12 0 obj\n<</Type/Pxge/", 1
    )
    source = read_one(data.replace(b"12 0 obj\n<<", b"12 0 obj\n[<", 1), "a.pdf")
    assert texts(source) == BODY
    assert [(problem.code, problem.message.split(" are ")[0]) for problem in source.problems] == [
        ("damaged-pages", "Pages 2")
    ]


def cut_table(show: Show, rows: Sequence[Sequence[str]], y: float, *, open_left: Sequence[int] = ()) -> str:
    """A table of three columns with rules; no rule in the first column above the rows `open_left`."""
    edges = (72, 146, 446, 526)
    drawn = "".join(f"{x} {y} m {x} {y - 24 * len(rows)} l S\n" for x in edges)
    for at in range(len(rows) + 1):
        drawn += level(146 if at in open_left else 72, 526, y - 24 * at)
    return drawn + "".join(
        show(edges[column] + 3, y - 17 - 24 * row, text)
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
    )


LONG = "与栖鹭精密机械有限公司共建实训基地三个并接收学生"
HEADER = ["事项", "内容", "数量"]


def over_two_pages(pages: Sequence[str], make_pdf: MakePdf, read_one: ReadOne, rows: Rows) -> list[list[str]]:
    (grid,) = [block.grid for block in read_one(make_pdf(pages), "a.pdf").blocks if block.grid]
    return rows(grid)


def test_a_row_cut_by_the_page_end_is_one(make_pdf: MakePdf, read_one: ReadOne, show: Show, rows: Rows) -> None:
    """The rest of a long cell, alone in the first row of the next page, is put behind its beginning."""
    upper, lower = [HEADER, ["校企合作", LONG, "3"]], [HEADER, ["", "岗位实习四百人次", ""], ["竞赛", "省级", "2"]]
    for rest in (lower, lower[1:]):
        pages = [paragraphs(show) + cut_table(show, upper, 120), cut_table(show, rest, 740)]
        assert over_two_pages(pages, make_pdf, read_one, rows) == [
            HEADER,
            ["校企合作", LONG + "岗位实习四百人次", "3"],
            ["竞赛", "省级", "2"],
        ]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (["校企合作", LONG, "3"], ["", "岗位实习四百人次", "5"]),
        (["校企合作", "共建实训基地三个", "3"], ["", "岗位实习四百人次", ""]),
        (["校企合作", LONG[:-1] + "。", "3"], ["", "岗位实习四百人次", ""]),
        (["校企合作", LONG, "3"], ["", "2.岗位实习", ""]),
        (["", LONG, ""], ["", "岗位实习四百人次", ""]),
    ],
    ids=["every cell goes on", "last line is short", "sentence has ended", "a new number", "nothing had ended"],
)
def test_a_row_of_its_own_stays_one(
    make_pdf: MakePdf, read_one: ReadOne, show: Show, rows: Rows, last: list[str], first: list[str]
) -> None:
    """A first row with blanks on the next page is a row of its own unless all that is in it goes on."""
    pages = [
        paragraphs(show) + cut_table(show, [HEADER, last], 120),
        cut_table(show, [first, ["竞赛", "省级", "2"]], 740),
    ]
    assert over_two_pages(pages, make_pdf, read_one, rows) == [HEADER, last, first, ["竞赛", "省级", "2"]]


def test_a_high_cell_cut_by_the_page_end_is_one(make_pdf: MakePdf, read_one: ReadOne, show: Show, rows: Rows) -> None:
    """A numbered cell over several rows, its text cut too, is whole; a cell with its own number begins anew."""
    lower = [["提供", "没有现成信息", "11"], ["", "补正后仍不明确", "1"], ["（五）其他", "重复申请", "25"]]
    pages = [
        paragraphs(show) + cut_table(show, [HEADER, ["（四）无法", "不掌握相关信息", "7"]], 120),
        cut_table(show, lower, 740, open_left=[1]),
    ]
    whole = "（四）无法提供"
    assert over_two_pages(pages, make_pdf, read_one, rows) == [
        HEADER,
        [whole, "不掌握相关信息", "7"],
        [whole, "没有现成信息", "11"],
        [whole, "补正后仍不明确", "1"],
        ["（五）其他", "重复申请", "25"],
    ]
    pages[1] = cut_table(show, [["（五）提供", *lower[0][1:]], *lower[1:]], 740, open_left=[1])
    assert over_two_pages(pages, make_pdf, read_one, rows)[1:3] == [
        ["（四）无法", "不掌握相关信息", "7"],
        ["（五）提供", "没有现成信息", "11"],
    ]


LEFT = [
    "南湾市共有中等职业学校十二所，在校生两",
    "万四千人，较上年增加九百人，高中阶段",
    "职普比大体相当，办学规模保持稳定，",
    "布局更加合理。",
]
RIGHT = [
    "专任教师一千六百人，双师型教师占比达到",
    "七成以上，教师到企业实践累计四千余人",
    "天，参加市级以上培训三百人次，教师",
    "竞赛获奖二十项。",
]


def column(show: Show, x: float, y: float, lines: list[str]) -> str:
    """Two paragraphs in small type, first lines indented."""
    return "".join(
        show(x + (20 if at % len(LEFT) == 0 else 0), y - 16 * at, line, 10) for at, line in enumerate(lines * 2)
    )


def test_columns_are_read_one_after_the_other(make_pdf: MakePdf, read_one: ReadOne, show: Show, ruled: Ruled) -> None:
    """Between lines over the whole page the left column comes first, however it was drawn; a table stays in its own."""
    across = show(72, 560, "以下为各区县情况，数据由市教育局汇总并经学校核对，截止日期为年底。")
    drawn = show(200, 740, "年度报告", 18) + across
    drawn += column(show, 310, 700, RIGHT) + column(show, 72, 700, LEFT)
    drawn += column(show, 310, 530, RIGHT) + column(show, 72, 530, LEFT)
    drawn += ruled(320, 390, [["学校", "人数"], ["一职", "12"]], width=90)
    blocks = read_one(make_pdf([drawn]), "a.pdf").blocks
    expected = ["年度报告", *LEFT * 2, *RIGHT * 2, "以下为各区县情况，数据由市教育局汇总并经学校核对，截止日期为年底。"]
    assert [block.text.strip() for block in blocks] == [*expected, *LEFT * 2, *RIGHT * 2, ""]
    assert [block.text.startswith("\u3000") for block in blocks[1:17]] == [True, False, False, False] * 4


def test_short_lines_side_by_side_are_no_columns(make_pdf: MakePdf, read_one: ReadOne, show: Show) -> None:
    """Names and figures beside each other belong to one line."""
    drawn = "".join(
        show(72, 700 - 20 * at, f"第{at}职业学校") + show(310, 700 - 20 * at, f"{at}310人") for at in range(9)
    )
    assert texts(read_one(make_pdf([drawn]), "a.pdf")) == [f"第{at}职业学校 {at}310人" for at in range(9)]


def test_uneven_rules_make_no_columns(make_pdf: MakePdf, read_one: ReadOne, show: Show, rows: Rows) -> None:
    """An upright rule that stands some points aside in the header is the same rule; a narrow column with text stays."""
    drawn = "".join(level(72, 432, y) for y in (700, 676, 652)) + "".join(
        f"{x} {top} m {x} {top - 24} l S\n"
        for top, edges in ((700, (72, 200, 432)), (676, (72, 208, 432)))
        for x in edges
    )
    names = show(78, 683, "学校") + show(220, 683, "人数") + show(78, 659, "一职") + show(220, 659, "12")
    grid = read_one(make_pdf([drawn + names]), "a.pdf").blocks[0].grid
    assert grid is not None
    assert rows(grid) == [["学校", "人数"], ["一职", "12"]]
    narrow = "200 676 m 200 652 l S\n" + show(201, 659, "甲", 6)
    grid = read_one(make_pdf([drawn + names + narrow]), "a.pdf").blocks[0].grid
    assert grid is not None
    assert rows(grid)[1] == ["一职", "甲", "12"]
