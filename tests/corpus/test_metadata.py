"""Metadata are read from the text, with spans, and left null where the text doesn't say."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.metadata import read_metadata
from corpus.read import read_path, read_source
from corpus.records import Block, Found, Metadata, Region, Source

ROOT = Path(__file__).parents[2]
REPORTS = ROOT.parent / "shared" / "reports"
BODY = "\n一、基本情况\n全市有学校12所，在校生12000人。2022年招生4000人，比2021年增加120人。\n学校开设8个专业。\n"


def values(metadata: Metadata) -> dict[str, object]:
    found = {field.name: getattr(metadata, field.name) for field in fields(metadata) if field.name != "data_years"}
    return {name: value.value for name, value in found.items() if value}


def read(text: str) -> Metadata:
    return read_metadata(text + BODY * 3, ())


@pytest.mark.parametrize(
    ("head", "title", "year"),
    [
        ("海州市中等职业教育\n质量年度报告（2021年）", "海州市中等职业教育质量年度报告（2021年）", 2021),
        ("嘉兴市中等职业教育质量年度报告\n（2021年）", "嘉兴市中等职业教育质量年度报告（2021年）", 2021),
        (
            "嘉兴市南湖区 2021 年度中等职业教\n育质量报告\n2022 年 1 月",
            "嘉兴市南湖区2021年度中等职业教育质量报告",
            2021,
        ),
        ("桐乡市技师学院\n2022年工作总结及2023年工作计划", "桐乡市技师学院2022年工作总结及2023年工作计划", 2022),
        ("二〇二二年度浙江省中等职业教育质量报告", "二〇二二年度浙江省中等职业教育质量报告", 2022),
        ("首页\n下载\n打印\n2024年安徽省政府工作报告\n——2024年1月23日在会议上", "2024年安徽省政府工作报告", 2024),
        ("温州市职业中等专业学校\n质量年度报告\n2022年度", "温州市职业中等专业学校质量年度报告2022年度", 2022),
        ("关于加强实习管理的通知\n各学校：", "关于加强实习管理的通知", None),
        ("宁波市鄞州职业高级中学\n发展规划（2021—2025年）", "宁波市鄞州职业高级中学发展规划（2021—2025年）", None),
        ("常州市第三职业技术学校2022—2023学年工作总结", "常州市第三职业技术学校2022—2023学年工作总结", 2023),
    ],
)
def test_titles_and_years(head: str, title: str, year: int | None) -> None:
    """Titles over several lines are one, navigation is none, and a report with a plan is about its own year."""
    found = values(read(head))
    assert (found["title"], found.get("year")) == (title, year)


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("嘉兴市职业教育质量年报（2021）\n嘉 兴 市 教 育 局\n2022年2月", "嘉兴市教育局"),
        ("嘉兴市职业教育质量年报（2021）\n编制单位：嘉兴市教育局", "嘉兴市教育局"),
        ("桐乡市技师学院2021年质量年度报告", "桐乡市技师学院"),
        ("杭州市人民政府2023年政府信息公开工作年度报告", "杭州市人民政府"),
        ("北方轴承集团股份有限公司\n2019年年度报告", "北方轴承集团股份有限公司"),
        ("2024年安徽省政府工作报告\n来源：安徽日报\n各位代表：我代表省人民政府报告工作。", "安徽省人民政府"),
        ("嘉兴市职业教育质量年报（2021）\n市教育局高度重视，海盐县教育局积极配合。", "嘉兴市教育局"),
        ("嘉兴市职业教育质量年报（2021）\n海盐县教育局积极配合。", None),
        ("某项工作总结\n来源：都市日报", None),
    ],
)
def test_publishers(head: str, publisher: str | None) -> None:
    """The issuer is who stands beside the title, in it or under it; a newspaper or another place's bureau is not."""
    assert values(read(head)).get("publisher") == publisher


def test_a_place_that_no_gazetteer_knows() -> None:
    """It counts where the text keeps naming it or names an authority of its own, else not."""
    title, text = "朔岩市2022年职业教育质量报告", "\n一、规模\n学校都在扩大。"
    assert "region" not in values(read_metadata(title + text, ()))
    assert "region" not in values(read_metadata(f"{title}{text}\n朔岩市里的学生多了。", ()))
    for more in ("\n朔岩市教育局", "朔岩市的学生也多了，朔岩市的教师也多了。"):
        found = values(read_metadata(title + text + more, ()))
        assert (found["region"], found["level"]) == (Region(None, "朔岩市"), "city")


@pytest.mark.parametrize("label", ["数据来源：国家统计局", "资料来源：国家统计局", "来源：国家统计局"])
def test_the_source_of_a_table_issues_nothing(label: str) -> None:
    """Where a table's figures come from says neither who issued the report nor at which level."""
    lines = ["某年度质量报告", "表1 规模", "\t项目", "\t人数", "", "\t学生", "\t5", "", "", label, "全年一切顺利。"]
    report = read_source(Source("x.txt", "0" * 64, tuple(Block(line, n) for n, line in enumerate(lines, 1))))
    assert report.tables[0].source == label
    assert (report.metadata.publisher, report.metadata.level) == (None, None)
    lines = ["某年度质量报告", "一、规模", "全年一切顺利。", label, "二、经费", "经费够用。"]
    report = read_source(Source("x.txt", "0" * 64, tuple(Block(line, n) for n, line in enumerate(lines, 1))))
    assert (report.metadata.publisher, report.metadata.level) == (None, None)


