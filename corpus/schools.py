"""How names of schools are made: place, core, type (杭州市 | 中策 | 职业学校)."""

from __future__ import annotations

import re

FULL_TYPES = (
    "职业高级中学",
    "职业中等专业学校",
    "中等职业技术学校",
    "中等职业技术专业学校",
    "中等职业学校",
    "中等专业学校",
    "职业技术教育中心",
    "职业教育中心学校",
    "职业教育中心",
    "职业技术学校",
    "职业技术大学",
    "职业技术学院",
    "职业高中",
    "职业中专",
    "职业中学",
    "职业学校",
    "职业学院",
    "职业大学",
    "高等专科学校",
    "高级技工学校",
    "技工学校",
    "技师学院",
    "高级中学",
    "开放大学",
    "社区学院",
    "职教中心",
    "中学",
    "小学",
    "幼儿园",
    "学校",
    "学院",
    "大学",
)
"""Types that end a full name, longer ones before those they end with."""
SHORT_TYPES = ("中职校", "职高", "职校", "职专", "职中", "技校")

_TYPE = re.compile("|".join(FULL_TYPES))
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_GENERIC = re.compile(
    r"(?:各|全|本|我|该|每|所有|部分|多所|\d+所)?(?:全?[国省市区县校](?:级|属|内|域|辖)?)?"
    r"(?:各类|独立设置的|普通|公办|民办|示范|重点|优质|国家级|中等|高等|初等|中小|成人|特殊教育)*"
    r"(?:职业|职业教育|技工|高职|中职|高职高专)?(?:院校|学校|中学|小学|幼儿园|大学|学院|高中)"
)
_AFTER_NAME = re.compile(
    r"$|[\d（(“—-]|[〇零一二三四五六七八九十]{2,4}年|年度|质量|教育|人才|中等|高等|职业|工作|办学|关于|本科|毕业|自评|章程|信息|学校|财务|预算|决算"
    r"|事业|社会|内部|第|发展|教学|德育|党|学生|教师|实训|就业|招生"
)


def is_generic(name: str) -> bool:
    """Whether a name means schools of a type rather than a school: 中等职业学校, 各职业院校."""
    return _GENERIC.fullmatch(name) is not None


def leading_school(title: str, *, place: int = 0) -> int:
    """Where the school's name with which a title begins ends, 0 if it begins with none.

    `place` is the length of the place's name at the start: 杭州市 | 中等职业学校 names no school.
    """
    run = _HAN.match(title)
    for match in _TYPE.finditer(title, place, run.end() if run else 0):
        name = title[place : match.end()]
        if match.start() == 0 or is_generic(name) or not _AFTER_NAME.match(title, match.end()):
            continue
        return match.end()
    return 0
