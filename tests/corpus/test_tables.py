"""Tables are rebuilt from flattened text and taken from real grids: columns, rows, caption, unit and source."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.read import read_source
from corpus.records import Block, Grid, GridCell, Report, Source, Table

TITLE = "海州市技工教育年度报告\n一、规模\n"
TEXT = "全年共组织培训二十场，参加的师生反映内容实在，安排紧凑，收获不小。"


def read(*blocks: Block) -> Report:
    return read_source(Source("x.txt", "0" * 64, blocks))


def tables(text: str) -> Sequence[Table]:
    lines = (TITLE + text).split("\n")
    return read(*(Block(line, n) for n, line in enumerate(lines, 1))).tables


def flattened(*rows: str) -> str:
    """Rows of cells parted by blanks as one cell a line, a tab before each; "_" is an empty cell."""
    return (
        "\n\n".join("\n".join("\t" + cell.replace("_", "") for cell in row.split()) for row in rows) + "\n\n\n" + TEXT
    )


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


HEADERS = {
    "plain": (("学校 人数", "甲校 10", "乙校 20"), ("学校", "人数")),
    "two rows, the first column over both": (
        ("学校 2020年 2021年", "_ 人数 占比 人数 占比", "甲校 10 50% 12 60%", "乙校 10 50% 8 40%"),
        ("学校", "2020年/人数", "2020年/占比", "2021年/人数", "2021年/占比"),
    ),
    "two rows, the last column over both": (
        ("教育 行业 差距", "专业 学生 类别 职工 _", "财经 3% 金融 2% 1%", "旅游 4% 餐饮 3% 1%"),
        ("教育/专业", "教育/学生", "行业/类别", "行业/职工", "差距"),
    ),
    "children that repeat part uneven parents": (
        ("学校 专任 兼职", "_ 男 女 合计 男 女 合计", "甲校 1 2 3 4 5 9", "乙校 2 3 5 1 1 2"),
        ("学校", "专任/男", "专任/女", "专任/合计", "兼职/男", "兼职/女", "兼职/合计"),
    ),
    "years as columns": (("项目 2020 2021", "收入 100 120", "支出 90 95"), ("项目", "2020", "2021")),
}


@pytest.mark.parametrize(("lines", "columns"), HEADERS.values(), ids=HEADERS)
def test_headers(lines: Sequence[str], columns: Sequence[str]) -> None:
    """Merged parents stand over their children, and the data rows begin behind the header."""
    (table,) = tables("表1 情况\n" + flattened(*lines))
    assert table.columns == tuple(columns)
    assert rows(table) == [line.split() for line in lines[-2:]]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("   项目\n年份", "年份"),
        ("项目/年份", "年份"),
        ("年份＼项目", "项目"),
        ("项目\n名称", "项目名称"),
        ("占地面积\n（平方米）", "占地面积（平方米）"),
        ("项  目", "项目"),
    ],
)
def test_the_first_header_cell(cell: str, name: str) -> None:
    """Of a diagonal corner the lower half names the row labels; a name on two lines is one."""
    (table,) = tables(f"表1 情况\n\t{cell}\n\t人数\n\n\t2020年\n\t1\n\n\t2021年\n\t2\n\n\n{TEXT}")
    assert table.columns == (name, "人数")


def test_caption_unit_and_source() -> None:
    """The line above is the caption, one between may name the unit, the one below gives the source."""
    (table,) = tables(
        f"表 1-1：收支\n单位：万元\n{flattened('项目 数额', '收入 1,200.5', '支出 _').removesuffix(TEXT)}数据来源：年鉴"
    )
    assert (table.caption, table.unit, table.source) == ("表 1-1：收支", "万元", "数据来源：年鉴")
    assert rows(table) == [["收入", "1,200.5"], ["支出", ""]]


def test_cells_over_several_lines_and_short_rows() -> None:
    """A line without a tab goes on with its cell; a row without its merged label is moved to where it fits."""
    text = (
        "\t类别\n\t专业\n\t人数\n\n\t制造\n\t数控技术\n应用\n\t100\n\n\t焊接\n\t50\n\n\t财经\n\t会计\n\t80\n\n\n" + TEXT
    )
    (table,) = tables("表1 专业\n" + text)
    assert rows(table) == [["制造", "数控技术应用", "100"], ["", "焊接", "50"], ["财经", "会计", "80"]]


def test_rows_on_one_line_each() -> None:
    """Lines with equally many tabs are rows; numbered headings with a tab are not."""
    (table,) = tables(f"表1 收支\n项目\t2020年\t2021年\n收入\t1\t2\n支出\t3\t4\n{TEXT}")
    assert (table.columns, rows(table)) == (("项目", "2020年", "2021年"), [["收入", "1", "2"], ["支出", "3", "4"]])
    assert not tables(f"1.1\t规模\n1.2\t经费\n{TEXT}")


def test_text_behind_a_table_is_not_in_it() -> None:
    """A paragraph behind a table belongs to the section again, and no paragraph becomes a cell."""
    report = read(
        *(Block(line, n) for n, line in enumerate((TITLE + "表1 情况\n" + flattened(*HEADERS["plain"][0])).split("\n")))
    )
    (table,) = report.tables
    after = next(section for section in report.sections if section.start >= table.end)
    assert (after.kind, report.slice(after).strip(), report.path(after.id)) == ("lead", TEXT, ("一 规模",))


def grid(*cells: tuple[str, int, int] | tuple[str, int, int, int, int], header: int | None = None) -> Block:
    return Block("", 4, grid=Grid(tuple(GridCell(*cell) for cell in cells), header))


def test_real_tables_with_merged_cells() -> None:
    """Parents spread over their columns; a merged label stands once in the text, and is the cell of every row."""
    report = read(
        Block("年度报告", 1),
        Block("表1 经费", 3),
        grid(
            *(("学校", 0, 0, 2, 1), ("2021年", 0, 1, 1, 2)),
            *(("收入", 1, 1), ("支出", 1, 2)),
            *(("甲校", 2, 0, 2, 1), ("1", 2, 1), ("2", 2, 2)),
            *(("3", 3, 1), ("4", 3, 2)),
        ),
        Block("注：不含民办学校", 5),
    )
    (table,) = report.tables
    assert table.columns == ("学校", "2021年/收入", "2021年/支出")
    assert rows(table) == [["甲校", "1", "2"], ["甲校", "3", "4"]]
    assert table.rows[0][0] == table.rows[1][0]
    assert report.text.count("甲校") == 1
    assert table.source == "注：不含民办学校"


def test_a_title_row_is_the_caption_and_a_frame_is_text() -> None:
    """One cell over the whole first row is the caption; a table of one cell only frames its text."""
    report = read(
        Block("年度报告", 1),
        grid(("收支情况", 0, 0, 1, 2), ("项目", 1, 0), ("数额", 1, 1), ("收入", 2, 0), ("5", 2, 1)),
        grid((TEXT, 0, 0)),
    )
    (table,) = report.tables
    assert (table.caption, table.columns, rows(table)) == ("收支情况", ("项目", "数额"), [["收入", "5"]])
    assert report.text.rstrip().endswith(TEXT)


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：元 币种：人民币", "元"),
        ("单位：万元\u3000币种：人民币", "万元"),
        ("（单位：人）", "人"),
        ("单位：个，口径：全市", "个"),
    ],
)
def test_a_unit_line_with_more(line: str, unit: str) -> None:
    """A line with the unit, and perhaps the currency, stands between the table and its caption."""
    (table,) = tables(f"收支情况\n{line}\n{flattened('项目 数额', '收入 5')}")
    assert (table.caption, table.unit) == ("收支情况", unit)


@pytest.mark.parametrize(
    "line", ["※ 不含民办学校", "*表中为年末数", "注1：不含民办学校", "注 不含民办学校", "注（1）不含分校"]
)
def test_signs_of_a_note(line: str) -> None:
    """What explains a table's figures, whatever the sign before it, belongs to the table."""
    (table,) = tables(f"表1 收支\n{flattened('项目 数额', '收入 5').removesuffix(TEXT)}{line}\n{TEXT}")
    assert table.source == line