@pytest.mark.parametrize(
    ("head", "level", "region", "school"),
    [
        ("桐乡市技师学院2021年质量年度报告", "school", Region("浙江省", "嘉兴市", "桐乡市"), "桐乡市技师学院"),
        ("杭州市富阳区职业高级中学章程", "school", Region("浙江省", "杭州市", "富阳区"), "杭州市富阳区职业高级中学"),
        ("北京市昌平区中等职业教育质量报告（2022）", "district", Region("北京市", None, "昌平区"), None),
        ("嘉兴市中等职业学校质量报告（2022）", "city", Region("浙江省", "嘉兴市"), None),
        ("2022年浙江省中等职业教育质量报告", "province", Region("浙江省"), None),
        ("上海市2022年政府工作报告", "province", Region("上海市"), None),
        (
            "质量年度报告（2021）\n学校名称：桐乡市技师学院",
            "school",
            Region("浙江省", "嘉兴市", "桐乡市"),
            "桐乡市技师学院",
        ),
        ("桐乡市职业中学质量年报（2021）", "school", Region("浙江省", "嘉兴市", "桐乡市"), "桐乡市职业中学"),
        ("2023年中国职业教育质量年度报告", "nation", None, None),
        ("北方轴承集团股份有限公司\n2019年年度报告", None, None, None),
        ("学校2022年工作总结", None, None, None),
        ("梅汀市中等职业教育质量报告（2022）\n梅汀市教育局编。梅汀市的学校", "city", Region(None, "梅汀市"), None),
    ],
)
def test_levels_and_places(head: str, level: str | None, region: Region | None, school: str | None) -> None:
    """Level, region and school come from whom the title names; a city no gazetteer knows counts when repeated."""
    found = values(read(head))
    assert (found.get("level"), found.get("region"), found.get("school")) == (level, region, school)


def test_a_school_lies_where_its_text_says() -> None:
    """A city's school gets its county from the sentence that seats it."""
    text = "嘉兴市建筑工业学校2022年工作总结\n嘉兴市建筑工业学校坐落在南湖区景宜路8号，创办于1985年。"
    found = read_metadata(text, ())
    assert found.region is not None
    assert found.region.value == Region("浙江省", "嘉兴市", "南湖区")
    assert text[found.region.start : found.region.end] == "南湖区"


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("工作总结\n发布时间：2023-02-17 来源：办公室 浏览次数：12", "2023-02-17"),
        ("嘉兴市质量报告（2021）\n嘉兴市教育局 2022年3月1日", "2022-03-01"),
        ("嘉兴市质量报告（2021）\n二〇二二年十二月三十一日", "2022-12-31"),
        ("嘉兴市质量报告（2021）\n2022年13月", None),
        ("2024年安徽省政府工作报告\n——2024年1月23日在安徽省第十四届人民代表大会第二次会议上", "2024-01-23"),
        ("工作总结\n2022年3月1日，学校召开大会。", None),
    ],
)
def test_dates(head: str, date: str | None) -> None:
    """The day of publication is labelled, stands on a line of its own, or is the assembly's; others don't count."""
    assert values(read(head)).get("date") == date


def test_data_years() -> None:
    """Years with figures count, up to the report's own; a founding year and a plan's don't."""
    found = read("嘉兴市质量报告（2022年）\n学校创办于1985年。2025年达到14000人。")
    assert [year.value for year in found.data_years] == [2021, 2022]


def test_the_file_name_only_supports() -> None:
    """A year in the file's name counts where the text has it too, and nowhere else."""
    assert read_metadata("工作总结" + BODY, (), "summary_2021.txt").year == Found(
        2021, *span("工作总结" + BODY, "2021")
    )
    assert read_metadata("工作总结" + BODY, (), "summary_2011.txt").year is None


def span(text: str, part: str) -> tuple[int, int]:
    return text.index(part), text.index(part) + len(part)


@settings(deadline=None)
@given(st.text(alphabet="嘉兴市南湖区教育局质量年度报告工作总结（）2021年月\n ，。：学校", max_size=120))
def test_any_text_is_read(text: str) -> None:
    """No text breaks the reading, and every value lies where it says: its characters in the order of the text."""
    found = read_metadata(text, ())
    for field in fields(found):
        value = getattr(found, field.name)
        for one in value if isinstance(value, tuple) else [value]:
            assert one is None or 0 <= one.start < one.end <= len(text)
    for one in (found.title, found.school):
        assert one is None or "".join(text[one.start : one.end].split()) == "".join(one.value.split())


@pytest.mark.shared
@pytest.mark.skipif(not REPORTS.exists(), reason="needs the reports beside the project")
@pytest.mark.parametrize("kind", ["vocational", "government"])
def test_real_reports(kind: str) -> None:
    """Every value of the real reports is as a person reads it."""
    with (ROOT / "benchmarks" / "metadata_expected.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["file"].startswith(kind)]
    assert rows
    for row in rows:
        (report,) = read_path(REPORTS / row.pop("file")).reports
        got = {name: str(value) for name, value in values(report.metadata).items() if name != "region"}
        region = report.metadata.region
        assert region is not None
        got["region"] = "/".join(part or "" for part in (region.value.province, region.value.city, region.value.county))
        assert {name: got.get(name, "-") for name in row} == row
