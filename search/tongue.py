"""What is told to people in Chinese: failures are written in English where they are raised, and turned here.

`data/messages_zh.tsv` has a line for each English sentence, {} where its values stand, and the same in Chinese with the
values in the same order; a sentence without a line stays English.
"""

from __future__ import annotations

import os
import re
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal

from corpus.errors import WenbaoError

Tongue = Literal["zh", "en"]

MESSAGES = Path(__file__).parent / "data" / "messages_zh.tsv"

FIELDS = {"year": "年份", "region": "地区", "school": "学校", "level": "层级", "kind": "种类", "report": "编号"}
"""Values that are words of the program."""

spoken: ContextVar[Tongue] = ContextVar("spoken", default="en")
"""The language of whoever is being answered."""


def told(error: WenbaoError, tongue: Tongue) -> str:
    """What happened and what to do, in one language."""
    if tongue == "en":
        return str(error)
    return (in_chinese(error.message) + in_chinese(error.remedy)).strip()


def said(text: str) -> str:
    """A sentence in the language that is `spoken`."""
    return in_chinese(text) if spoken.get() == "zh" else text


def in_chinese(text: str) -> str:
    """A sentence in Chinese, or as it is where no line of the table fits."""
    for pattern, chinese in _table():
        match = pattern.fullmatch(text)
        if match:
            return chinese.format(*(FIELDS.get(value, value) for value in match.groups()))
    return text


def accepted(header: str) -> Tongue:
    """Which of the two an Accept-Language header (RFC 9110, 12.5.4) likes best; English where it names neither."""
    liked: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";q=")
        tongue = name.split("-")[0]
        quality = float(weight) if re.fullmatch(r"[01](\.\d{0,3})?", weight) else 1.0
        liked[tongue] = max(liked.get(tongue, 0.0), quality)
    return "zh" if liked.get("zh", 0.0) > liked.get("en", 0.0) else "en"


def of_environment() -> Tongue:
    """Chinese where the locale is (LC_ALL before LC_MESSAGES before LANG, as POSIX has it)."""
    stated = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, stated), "").lower().startswith("zh") else "en"


@cache
def _table() -> list[tuple[re.Pattern[str], str]]:
    """Patterns of the English sentences, those with more words of their own first."""
    lines = [line.split("\t") for line in MESSAGES.read_text(encoding="utf-8").splitlines()]
    lines.sort(key=lambda line: -len(line[0].replace("{}", "")))
    return [(re.compile("(.*?)".join(map(re.escape, english.split("{}"))), re.DOTALL), zh) for english, zh in lines]
