"""Chinese questions put into rough English, word by word, through the glossary and CC-CEDICT.

The grammar stays Chinese and some words are wrong; what counts is that an English word comes to mean a Chinese
passage where nobody has written an English question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from encoder.datafiles import columns

_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]|（[^）]*）")
_LEADING = re.compile(r"^(?:to be|to|a|an|the|classifier for|variant of|see)\s+", re.IGNORECASE)
_FUNCTION = {
    "的": "", "了": "", "是": "is", "吗": "", "呢": "", "在": "in", "于": "in", "和": "and", "与": "and", "及": "and",
    "有": "have", "什么": "what", "哪": "which", "哪些": "which", "哪个": "which", "哪里": "where", "谁": "who",
    "多少": "how many", "几": "how many", "何时": "when", "什么时候": "when", "为什么": "why", "为何": "why",
    "怎么": "how", "如何": "how", "怎样": "how", "被": "by", "由": "by", "其": "its", "他": "he", "她": "she",
    "？": "?", "，": ",", "、": ",", "《": '"', "》": '"', "年": "year", "不": "not", "到": "to", "从": "from",
}  # fmt: skip
LONGEST_WORD = 8
"""Characters of a word that is looked up, at most."""
LONGEST = 40
"""Characters of a gloss that can stand for a word in a question."""


def glosses(folder: Path) -> dict[str, str]:
    """Word to its short English; the project's glossary wins over the dictionary, short glosses over long ones."""
    found: dict[str, str] = {}
    for row in columns(folder, "cedict_glosses.tsv"):
        if len(row) == 2:
            gloss = _plain(row[1])
            if gloss and len(gloss) <= LONGEST and not gloss.startswith("surname"):
                found.setdefault(row[0], gloss)
    for row in columns(folder, "glossary.tsv"):
        if row[0] != "zh":
            found[row[0]] = row[1]
    return found | _FUNCTION


def in_rough_english(text: str, glosses: Mapping[str, str], rng: np.random.Generator, *, share: float = 1.0) -> str:
    """`share` of the words in English; what no dictionary has goes into pinyin half of the time (names do)."""
    from pypinyin import lazy_pinyin

    words = []
    for word in _words(text, glosses):
        if rng.random() > share:
            words.append(word)
        elif word in glosses:
            words.append(glosses[word])
        elif not word.isascii() and rng.random() < 0.5:
            words.append("".join(lazy_pinyin(word)).capitalize())
        else:
            words.append(word)
    return re.sub(r"\s+([?,.])", r"\1", " ".join(word for word in words if word.strip())).strip()


def _words(text: str, known: Mapping[str, str]) -> Iterator[str]:
    """Cuts from the left, the longest known word each time; what is unknown goes on together."""
    unknown = ""
    at = 0
    while at < len(text):
        word = next((text[at:end] for end in range(at + LONGEST_WORD, at, -1) if text[at:end] in known), "")
        if not word:
            unknown += text[at]
            at += 1
            continue
        if unknown:
            yield unknown
            unknown = ""
        yield word
        at += len(word)
    if unknown:
        yield unknown


def _plain(gloss: str) -> str:
    return _LEADING.sub("", _BRACKETS.sub("", gloss).split(";")[0].split(",")[0].strip()).strip()
