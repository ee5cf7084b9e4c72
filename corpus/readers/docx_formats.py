"""How Word writes a list's number: `numFmt` values of ECMA-376 part 1, 17.18.59."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "○一二三四五六七八九"
_COUNTING = "零一二三四五六七八九"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def format_number(value: int, style: str) -> str:
    """The number as Word shows it; an unknown style gives decimal digits, "none" and "bullet" nothing."""
    if style in {"none", "bullet"}:
        return ""
    write = _FORMATS.get(style)
    return write(value) if write and value > 0 else str(value)


def _roman(value: int) -> str:
    written = ""
    for step, letters in _ROMAN:
        count, value = divmod(value, step)
        written += letters * count
    return written


def _letter(value: int) -> str:
    """A to z, then aa, bb, ... as Word has it."""
    turns, place = divmod(value - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def _each_digit(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _spelled(digits: str, units: str) -> Callable[[int], str]:
    """Spelled out up to 9,999; `units` are the signs for ten, hundred, thousand."""

    def write(value: int) -> str:
        if value > 9999:
            return _each_digit(value)
        written, gap = "", False
        for power in (3, 2, 1, 0):
            digit = value // 10**power % 10
            if digit == 0:
                gap = bool(written)
                continue
            written += (digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else "")
            gap = False
        return written

    return write


def _short_ten(write: Callable[[int], str]) -> Callable[[int], str]:
    """十一, not 一十一."""
    return lambda value: write(value)[1:] if 10 <= value < 20 else write(value)


_thousand = _short_ten(_spelled(_COUNTING, "十百千"))


def _counting(value: int) -> str:
    """Spelled out below a hundred, digit by digit from there."""
    return _thousand(value) if value < 100 else _each_digit(value)


def _row(first: str, count: int) -> Callable[[int], str]:
    """Characters that follow each other in Unicode, plain digits beyond the last."""
    return lambda value: chr(ord(first) + value - 1) if value <= count else str(value)


def _circled(value: int) -> str:
    """① to ⑳, ㉑ to ㉟, ㊱ to ㊿."""
    if value <= 20:
        return chr(0x2460 + value - 1)
    if value <= 35:
        return chr(0x3251 + value - 21)
    return chr(0x32B1 + value - 36) if value <= 50 else str(value)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)]


def _full_width(value: int) -> str:
    return str(value).translate({ord("0") + n: 0xFF10 + n for n in range(10)})


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda value: f"- {value} -",
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "chineseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _thousand,
    "japaneseCounting": _thousand,
    "koreanCounting": _thousand,
    "ideographDigital": _each_digit,
    "taiwaneseDigital": _each_digit,
    "japaneseDigitalTenThousand": _each_digit,
    "chineseLegalSimplified": _spelled(_LEGAL_SIMPLIFIED, "拾佰仟"),
    "ideographLegalTraditional": _spelled(_LEGAL_TRADITIONAL, "拾佰仟"),
    "japaneseLegal": _spelled(_LEGAL_TRADITIONAL, "拾佰仟"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "ideographEnclosedCircle": _row("㊀", 10),
}
