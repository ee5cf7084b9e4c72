"""Recognises figures with their units in running text and table cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

UnitKind = Literal["people", "money", "percent", "area", "weight", "time", "ratio", "things", "date", "none"]

_PEOPLE = ("人次", "人", "名", "位", "员")
_MONEY = ("元", "美元", "块钱")
_PERCENT = ("%", "个百分点", "百分点", "‰")
_AREA = ("平方米", "平方公里", "平方", "平米", "㎡", "亩", "公顷")
_WEIGHT = ("公斤", "千克", "斤", "吨")
_TIME = ("周年", "年", "个月", "个学期", "学期", "天", "小时", "学时", "课时", "分钟", "周", "岁", "个工作日")
_THINGS = (
    *"个家所项篇台套册幅件节门次场期米吨对组支类种本部条届处座间张班批辆户块份枚级分款棵颗艘架只栋幢层片株例起把段轮站胜负",
    *("场次", "公里", "千米", "学分", "连胜", "工位", "千瓦时", "千瓦", "兆瓦", "标箱"),
    *("立方米", "航次", "列", "峰", "匹", "微克/立方米", "微克", "毫克", "克", "度"),
)
_KINDS: dict[str, UnitKind] = {
    **dict.fromkeys(_THINGS, "things"),
    **dict.fromkeys(_PEOPLE, "people"),
    **dict.fromkeys(_MONEY, "money"),
    **dict.fromkeys(_PERCENT, "percent"),
    **dict.fromkeys(_AREA, "area"),
    **dict.fromkeys(_WEIGHT, "weight"),
    **dict.fromkeys(_TIME, "time"),
    "倍": "ratio",
}
_UNITS = "|".join(map(re.escape, sorted(_KINDS, key=len, reverse=True)))
_MAGNITUDES = {
    "十": 10, "百": 100, "千": 1_000, "万": 10_000, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_SCALE = "|".join(sorted(_MAGNITUDES, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d\s*年(?:度|底|末|初)?(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?(?![内里多余来间])"
_DATE = rf"(?P<date>{_YEAR}|\d{{1,2}}\s*月(?:份|\s*\d{{1,2}}\s*日)?)"
_RATIO = r"(?P<ratio>\d+(?:\.\d+)?\s*[:：]\s*\d+(?:\.\d+)?)"
_RANGE = (
    rf"(?P<low>(?!(?:19|20)\d\d\D)\d+(?:\.\d+)?)\s*(?:{_SCALE})?(?:{_UNITS})?\s*[—~～-]{{1,2}}\s*"
    rf"\d+(?:\.\d+)?\s*(?P<to>{_SCALE})?(?P<of>{_UNITS})"
)
_FIGURE = (
    rf"(?P<figure>-?\d[\d,]*(?:\.\d+)?)\s*(?:余|多)?(?P<scale>{_SCALE})?(?P<about>余|多|来)?\s*(?P<unit>{_UNITS})?"
)
_TENTHS = r"成(?![立长为果绩员功熟套就效品交])"
_WORDS = rf"(?P<words>[一二两三四五六七八九十百]+)(?P<more>余|多|来)?(?P<counter>{_UNITS}|{_TENTHS})"
_DOUBLED = r"翻了?(?P<doublings>[一两])番"
_DIGITS = "一二两三四五六七八九"
_VALUE = re.compile(
    rf"{_DATE}|{_DOUBLED}|{_RATIO}|(?<![a-z0-9.+第—-]){_RANGE}|(?<![a-z0-9.+第—-]){_FIGURE}|(?<![第十{_DIGITS}]){_WORDS}"
)
_REFERENCE = re.compile(r"\s*(?:号|〕|\])")
"""What follows a figure that is part of a document's number, 教职成〔2010〕12号."""
_CHINESE_DIGITS = dict(zip(_DIGITS, (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


@dataclass(frozen=True, slots=True)
class Value:
    """A figure in a text: `start` and `end` are relative to that text and take in scale and unit ("656.73万元")."""

    text: str
    start: int
    end: int
    number: float
    """As a plain number, scale applied: 656.73万元 is 6,567,300; of a range ("4.5%—5%") the lower end."""
    unit: str
    """As written, without scale; "" if none follows."""
    kind: UnitKind
    worded: bool = False
    """Written in Chinese numerals."""


def values(folded: str) -> Iterator[Value]:
    """All figures of a folded text, from left to right; dates are values of kind "date"."""
    for match in _VALUE.finditer(folded):
        if match["date"]:
            yield Value(match.group(), *match.span(), float(_digits(match.group())), "", "date")
        elif match["ratio"]:
            yield Value(match.group(), *match.span(), _quotient(match["ratio"]), "", "ratio")
        elif match["doublings"]:
            times = 4.0 if match["doublings"] == "两" else 2.0
            yield Value(match.group(), *match.span(), times, "", "ratio", worded=True)
        elif match["low"]:
            number = float(match["low"]) * _MAGNITUDES.get(match["to"] or "", 1)
            yield Value(match.group(), *match.span(), number, match["of"], _KINDS[match["of"]])
        elif match["figure"]:
            if _REFERENCE.match(folded[match.end() :]) or folded[: match.start()].endswith(("〔", "[")):
                continue
            number = float(match["figure"].replace(",", "").rstrip(".") or 0) * _MAGNITUDES.get(match["scale"] or "", 1)
            unit = match["unit"] or ""
            yield Value(match.group().strip(), *_trim(match), number, unit, _KINDS.get(unit, "none"))
        else:
            unit, number = match["counter"], chinese_number(match["words"])
            if unit == "成":
                yield Value(match.group(), *match.span(), 10 * number, unit, "percent", worded=True)
            else:
                yield Value(match.group(), *match.span(), number, unit, _KINDS[unit], worded=True)


@lru_cache(maxsize=8192)
def first_value(folded: str) -> Value | None:
    """The first figure of a folded text, None if it has none; kept for the cells of tables, some 0.3 kB each."""
    return next(values(folded), None)


def chinese_number(words: str) -> float:
    """The number that numerals up to 999 stand for: 二十四 is 24.

    >>> chinese_number("二十四")
    24.0
    """
    total, digit = 0, 0
    for character in words:
        if character in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[character]
        else:
            total += (digit or 1) * _MAGNITUDES[character]
            digit = 0
    return float(total + digit)


def unit_kind(unit: str) -> UnitKind:
    """What a unit measures; "none" where it is not known."""
    return _KINDS.get(unit, "none")


def unit_at(folded: str) -> str:
    """The unit that a text begins with, "" if none."""
    found = re.match(rf"\s*(?:{_SCALE})?({_UNITS})", folded)
    return found[1] if found else ""


def _trim(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), match.start() + len(match.group().rstrip())


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)[:4] or "0"


def _quotient(ratio: str) -> float:
    left, right = re.split(r"[:：]", ratio)
    return float(left) / (float(right) or 1.0)
