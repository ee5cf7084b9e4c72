"""Recognise the number that a heading begins with: which family it belongs to and what it counts.

A *family* is a way of writing numbers ("一、", "（一）", "1.1", "第章"); the families' order, which one stands under
which, is no business of this module: `corpus.sections` reads it from the document.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import lru_cache

CN = "一二三四五六七八九十百〇零"
ROMAN = {"I": 1, "V": 5, "X": 10}
CASE, TABLE, FIGURE = "案例", "表", "图"

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_SIGNS = {  # signs that are a number in one character: family and the sign for 1
    range(0x2460, 0x2474): "①",
    range(0x2474, 0x2488): "⑴",
    range(0x2488, 0x249C): "⒈",
    range(0x2776, 0x2780): "❶",
    range(0x3220, 0x322A): "㈠",
    range(0x2160, 0x216C): "Ⅰ",
}
_LONGEST = 40  # characters that a number and the blanks and marks behind it may take
_LABEL = rf"(?:\d{{1,2}}|[{CN}]{{1,3}})(?:\s?[-–—－.．]\s?(?:\d{{1,2}}|[{CN}]{{1,3}}(?=[】\]〕］\s:：]))){{0,2}}"
_UNITS = "万亿%％‰倍元余多年月日℃"
_MEASURES = "次个人名所项台册间亩吨米分课节位条件"
_QUANTITY = rf"(?![{_UNITS}]|[{_MEASURES}]{{1,2}}[，。；、,;）)])"  # "1.3次。" counts, it heads nothing
_NAME = r"\s?[+＋]|[DG](?![a-z])"  # 1+X, 3D, 5G: a name that begins with a digit
_ALIKE = ({"1.", "1、", "1 ", "⒈"}, {"（1）", "1）", "⑴"}, {"一、", "一）"}, {"（一）", "㈠"})
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "part",
        re.compile(rf"第\s?([{CN}]{{1,5}}|\d{{1,3}}|[IVXⅠ-Ⅻ]{{1,4}})\s?(部分|编|篇|章|节|条|单元|讲)[\s:：、.．]*"),
    ),
    ("caption", re.compile(rf"附?(图表|表|图|Table|Figure|Fig\.)\s?({_LABEL})(?![\d年月日个号点])[\s:：、.．]*")),
    (
        "case",
        re.compile(
            rf"(?:[【\[〔［]\s?)?(?:典型|优秀|实践|教学)?(?:案例|专栏)\s?({_LABEL})?\s?([】\]〕］])?[\s:：、.．]*"
        ),
    ),
    ("（一）", re.compile(rf"[（(]\s?([{CN}]{{1,3}})\s?[)）][\s、.．]*")),
    ("（1）", re.compile(r"[（(]\s?(\d{1,2})\s?[)）][\s、.．]*")),
    ("一、", re.compile(rf"([{CN}]{{1,3}})(?:\s?[、.．]\s*|[\s]{{1,2}}(?=\S))")),
    ("一）", re.compile(rf"([{CN}]{{1,3}})\s?[)）][\s、.．]*")),
    (
        "1.1",
        re.compile(rf"(\d{{1,2}}(?:[.．]\d{{1,2}}){{1,5}})(?![\d{_UNITS}])(?!{_NAME}|[:：/]\d)[.．、]?\s*+{_QUANTITY}"),
    ),
    ("1.", re.compile(rf"(\d{{1,3}})\s?[.．](?!\d(?!{_NAME}))\s*")),
    ("1、", re.compile(r"(\d{1,3})\s?、\s*")),
    ("1）", re.compile(r"(\d{1,2})\s?[)）][\s、.．]*")),
    ("1 ", re.compile(rf"(\d{{1,2}})[\s]+(?![\d{_UNITS}])(?=[^\W_]|[“‘《（【])")),
    ("I.", re.compile(r"([IVX]{1,5})[.．、]\s*")),
    ("A.", re.compile(r"([A-HJ-Z])[.．、]\s*(?=[\u4e00-\u9fff“])")),
)
_OPENERS = frozenset("第表图附案典优实教专【[〔［（(０１２３４５６７８９" + CN + string.digits + string.ascii_uppercase)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at the start of a paragraph; what is named ends at `end`, blanks and marks included."""

    family: str
    values: tuple[int, ...]
    shown: str
    """As the tree shows it: "一", "（二）", "1.1", "第三章", "1-2" (a case), "表3"."""
    end: int

    @property
    def last(self) -> int:
        """What the number counts at its own level: 2 in "1.2"."""
        return self.values[-1]

    @property
    def dotted(self) -> bool:
        """True for numbers that repeat their parents' ("1.2", "3.2.1")."""
        return self.family.startswith("1.1")


