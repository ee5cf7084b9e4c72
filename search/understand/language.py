"""Which language a question is asked in."""

from __future__ import annotations

import re

from search.records import Language

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’]+")

HAN_IN_A_WORD = 2
"""Chinese characters that weigh as much as one English word: the mean length of a Chinese word."""


def language(question: str) -> Language:
    """Chinese or English, by which of the two has more words; a lone name in the other script changes nothing."""
    han, latin = len(_HAN.findall(question)), len(_LATIN.findall(question))
    return "en" if latin * HAN_IN_A_WORD > han else "zh"