def test_what_stands_between_a_caption_and_its_table() -> None:
    """Day, preparer and unit are notes; the short line above them names the table, a sentence or a choice does not."""
    between = ["2021年12月31日", "编制单位：海州集团", "单位：元 币种：人民币"]
    report = read(Block("年度报告", 1), *(Block(line, 2) for line in ["收支构成", *between]), lined(*MONEY))
    assert (report.tables[0].caption, report.tables[0].unit) == ("收支构成", "元")
    assert report.text.startswith("\n".join(["年度报告", "收支构成", *between, "项目"]))
    for line in ("√适用 □不适用", "构成如下：", "学费涨了，拨款也涨了"):
        (table,) = read(Block("年度报告", 1), Block(line, 2), Block(between[-1], 3), lined(*MONEY)).tables
        assert (table.caption, table.unit) == ("", "元")


def test_text_that_only_begins_like_a_note() -> None:
    """A word that begins with 注 opens a sentence, no note."""
    (table,) = tables(f"表1 收支\n{flattened('项目 数额', '收入 5').removesuffix(TEXT)}注重节约，支出比上年少。")
    assert table.source == ""


def test_names_and_values_without_a_header() -> None:
    """A first row with a figure names no columns: it is kept as a row, and no names are invented."""
    flat, real = "在编教师的数量 652", (("在编教师的数量", 0, 0), ("652", 0, 1), ("外聘教师的数量", 1, 0), ("31", 1, 1))
    (table,) = tables(f"表1 教师\n{flattened(flat, '外聘教师的数量 31')}")
    (other,) = read(Block("年度报告", 1), Block("表1 教师", 3), grid(*real)).tables
    for found in (table, other):
        assert found.columns == ("", "")
        assert rows(found) == [["在编教师的数量", "652"], ["外聘教师的数量", "31"]]


