"""The section tree follows each report's own numbering, invents nothing and loses nothing."""

from collections.abc import Sequence

import pytest

from corpus.read import read_source
from corpus.records import Block, Report, Source

TITLE = "海州市技工教育年度报告\n"
A = "全年共组织培训二十场，参加的师生反映内容实在，安排紧凑，收获不小。各部门按照分工抓好落实，年底前完成了全部任务。"
B = "设备更新后，实训开出率达到百分之九十八，学生动手的机会比往年多了不少，企业师傅每周到校两次。"


def read(text: str) -> Report:
    """A report of these lines, {A} and {B} standing for a paragraph."""
    lines = text.replace("{A}", A).replace("{B}", B).split("\n")
    return read_source(Source("x.txt", "0" * 64, tuple(Block(line, n) for n, line in enumerate(lines, 1))))


def outline(text: str) -> list[str]:
    """Level, number and title of every section but the document's title; lead sentences in brackets."""
    found = []
    for section in read(text).sections:
        label = f"{section.level} {section.number} {section.title}".replace("  ", " ").strip()
        if section.kind != "title":
            found.append(f"[{label}]" if section.kind == "lead" else label)
    return found


def large(*lines: str, text: str = f"一、规模\n{A}\n二、经费\n{B}") -> Report:
    """A report whose first lines stand in large type."""
    head = [Block(line, n, style="heading", depth=1) for n, line in enumerate(lines, 1)]
    body = [Block(line, n) for n, line in enumerate(text.split("\n"), len(lines) + 1)]
    return read_source(Source("x.pdf", "0" * 64, (*head, *body)))


def labels(report: Report) -> list[str]:
    return [f"{section.kind} {section.title}".strip() for section in report.sections]


def test_a_cover_in_large_type() -> None:
    """School and term on the cover head nothing; the title is the line that names the kind of report."""
    cover = "海州市技工学校", "", "2021-2022学年第二学期", "", "教务处工作总结"
    assert labels(large(*cover)) == ["title 教务处工作总结", "heading 规模", "heading 经费"]
    assert labels(large(cover[4], cover[0], "2022年7月")) == ["title 教务处工作总结", "heading 规模", "heading 经费"]


def test_the_title_of_a_paper() -> None:
    """Large type above an abstract is the title, whatever it is about."""
    report = large("海州市技工学校", "", "2021-2022-2 学期", "", "海州市技工学生去向的变化", text=f"【摘要】{A}\n{B}")
    assert labels(report) == ["title 海州市技工学生去向的变化"]


def test_a_report_without_a_title() -> None:
    """Nothing is invented: no empty title, and lines before the first heading stand for themselves."""
    assert labels(read("一、规模\n{A}\n二、经费\n{B}")) == ["heading 规模", "heading 经费"]
    report = large("海州市技工学校", "2021-2022学年第二学期")
    assert labels(report) == ["lead", "heading 规模", "heading 经费"]
    assert "".join(map(report.slice, report.sections)) == report.text


def test_the_signature_stands_apart() -> None:
    """Organisation and date at the end belong to no case and no chapter."""
    report = read(TITLE + "一、规模\n{A}\n【案例1】甲校\n{B}\n海州市教育局\n2022年3月10日\n（此件公开）")
    last = report.sections[-1]
    assert (last.kind, last.title, last.parent) == ("lead", "", 0)
    assert report.slice(last) == "海州市教育局\n2022年3月10日\n（此件公开）\n"
    assert report.sections[-2].kind == "case"


def test_a_cover_is_no_signature() -> None:
    """Organisation and date before the text sign nothing, however short the report is."""
    assert labels(read(TITLE + "海州市教育局\n2022年3月\n{A}")) == ["title 海州市技工教育年度报告"]


