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


def _english(value: Value) -> str:
    amount = _amount(value.number)
    match value.kind:
        case "money":
            return f"{amount} yuan" if value.unit == "元" else f"{amount} US dollars" if value.unit == "美元" else ""
        case "percent":
            return value.text if value.unit == "%" else f"{amount} percentage points"
        case "people":
            return f"{amount} person-times" if value.unit == "人次" else amount
        case "area":
            return f"{amount} square metres" if value.unit in {"平方米", "平米", "平方", "㎡"} else ""
        case "ratio":
            return value.text
        case _:
            return amount


def _amount(number: float) -> str:
    if number >= 1_000_000:
        return f"{number / 1_000_000:.6g} million".replace("e+0", "e")
    return f"{number:,.10g}"


def larger(name: str, language: Language) -> str:
    """The verdict of a comparison, ready for the sides to follow."""
    return f"{name}更高（多）。" if language == "zh" else f"{name} is higher. "
