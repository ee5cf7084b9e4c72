"""Lists over tables and reports: rows chosen by their other columns, schools named in other words, who does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from index.records import Index
from search.answers import answer, cell
from search.answers.gathered import named_alike
from search.answers.inquiry import inquire
from search.records import Hit, Query
from tests.search.answers.conftest import Paper, Shelf

Asking = Callable[..., tuple[Query, list[Hit]]]

PAPERS = (
    Paper(
        "南湖市教育局",
        2022,
        (
            ("证书", "全市2所学校没有参加证书试点：南湖市卫生职业学校缺少场地，南湖市体育运动学校缺少考评员。"),
            ("搬迁", "新校园秋季启用，届时能源工业学校、卫生学校整体搬入。"),
        ),
        "南湖市",
        (
            (
                "表1 南湖市中等职业学校名单",
                ("学校名称", "所在", "主要专业"),
                (
                    ("南湖市能源工业学校", "东城区", "风电、焊接"),
                    ("南湖市卫生职业学校", "东城区", "护理、药剂"),
                    ("南湖市商贸职业学校", "西城区", "会计、物流"),
                ),
            ),
        ),
    ),
    Paper("南湖市商贸职业学校", 2022, (("证书", "学校尚未参加证书试点。会计专业在校生最多。"),), "南湖市"),
)


@pytest.fixture(scope="module")
def reports() -> Index:
    return Shelf(PAPERS)


def _names(found: Sequence[str]) -> list[str]:
    return sorted(found)


@pytest.mark.parametrize(
    ("question", "terms", "names"),
    [
        (
            "南湖市有哪些中等职业学校？",
            "南湖市 中等职业学校 名单",
            ["南湖市能源工业学校", "南湖市卫生职业学校", "南湖市商贸职业学校"],
        ),
        ("东城区有哪些中等职业学校？", "东城区 中等职业学校", ["南湖市能源工业学校", "南湖市卫生职业学校"]),
        ("哪些学校要搬入新校园？", "搬入 新校园", ["能源工业学校", "卫生学校"]),
        (
            "哪些学校没有参加证书试点？",
            "参加 证书 试点",
            ["南湖市卫生职业学校", "南湖市体育运动学校", "南湖市商贸职业学校"],
        ),
    ],
)
def test_schools_that_do(reports: Index, asking: Asking, question: str, terms: str, names: list[str]) -> None:
    """All schools that it is said of are items, each cited where it stands, and no other school is."""
    query, hits = asking(reports, question, terms, "list")
    found = answer(query, hits, reports)
    assert _names([item.name for item in found.items]) == _names(names)
    for item in found.items:
        for citation in item.citations:
            assert reports.text(citation.report_id)[citation.start : citation.end] == citation.quote


def test_a_unit_in_the_rows_label_counts_as_one_in_the_heading(asking: Asking) -> None:
    """A table with years in its headings is read as well as the same one turned."""
    turned = (
        "表1 学校情况",
        ("指标", "2021年", "2022年"),
        (("社会培训（人次）", "3120", "3645"), ("占地（亩）", "120", "121")),
    )
    plain = (
        "表1 学校情况",
        ("年份", "社会培训（人次）", "占地（亩）"),
        (("2021年", "3120", "120"), ("2022年", "3645", "121")),
    )
    for table in (turned, plain):
        shelf = Shelf((Paper("南湖市商贸职业学校", 2022, (), "南湖市", (table,)),))
        asked = asking(shelf, "2021年社会培训多少人次？", "2021年 社会 培训 人次", "number")
        best = cell.places(inquire(*asked, shelf))[0]
        assert (best.cell.text, best.fit > 0) == ("3120", True)


def test_a_name_in_signs_is_what_all_must_hold(asking: Asking) -> None:
    """One report's rare verb doesn't leave out the schools that take part in other words."""
    index = Shelf(
        (
            Paper(
                "南湖市教育局", 2022, (("展望", "完善和扩大一体化培养，支持学校积极参与1+X证书制度试点。"),), "南湖市"
            ),
            Paper("南湖市卫生职业学校", 2022, (("证书", "学校继续参加1+X证书试点，新增老年照护证书。"),), "南湖市"),
            Paper("南湖市商贸职业学校", 2022, (("证书", "学校的1+X证书试点增加到两个专业。"),), "南湖市"),
        )
    )
    query, hits = asking(index, "which schools expanded 1+X pilots", "学校 扩大 1+x 试点", "list")
    query = replace(query, terms=query.terms | {"扩大": 2.2})
    (found,) = named_alike(inquire(query, hits, index))
    assert _names([item.name for item in found.reply.items]) == ["南湖市卫生职业学校", "南湖市商贸职业学校"]