def test_dates_name_columns() -> None:
    """Years and days at the head of columns are names, not figures."""
    (table,) = tables(f"表1 收支\n{flattened('项目 2021 2022.06.30', '收入 5 6')}")
    assert table.columns == ("项目", "2021", "2022.06.30")


def lined(*lines: Sequence[str]) -> Block:
    """A real table of these rows; a row of one cell reaches over all columns."""
    width = max(map(len, lines))
    return grid(
        *(
            (text, row, column, 1, width if len(cells) == 1 else 1)
            for row, cells in enumerate(lines)
            for column, text in enumerate(cells)
        )
    )


MONEY = (["项目", "2020年", "2021年"], ["学费", "31", "32"], ["拨款", "50", "54"])
STAFF = (["职称", "男", "女"], ["高级", "3", "2"], ["初级", "1", "7"])


def test_tables_one_below_the_other_in_one_frame() -> None:
    """A row over the whole width with a new header below begins a table, and each value has its own header."""
    first, second = read(Block("年度报告", 1), lined(["学校收入"], *MONEY, ["学校教师"], *STAFF)).tables
    assert (first.caption, first.columns, rows(first)) == ("学校收入", tuple(MONEY[0]), [*MONEY[1:]])
    assert (second.caption, second.columns, rows(second)) == ("学校教师", tuple(STAFF[0]), [*STAFF[1:]])


def test_flattened_tables_one_below_the_other() -> None:
    """A row of one cell with a new header below begins a table in flattened text too."""
    text = flattened("学校收入", *map(" ".join, MONEY), "学校教师", *map(" ".join, STAFF))
    first, second = tables("表1 学校\n" + text)
    assert (first.caption, first.columns, rows(first)) == ("表1 学校", tuple(MONEY[0]), [*MONEY[1:]])
    assert (second.caption, second.columns, rows(second)) == ("学校教师", tuple(STAFF[0]), [*STAFF[1:]])
    assert second.line > first.line


