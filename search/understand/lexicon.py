"""English words and phrases to Chinese ones: the glossary, CC-CEDICT turned round, and words aligned in parallel text.

Keys are lower-case words in the singular, parted by blanks, hyphens dissolved. `search/data/README.md` says where the
two word lists come from and under which licences.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from corpus.fold import fold
from corpus.glossary import glossary
from search.understand.english import singular, words

_DATA = Path(__file__).parents[1] / "data"

ALIAS = 0.7
"""What a glossary alias counts beside the term's own name: some aliases are wider words."""

Weighted = dict[str, float]


@dataclass(frozen=True, slots=True)
class WordList:
    """Lines of `english<TAB>chinese weight<TAB>...`, parsed when they are asked for."""

    lines: dict[str, str] = field(repr=False)

    def __contains__(self, key: object) -> bool:
        return key in self.lines

    def get(self, key: str) -> Weighted:
        """Chinese words for a key with their weights, {} for an unknown key."""
        line = self.lines.get(key)
        pairs = (entry.rsplit(" ", 1) for entry in line.split("\t")) if line else ()
        return {word: float(weight) for word, weight in pairs}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All three sources; weights inside each are between 0 and 1."""

    terms: dict[str, Weighted] = field(repr=False)
    """Glossary names."""
    dictionary: WordList
    """Senses of a general dictionary."""
    alignment: WordList
    """Words that stand for each other in translated sentences."""

    def __contains__(self, key: object) -> bool:
        return key in self.terms or key in self.dictionary or key in self.alignment


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once (about 0.1 s)."""
    return Lexicon(_glossary_terms(), _word_list("dictionary.tsv.gz"), _word_list("alignment.tsv.gz"))


def key_of(phrase: Iterable[str]) -> str:
    """The key of a phrase given as words."""
    return " ".join(singular(word) for part in phrase for word in part.split("-") if word)


def _glossary_terms() -> dict[str, Weighted]:
    found: dict[str, Weighted] = {}
    for term in glossary():
        for place_en, english in enumerate(term.names_en):
            weights = found.setdefault(key_of(words(fold(english))), {})
            for place_zh, chinese in enumerate(term.names_zh):
                weight = ALIAS ** (bool(place_en) + bool(place_zh))
                weights[fold(chinese)] = max(weight, weights.get(fold(chinese), 0.0))
    found.pop("", None)
    return found


def _word_list(name: str) -> WordList:
    text = gzip.decompress((_DATA / name).read_bytes()).decode("utf-8")
    return WordList(dict(line.split("\t", 1) for line in text.splitlines()))
