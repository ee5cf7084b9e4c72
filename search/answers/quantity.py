"""Which figures of a text are quantities, and not numbers of headings, cases, plans or fixed words."""

from __future__ import annotations

import re

from search.answers.values import Value

_NUMBERED = re.compile(r"(?:案例|例|表|图|附件|附表|第|卷|编号|文号|no\.?)\s*[\d.\-—]*$")
_LEAD = re.compile(r"(?:[数量额次值率比分计共达到为约近超过有是的至]|左右|以上|[:：])\s*$")
"""What stands before a figure without a unit that is a quantity all the same: 培训人次达5727."""
_FIXED = re.compile(
    r"[唯每同另某各任这那第之统独单专同唯再首]$|第[一二三四五六七八九十]+[个大]?$|十[一二三四五六七八九]五$"
)
_NAMED_AFTER = re.compile(r"\s*(?:规划|计划|行动|方案|工程|中心|战略|制|联动|融合|一体|合一|[+＋xX×])")
_ORDERING = frozenset("期级届类本线体把起部层步批流等次")
"""Units that with Chinese numerals mostly tell which one (二期工程, 一级, 二类), not how many."""


def is_quantity(text: str, value: Value, unit: str = "") -> bool:
    """Whether a figure of a folded text counts or measures something; `unit` is the measure word asked for."""
    before, after = text[: value.start], text[value.end :]
    if _NUMBERED.search(before) or after.lstrip().startswith(("+", "＋")):
        return False
    if value.worded:
        return _is_worded_quantity(value, before, after, unit)
    if not value.unit and value.kind == "none":
        return bool(_LEAD.search(before)) and not _is_quoted(before, after)
    return True


def _is_worded_quantity(value: Value, before: str, after: str, unit: str) -> bool:
    if value.unit == unit and not _FIXED.search(before):
        return True
    fixed = _FIXED.search(before) or _NAMED_AFTER.match(after) or _is_quoted(before, after)
    return not fixed and value.number > 1 and value.unit not in _ORDERING


def _is_quoted(before: str, after: str) -> bool:
    opened = max(before.rfind("“"), before.rfind('"'))
    return opened > before.rfind("”") and 0 <= after.find("”") < 12
