"""English questions to Chinese concepts, so that words can be matched across the languages.

A dictionary offers many Chinese words for an English one, most of them wrong here. Those that no report uses are
dropped, longer phrases win over their words, and what several sources agree on weighs more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from search.records import Concept
from search.understand.english import FUNCTION_WORDS, forms, words
from search.understand.lexicon import Lexicon, Weighted, key_of

PINYIN = 0.9
"""What a name found by its pinyin counts."""
LONGEST_PHRASE = 7
KEPT = 8192
"""Words, and as many phrases, whose translations are kept."""
MOST_FORMS = 6
SYLLABLE = 6
"""Letters of the longest syllable of pinyin (zhuang)."""

DICTIONARY, ALIGNMENT = 0.35, 1.0
"""What the best word of each list counts beside a glossary term, which counts 1."""

LONE = 0.4
"""What a translation of one character counts: it stands inside too many other words."""

_DIGITS = "一二三四五六七八九十"
_NUMERALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_FIGURE = re.compile(r"\d[\d.,]*%?")

Forms = tuple[tuple[str, float], ...]
"""Words of reports with how well each stands for what is asked, the best first."""

Frequency = Callable[[str], int]
"""In how many passages all the terms of a Chinese word or phrase can be found, at most; 0 when some never occurs."""


class Translator:
    """Translates with one lexicon for one corpus; what words and phrases give is kept, some 0.5 kB each."""

    def __init__(
        self, lexicon: Lexicon, frequency: Frequency, pronounced: Callable[[str], Sequence[str]] = lambda _: ()
    ) -> None:
        """`pronounced` gives the Chinese names that a word may be the pinyin of."""
        self.lexicon = lexicon
        self.frequency = frequency
        self.pronounced = pronounced
        self._single = lru_cache(maxsize=KEPT)(self._of_word)
        self._phrase = lru_cache(maxsize=KEPT)(self._of_phrase)

    def concepts(self, folded: str) -> tuple[Concept, ...]:
        """What the English words of a folded question speak of, in its order."""
        return tuple(self._scan(_parted(words(folded))))

    def _scan(self, tokens: list[str]) -> Iterator[Concept]:
        at = 0
        while at < len(tokens):
            length, concept = self._longest(tokens, at)
            if concept is not None:
                yield concept
            at += length

    def _longest(self, tokens: list[str], at: int) -> tuple[int, Concept | None]:
        for length in range(min(LONGEST_PHRASE, len(tokens) - at), 1, -1):
            phrase = tokens[at : at + length]
            if phrase[0] in FUNCTION_WORDS or phrase[-1] in FUNCTION_WORDS:
                continue
            forms = self._phrase(key_of(phrase)) or self._apart(phrase)
            if forms:
                return length, Concept(" ".join(phrase), forms, weight=_phrase_weight(phrase))
        return 1, self._single(tokens[at])

    def _apart(self, phrase: list[str]) -> Forms:
        """A name whose syllables are written one by one (Qian Dao Hu)."""
        syllables = all(len(word) <= SYLLABLE and word.isalpha() and word not in FUNCTION_WORDS for word in phrase)
        strange = len(phrase) > 2 or not any(form in self.lexicon for form in forms(phrase[0]))
        return self._name("".join(phrase)) if syllables and strange else ()

    def _of_phrase(self, key: str) -> Forms:
        found = dict(self.lexicon.terms.get(key, {}))
        for offered in (self.lexicon.dictionary.get(key), self.lexicon.alignment.get(key)):
            for word, weight in offered.items():
                found[word] = max(found.get(word, 0.0), 0.8 * weight)
        return self._fitting(found)

    def _of_word(self, word: str) -> Concept | None:
        if word in FUNCTION_WORDS:
            return None
        name = word.removesuffix("'s")
        found = self._fitting(self._word(word)) or self._name(name)
        return Concept(word, found) if found else None

    def _name(self, word: str) -> Forms:
        """Names of the reports that a word or several written as one may be the pinyin of."""
        return self._fitting(dict.fromkeys(self.pronounced(word), PINYIN))

    def _word(self, word: str) -> Weighted:
        if word in _NUMERALS:
            return {_DIGITS[_NUMERALS.index(word)]: 0.3}
        if word in _ORDINALS:
            return {f"第{_DIGITS[_ORDINALS.index(word)]}": 0.5}
        if any(character.isdigit() for character in word):
            return {word: 1.0}
        offered = (self._offered(form) for form in forms(word) if form in self.lexicon)
        found = next((one for one in offered if self._fitting(one)), {})
        if self.frequency(word):
            found[word] = 1.0
        return found

    def _offered(self, key: str) -> Weighted:
        found = dict(self.lexicon.terms.get(key, {}))
        _merge(found, self.lexicon.alignment.get(key), ALIGNMENT)
        _merge(found, self.lexicon.dictionary.get(key), DICTIONARY)
        return found

    def _fitting(self, offered: Weighted) -> Forms:
        used = [
            (word, weight * (LONE if len(word) == 1 and not word.isascii() else 1.0))
            for word, weight in offered.items()
            if self.frequency(word)
        ]
        best = sorted(used, key=lambda form: -form[1])[:MOST_FORMS]
        return tuple((word, min(1.0, weight)) for word, weight in best)


def _merge(found: Weighted, offered: Weighted, scale: float) -> None:
    top = max(offered.values(), default=1.0)
    for word, weight in offered.items():
        found[word] = found.get(word, 0.0) + scale * weight / top


def _phrase_weight(phrase: list[str]) -> float:
    content = sum(word not in FUNCTION_WORDS for word in phrase)
    return min(2.0, 1.0 + 0.25 * (content - 1))


def _parted(tokens: list[str]) -> list[str]:
    return [part for token in tokens for part in (token.split("-") if not _FIGURE.match(token) else [token]) if part]