HABITS = {
    "chapters in Roman numerals": (
        "I. 情况\n{A}\nII. 发展\n{B}\n1. 就业\n{A}\n2. 升学\n{B}\nIII. 展望\n{A}",
        ["1 I 情况", "1 II 发展", "2 1 就业", "2 2 升学", "1 III 展望"],
    ),
    "an order of one's own": (
        "1. 情况\n（1）规模\n一、学校\n{A}\n二、学生\n{A}\n（2）经费\n{B}\n2. 成效\n{B}",
        ["1 1 情况", "2 （1） 规模", "3 一 学校", "3 二 学生", "2 （2） 经费", "1 2 成效"],
    ),
    "five families": (
        (
            "第一部分 回顾\n一、情况\n（一）规模\n1、学校\n{A}\n2、学生\n（1）中职\n{A}\n（2）技工\n{B}\n"
            "（二）经费\n{A}\n第二部分 计划\n{B}"
        ),
        [
            *("1 第一部分 回顾", "2 一 情况", "3 （一） 规模", "4 1 学校", "4 2 学生", "5 （1） 中职", "5 （2） 技工"),
            *("3 （二） 经费", "1 第二部分 计划"),
        ],
    ),
    "full-width digits": (
        "１．情况\n１．１　规模\n{A}\n１．２　经费\n{B}\n２．成效\n{A}",
        ["1 １ 情况", "2 １．１ 规模", "2 １．２ 经费", "1 ２ 成效"],
    ),
    "digits and a blank": (
        "1 情况\n1.1 规模\n{A}\n1.2 经费\n{B}\n2 成效\n2.1 招生\n{B}",
        ["1 1 情况", "2 1.1 规模", "2 1.2 经费", "1 2 成效", "2 2.1 招生"],
    ),
    "one row with mixed marks": (
        "一、情况\n1.规模\n{A}\n2、经费\n{B}\n3．教师\n{A}\n二、成效\n{A}",
        ["1 一 情况", "2 1 规模", "2 2 经费", "2 3 教师", "1 二 成效"],
    ),
    "signs that are numbers": (
        "一、情况\n① 学校\n{A}\n② 学生\n{B}\n二、成效\n{B}",
        ["1 一 情况", "2 ① 学校", "2 ② 学生", "1 二 成效"],
    ),
    "numbers that begin anew inside": (
        "1. 情况\n1. 学校\n{A}\n2. 学生\n{B}\n2. 经费\n{A}\n3. 成效\n{B}\n",
        ["1 1 情况", "2 1 学校", "2 2 学生", "1 2 经费", "1 3 成效"],
    ),
    "title, full stop and text on one line": (
        "一、情况\n（一）加强领导。{A}\n（二）落实责任。{B}\n二、成效\n{A}",
        ["1 一 情况", "2 （一） 加强领导", "2 （二） 落实责任", "1 二 成效"],
    ),
    "title, colon and text on one line": (
        "一、指导思想：{A}\n二、工作目标：{B}\n三、措施\n{A}",
        ["1 一 指导思想", "1 二 工作目标", "1 三 措施"],
    ),
    "a colon inside the title": (
        "一、德育：从管住到立起\n{A}\n二、技能：证书与比赛\n{B}",
        ["1 一 德育：从管住到立起", "1 二 技能：证书与比赛"],
    ),
    "articles of a law": (
        (
            "第一章 总则\n第一条 为了提高劳动者素质，制定本条例。\n第二条 本市的活动适用本条例。\n"
            "第二章 实施\n第三条 学校应当开设课程。"
        ),
        ["1 第一章 总则", "2 第一条", "2 第二条", "1 第二章 实施", "2 第三条"],
    ),
    "headings without numbers": (
        "往年工作回顾\n{A}\n今后主要任务\n{B}\n当前重点工作\n（一）扩大招生\n{A}\n（二）改善条件\n{B}",
        ["1 往年工作回顾", "1 今后主要任务", "1 当前重点工作", "2 （一） 扩大招生", "2 （二） 改善条件"],
    ),
    "cases with and without brackets": (
        "一、情况\n{A}\n【案例1】甲校\n{B}\n案例2：乙校\n{A}\n二、成效\n{B}",
        ["1 一 情况", "2 1 甲校", "2 2 乙校", "1 二 成效"],
    ),
    "headings inside a case": (
        "一、情况\n{A}\n二、成效\n【案例1】甲校\n一、背景\n{A}\n二、做法\n{B}\n三、展望\n{A}",
        ["1 一 情况", "1 二 成效", "2 1 甲校", "3 一 背景", "3 二 做法", "1 三 展望"],
    ),
    "a chapter alone, proved by the number below": (
        "1.2 经费\n{A}\n1.3 教师\n{B}\n2 学生\n2.1 素质\n{A}",
        ["2 1.2 经费", "2 1.3 教师", "1 2 学生", "2 2.1 素质"],
    ),
    "dotted numbers that begin anew in every chapter": (
        "一、规模\n1.1 学校\n{A}\n1.2 学生\n{B}\n二、经费\n1.1 拨款\n{A}\n1.2 支出\n{B}",
        ["1 一 规模", "2 1.1 学校", "2 1.2 学生", "1 二 经费", "2 1.1 拨款", "2 1.2 支出"],
    ),
    "a heading as long as a sentence": (
        "一、全面贯彻党的教育方针，落实立德树人根本任务，面向产业需求，培养更多高素质的技术技能人才和能工巧匠\n{A}\n二、成效\n{B}",
        [
            "1 一 全面贯彻党的教育方针，落实立德树人根本任务，面向产业需求，培养更多高素质的技术技能人才和能工巧匠",
            "1 二 成效",
        ],
    ),
    "bullets as headings": (
        "一、规模\n■ 学校数\n{A}\n■ 学生数\n{B}\n二、成效\n{A}",
        ["1 一 规模", "2 学校数", "2 学生数", "1 二 成效"],
    ),
    "lead sentences": (
        "一、学生\n德育为先，习惯养成。{A}\n技能为本，以赛促学。{B}\n二、教师\n{A}",
        ["1 一 学生", "[2 德育为先，习惯养成]", "[2 技能为本，以赛促学]", "1 二 教师"],
    ),
    "a lead sentence behind a case": (
        "一、学生\n{A}\n【案例1】甲校\n{B}\n技能为本，以赛促学。{A}\n二、教师\n{B}",
        ["1 一 学生", "2 1 甲校", "[2 技能为本，以赛促学]", "1 二 教师"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), HABITS.values(), ids=HABITS)
def test_habits(text: str, expected: Sequence[str]) -> None:
    """A family stands where it first appeared; marks, places and styles of headings may be any."""
    assert outline(TITLE + text) == expected


LISTS = {
    "sentences": (
        "1.争取更多支持，扩大合作的范围，并在明年完成两个项目。\n2.健全制度，抓好检查，把任务落到每一个人身上。"
    ),
    "short items with nothing below": "1.加强领导\n2.健全制度\n3.落实经费",
    "a list that is a list to its last item": (
        "（1）条件的限制。场地还不够，设备陈旧。\n（2）队伍相对行业发展建设缓慢，导致培养质量不高，机制有待改善。\n"
        "（3）管理还有差距。"
    ),
    "dotted sentences": (
        "1.1 选派八名教师到企业跟岗半年。\n1.2 按照标准建设场地，争取明年投入使用。\n1.3 每两周集体备课一次。"
    ),
    "years, dates and quantities": (
        "2021年3月，改革启动。\n3月12日，植树。\n12.5万人参加了培训。\n2021.9.1 开学典礼\n10个专业通过验收"
    ),
    "references to tables and figures": "表1可以看出，学校数不变。\n图2显示，人数增加。\n如表3所示，面积增加。",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_lists_are_no_headings(text: str) -> None:
    """Nothing that only looks like a heading is in the tree, and its text is in the report."""
    report = read(f"{TITLE}一、情况\n{{A}}\n{text}\n二、成效\n{{B}}")
    assert [section.title for section in report.sections[1:]] == ["情况", "成效"]
    assert text in report.text


def test_titles_on_two_lines_and_repeated() -> None:
    """Both lines are one title, and a second title page is a section of its own, before the text begins."""
    report = read(
        f"海州市技工教育\n年度报告（2021年）\n\n海州市教育局\n2022年1月\n\n海州市技工教育年度报告\n（2021年）\n\n{A}\n一、情况\n{B}"
    )
    titles = [(section.title, section.line) for section in report.sections if section.kind == "title"]
    assert titles == [("海州市技工教育年度报告（2021年）", 1), ("海州市技工教育年度报告（2021年）", 7)]


def test_text_behind_a_lost_heading_is_in_no_wrong_chapter() -> None:
    """A case of chapter 3 proves that its heading is gone: the text before it stands under the document alone."""
    report = read(
        f"{TITLE}1 情况\n1.1 规模\n{{A}}\n【案例1-1】甲校\n{{B}}\n2 学生\n2.1 素质\n{{A}}\n【案例2-1】乙校\n{{B}}\n"
        " {A}\n【案例3-1】丙校\n{B}\n4 展望\n4.1 目标\n{A}"
    )
    lost = next(section for section in report.sections if section.line == 12)
    assert (lost.kind, lost.number, lost.title, report.path(lost.id)) == ("lead", "", "", ())
    case = next(section for section in report.sections if section.number == "3-1")
    assert report.path(case.id) == ("3-1 丙校",)
    assert {section.level for section in report.sections if section.kind == "case"} == {3}


def test_dotted_numbers_prove_lost_chapters() -> None:
    """Without "2" and "3.1" the sections 2.1 and 3.1.1 keep their levels, and stand under no chapter."""
    report = read(
        f"{TITLE}1 情况\n1.1 规模\n{{A}}\n2.1 素质\n{{B}}\n2.2 就业\n{{A}}\n3.1.1 困难\n{{B}}\n3.1.2 办法\n{{A}}"
    )
    found = [(s.number, s.level, report.path(s.id)) for s in report.sections if s.kind == "heading"]
    assert found[2:] == [
        ("2.1", 2, ("2.1 素质",)),
        ("2.2", 2, ("2.2 就业",)),
        ("3.1.1", 3, ("3.1.1 困难",)),
        ("3.1.2", 3, ("3.1.2 办法",)),
    ]


def test_styled_headings_have_the_format_s_level() -> None:
    """What Word calls a heading is one, with the level that Word states; a long paragraph so styled is text."""
    blocks = [
        Block("海州市技工教育年度报告", 1, style="title"),
        Block("情况", 2, style="heading", depth=1),
        Block("规模", 3, style="heading", depth=2),
        Block(A, 4),
        Block("一、经费", 5, style="heading", depth=2, number="一、"),
        Block(A + B, 6, style="heading", depth=2),
        Block("成效", 7, style="heading", depth=1),
        Block(B, 8),
    ]
    report = read_source(Source("x.docx", "0" * 64, tuple(blocks)))
    found = [(s.level, s.number, s.title) for s in report.sections]
    assert found == [
        (0, "", "海州市技工教育年度报告"),
        *((1, "", "情况"), (2, "", "规模"), (2, "一", "经费")),
        (1, "", "成效"),
    ]
