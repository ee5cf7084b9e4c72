"""The words that wenbao writes itself, in the question's language; quotes stay as they are."""

from __future__ import annotations

import re

from search.answers.values import Value
from search.records import Language

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"((?:19|20)\d\d)\s*年(?:\s*(\d{1,2})\s*月)?(?:\s*(\d{1,2})\s*日)?")


def figure(value: Value, written: str, language: Language) -> str:
    """A figure as the answer names it: as written, for English also in English ("6.5673 million yuan (656.73万元)")."""
    if language == "zh":
        return written
    english = _english(value)
    return f"{english} ({written})" if english and english != written else written


def colon(language: Language) -> str:
    """Between a label and what it labels."""
    return "：" if language == "zh" else ": "


def comma(language: Language) -> str:
    """Between two labels."""
    return "，" if language == "zh" else ", "


def aside(text: str, language: Language) -> str:
    """A remark in brackets."""
    return f"（{text}）" if language == "zh" else f" ({text})"


def english_date(text: str) -> str:
    """The first date of a text in English ("September 2020"), "" if there is none."""
    found = _DATE.search(text)
    if not found:
        return ""
    year, month, day = found.groups()
    if not month or not 1 <= int(month) <= 12:
        return year
    return " ".join(part for part in (day, _MONTHS[int(month) - 1], year) if part)


_NAMES: dict[str, dict[str, str]] = {
    "money": {"元": "yuan", "美元": "US dollars"},
    "people": {"人次": "person-times", "人": "", "名": "", "位": "", "员": ""},
    "area": {**dict.fromkeys(("平方米", "平米", "平方", "㎡"), "square metres"), "亩": "mu", "公顷": "hectares"},
    "weight": {"斤": "jin", "公斤": "kg", "千克": "kg", "吨": "tonnes"},
}
"""English for the units of a kind of figure; a figure in another unit of the kind stays as it is written."""


def _english(value: Value) -> str:
    amount = _amount(value.number)
    written = {"percent": value.text if value.unit == "%" else f"{amount} percentage points", "ratio": value.text}
    if value.kind in written:
        return written[value.kind]
    names = _NAMES.get(value.kind)
    if names is None:
        return amount
    return f"{amount} {names[value.unit]}".rstrip() if value.unit in names else ""


def _amount(number: float) -> str:
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if number >= size:
            return f"{number / size:.7g} {name}"
    return f"{number:,.10g}"


def larger(name: str, language: Language) -> str:
    """The verdict of a comparison, ready for the sides to follow."""
    return f"{name}更高（多）。" if language == "zh" else f"{name} is higher. "


_WORKED_OUT = {
    "difference": ("相差", "The difference is"),
    "sum": ("合计", "The total is"),
    "ratio": ("前者是后者的", "The ratio is"),
    "growth": ("变化", "The change is"),
    "average": ("平均", "The average is"),
    "share": ("占", "The share is"),
}


def worked_out(operation: str, formula: str, result: str, language: Language) -> str:
    """What was computed with its formula, ready for the terms to follow: "相差134人（1,234 − 1,100 = 134人）。"."""
    chinese, english = _WORKED_OUT[operation]
    if language == "zh":
        return f"{chinese}{result}（{formula}）。"
    return f"{english} {result} ({formula}). "