def test_one_cell_alone_begins_a_table_where_nothing_is_merged() -> None:
    """In a sheet without merged cells the name of the next table stands alone in its row."""
    lines = [*MONEY, ["学校教师", "", ""], *STAFF]
    cells = ((text, r, c) for r, line in enumerate(lines) for c, text in enumerate(line))
    first, second = read(Block("年度报告", 1), grid(*cells)).tables
    assert (first.columns, second.caption, second.columns) == (tuple(MONEY[0]), "学校教师", tuple(STAFF[0]))


def test_groups_of_rows_stay_in_their_table() -> None:
    """A row over the whole width with figures below heads a group; the columns go on."""
    (table,) = read(Block("年度报告", 1), lined(MONEY[0], ["收入"], *MONEY[1:], ["支出"], ["工资", "9", "8"])).tables
    assert table.columns == tuple(MONEY[0])
    assert [row[0] for row in rows(table)] == ["收入", "学费", "拨款", "支出", "工资"]


@pytest.mark.parametrize("above", ["表1 收支情况", "收支情况"])
@pytest.mark.parametrize(("row", "unit"), [("二〇二一年度", ""), ("单位：万元 币种：人民币", "万元")])
def test_a_caption_above_and_a_row_over_all_columns(above: str, row: str, unit: str) -> None:
    """Where the caption stands above, the first row over all columns is a note; no section is left empty."""
    report = read(Block("年度报告", 1), Block(above, 3), lined([row], *MONEY))
    (table,) = report.tables
    assert (table.caption, table.unit, table.columns, rows(table)) == (above, unit, tuple(MONEY[0]), [*MONEY[1:]])
    assert [section.kind for section in report.sections] == ["title", "table"]
    assert row in report.text


def test_chart_data_go_by_their_figure() -> None:
    """What a chart left behind is a table of the figure whose caption, or whose text, speaks of it."""
    report = read(
        *(
            Block(line, n)
            for n, line in enumerate(
                [
                    *("年度报告", "一、师资", f"图1 双师教师数量变化\n{TEXT}".split("\n")[0], TEXT),
                    *("毕业生从事服务业的占比为73.24%，高于上年。", "图2 毕业生就业分布"),
                    *(
                        "双师教师数量\t36",
                        "",
                        "2019年\t2020年\t31\t36\t其他教师数量\t",
                        "2019年\t2020年\t9\t8\t",
                        "",
                        "",
                    ),
                    "工业\t服务业\t0.2676\t0.7324\t",
                ],
                1,
            )
        )
    )
    first, second = report.tables
    assert (first.kind, first.caption, first.columns) == (
        "figure",
        "图1 双师教师数量变化",
        ("", "双师教师数量", "其他教师数量"),
    )
    assert rows(first) == [["2019年", "31", "9"], ["2020年", "36", "8"]]
    assert (second.caption, second.columns) == ("图2 毕业生就业分布", ("", "毕业生就业分布"))
    assert report.path(first.section) == ("一 师资", "图1 双师教师数量变化")
    assert {passage.kind for passage in report.passages if passage.table is not None} == {"figure"}


CELL = st.text("甲乙丙丁经费人数", min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(st.data(), st.integers(2, 6), st.integers(1, 8))
def test_flattened_tables_come_back(data: st.DataObject, width: int, height: int) -> None:
    """Any table of words and figures, flattened to one cell a line, is the same table again."""
    header = data.draw(st.lists(CELL, min_size=width, max_size=width, unique=True))
    figures = st.integers(0, 10**6).map(str)
    body = [
        [data.draw(CELL), *data.draw(st.lists(figures, min_size=width - 1, max_size=width - 1))] for _ in range(height)
    ]
    (table,) = tables("表1 情况\n" + flattened(" ".join(header), *map(" ".join, body)))
    assert table.columns == tuple(header)
    assert rows(table) == body
