"""Provinces by their one-character names (桂, 苏浙), and groups of them (京津冀, the Yangtze delta)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.fold import fold
from corpus.localities import localities, short_name

_LETTERS = {
    "京": "北京", "津": "天津", "沪": "上海", "渝": "重庆", "冀": "河北", "晋": "山西", "辽": "辽宁", "吉": "吉林",
    "黑": "黑龙江", "苏": "江苏", "浙": "浙江", "皖": "安徽", "闽": "福建", "赣": "江西", "鲁": "山东", "豫": "河南",
    "鄂": "湖北", "湘": "湖南", "粤": "广东", "琼": "海南", "川": "四川", "蜀": "四川", "黔": "贵州", "贵": "贵州",
    "滇": "云南", "云": "云南", "陕": "陕西", "秦": "陕西", "甘": "甘肃", "陇": "甘肃", "青": "青海", "藏": "西藏",
    "桂": "广西", "蒙": "内蒙古", "宁": "宁夏", "新": "新疆", "港": "香港", "澳": "澳门", "台": "台湾",
}  # fmt: skip
_GROUPS = {
    "东三省": "辽吉黑", "东北三省": "辽吉黑", "长三角": "沪苏浙皖", "长江三角洲": "沪苏浙皖", "江浙沪": "沪苏浙",
    "江浙": "苏浙", "大湾区": "粤港澳", "两广": "粤桂", "两湖": "鄂湘", "成渝": "川渝", "西北五省": "陕甘宁青新",
    "beijing-tianjin-hebei": "京津冀", "jing-jin-ji": "京津冀", "yangtze river delta": "沪苏浙皖",
    "yangtze delta": "沪苏浙皖", "northeast china": "辽吉黑", "northeastern provinces": "辽吉黑",
    "greater bay area": "粤港澳", "zhuang autonomous region": "桂", "hui autonomous region": "宁",
    "uyghur autonomous region": "新", "uygur autonomous region": "新",
}  # fmt: skip
_ALL = "".join(_LETTERS)
_END = r"(?=\s*(?:\d{4}|gdp|去年|今年|前年|明年|[、,，;；?？]|[两二三四五]省|各省|省份|地区|哪|谁|和|与|跟|比|$))"
_START = r"(?:(?<![\u3400-\u9fff])|(?<=[、和与跟比及在]))"
_RUN = re.compile(rf"{_START}[{_ALL}]{{2,6}}{_END}")
_LONE = re.compile(
    rf"{_START}[{_ALL}](?=\s*(?:(?:19|20)\d\d|gdp|去年|今年|前年|省(?![级内外份市]))|[和与跟比、][{_ALL}](?:[谁哪两]|{_END[3:-1]})|[谁哪两])"
)


def abbreviated(folded: str) -> Iterator[tuple[str, str, int]]:
    """Provinces that a folded question names in short: full name, the words, and where they start."""
    for group, letters in _GROUPS.items():
        at = folded.find(group)
        if at >= 0:
            yield from ((_provinces()[letter], group, at) for letter in letters)
    for pattern in (_RUN, _LONE):
        for match in pattern.finditer(folded):
            yield from ((_provinces()[letter], match.group(), match.start()) for letter in match.group())


@cache
def _provinces() -> dict[str, str]:
    """Full names by letter."""
    full = {short_name(place.name): place.name for place in localities() if place.level == "province"}
    return {letter: full.get(name, fold(name)) for letter, name in _LETTERS.items()}
