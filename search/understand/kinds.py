"""Which kind and level of report a question speaks of: 政府工作报告, 市级年报, county-level reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from search.records import Reading

_REPORT = r"(?:报告|年报|总结|计划|要点)"
_REPORTS = r"(?:reports?|summar(?:y|ies)|plans?)(?![a-z])"

_KINDS = (
    ("政府工作报告", r"政府(?:的)?(?:年度)?工作?报告|government(?:'s)? (?:annual )?(?:work )?reports?"),
    (
        "质量年报",
        r"质量(?:年度)?(?:年报|报告)|年度(?:教育)?质量报告|年报|(?:annual |quality ){1,3}(?:annual )?reports?",
    ),
    ("工作总结", r"工作总结|年度总结|(?:work|annual|year-end) summar(?:y|ies)"),
    ("工作计划", r"工作计划|工作要点|工作安排报告|(?:annual )?work plans?"),
)
_LEVELS = (
    ("school", "学校|校级|各校|院校|本校", "school|college"),
    ("district", "区级|区县级?|县级|各区|区里|县里|县区级?", "county|district"),
    ("city", "市级|地市级?|各市|市里|全市", "city|municipal|prefecture"),
    ("province", "省级|各省|省里|省份|自治区级?", "province|provincial"),
    ("nation", "国家级?|全国性?", "national|nationwide"),
)
_KIND_PATTERNS = tuple((kind, re.compile(rf"(?<![a-z])(?:{pattern})")) for kind, pattern in _KINDS)
_LEVEL_PATTERNS = tuple(
    (
        level,
        re.compile(
            rf"(?P<zh>{chinese})(?:层面|一级)?的?(?:中等?职业?(?:教育|学校)?|职业教育|教育|政府|质量|年度|工作)*{_REPORT}"
            rf"|(?<![a-z])(?P<en>{english})(?:[- ]level)?(?:'s)? (?:[a-z-]+ ){{0,4}}{_REPORTS}"
        ),
    )
    for level, chinese, english in _LEVELS
)

Field = Literal["kind", "level"]


def kind_readings(folded: str) -> Iterator[Reading]:
    """The kinds, then the levels of report that a folded question in either language names."""
    taken = [False] * len(folded)
    for kind, pattern in _KIND_PATTERNS:
        for match in pattern.finditer(folded):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * len(match.group())
                yield Reading("kind", kind, match.group())
    for level, pattern in _LEVEL_PATTERNS:
        found = pattern.search(folded)
        if found:
            yield Reading("level", level, found["zh"] or found["en"])