def parse(text: str) -> Number | None:
    """The number that `text` (without leading blanks) begins with, None when there is none."""
    return _parse(text[:_LONGEST])


@lru_cache(maxsize=1 << 14)
def _parse(text: str) -> Number | None:
    if not text:
        return None
    sign = _sign(text)
    if sign is not None or text[0] not in _OPENERS:
        return sign
    head = text.translate(_FULL_WIDTH)
    for family, pattern in _PATTERNS:
        match = pattern.match(head)
        if match is not None:
            return _number(family, match, text)
    return None


def alike(family: str) -> set[str]:
    """Families that authors mix up in one row of numbers: "1." and "2、"; `family` itself among them."""
    return next((group for group in _ALIKE if family in group), {family})


def chinese(text: str) -> int:
    """The value of a Chinese numeral below 1000 ("十一" is 11), 0 when it is none."""
    total = digit = 0
    for c in text:
        if c == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif c == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif digit and c not in "零〇":
            return 0
        else:
            digit = _DIGITS[c]
    return total + digit


def roman(text: str) -> int:
    """The value of a Roman numeral written with I, V and X."""
    values = [ROMAN[c] for c in text]
    return sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))


def _sign(text: str) -> Number | None:
    code = ord(text[0])
    if code < 0x2160 or code > 0x322A:
        return None
    for codes, family in _SIGNS.items():
        if code in codes:
            rest = re.match(r"[\s、.．]*", text[1:20])
            return Number(family, (code - codes.start + 1,), text[0], 1 + (rest.end() if rest else 0))
    return None


def _number(family: str, match: re.Match[str], text: str) -> Number | None:
    if family == "part":
        return _part(match)
    if family == "caption":
        return _caption(match)
    if family == "case":
        return _case(match)
    raw = match.group(1)
    values = tuple(_value(part) for part in raw.split("."))
    if 0 in values or values[0] > 200:
        return None
    if family == "1.1":
        family = ".".join("1" * len(values))
    bracketed = family in {"（一）", "（1）", "一）", "1）"}
    shown = re.sub(r"[\s、.．]+$", "", text[: match.end()]) if bracketed else text[match.start(1) : match.end(1)]
    return Number(family, values, re.sub(r"\s", "", shown), match.end())


def _part(match: re.Match[str]) -> Number | None:
    value = _value(match.group(1))
    shown = re.sub(r"\s", "", match.string[: match.end(2)])
    return Number(f"第{match.group(2)}", (value,), shown, match.end()) if value else None


def _caption(match: re.Match[str]) -> Number:
    family = FIGURE if match.group(1) in {"图", "Figure", "Fig."} else TABLE
    shown = re.sub(r"\s", "", match.string[: match.end(2)])
    return Number(family, _values(match.group(2)), shown, match.end())


def _case(match: re.Match[str]) -> Number | None:
    bracket = match.string[0] in "【[〔［"
    if bracket != bool(match.group(2)) or not (bracket or match.group(1)):
        return None
    label = match.group(1) or ""
    return Number(CASE, _values(label), re.sub(r"\s", "", label), match.end())


def _values(label: str) -> tuple[int, ...]:
    return tuple(_value(part) for part in re.split(r"[-–—－.．]", label.replace(" ", "")) if part) or (0,)


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text[0] in ROMAN:
        return roman(text)
    if "Ⅰ" <= text[0] <= "Ⅻ":
        return ord(text[0]) - ord("Ⅰ") + 1
    return chinese(text)
