"""Kinds and levels of reports that questions speak of."""

from __future__ import annotations

import pytest

from corpus.fold import fold
from search.understand.kinds import kind_readings


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("浙江省政府工作报告提出的目标", {"kind:政府工作报告"}),
        ("市级质量年报里双师型教师比例", {"kind:质量年报", "level:city"}),
        ("各省政府工作报告怎么说职业教育", {"kind:政府工作报告", "level:province"}),
        ("区里的中职质量报告讲了什么问题", {"kind:质量年报", "level:district"}),
        ("学校层面的工作总结里有哪些安全措施", {"kind:工作总结", "level:school"}),
        ("学校今年的工作计划", {"kind:工作计划"}),
        ("what the government work report says about jobs", {"kind:政府工作报告"}),
        ("county-level annual quality reports", {"kind:质量年报", "level:district"}),
        ("provincial government work reports", {"kind:政府工作报告", "level:province"}),
        ("省级课题有几项", set()),
        ("学校有多少学生", set()),
        ("how many students report to school", set()),
    ],
)
def test_kinds_and_levels_are_read(question: str, expected: set[str]) -> None:
    """A level counts where it says whose report is meant, not where it says what a project is."""
    assert {f"{reading.field}:{reading.value}" for reading in kind_readings(fold(question))} == expected
