"""A question with its slips mended, in the light of what the reports and the word lists know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache

from corpus.fold import fold
from corpus.gazetteer import english_names, resolve
from corpus.glossary import glossary, synonyms
from corpus.mentions import Mention
from search.understand.english import FUNCTION_WORDS, known_form, singular
from search.understand.lexicon import lexicon
from search.understand.spelling import ChineseSpelling, EnglishSpelling

_WORD = re.compile(r"(?<![A-Za-z\d'’+])[A-Za-z]+(?![A-Za-z\d'’+])")
_COMMON, _ALIGNED, _LISTED = 3.0, 2.0, 1.0
"""How common a word of the glossary, of the aligned sentences and of the dictionary is taken to be."""


class Mending:
    """Mends questions about one index.

    `names` are names of schools and places that its reports have; `occurs` says whether they use a folded phrase,
    `pronounced` whether a word is the pinyin of one of their names.
    """

    def __init__(
        self, names: Iterable[str], *, occurs: Callable[[str], bool], pronounced: Callable[[str], Sequence[str]]
    ) -> None:
        self._names = tuple(map(fold, names))
        self._occurs = occurs
        self._pronounced = pronounced
        self._knows = lru_cache(maxsize=8192)(self._is_known)

    def mended(self, question: str, named: Sequence[Mention]) -> str:
        """The question with its slips mended, outside of the names that are known."""
        text = self._in_chinese(question, named)
        return _WORD.sub(lambda match: self._word(match, named), text)

    def _in_chinese(self, question: str, named: Sequence[Mention]) -> str:
        folded = fold(question)
        mended = self._chinese.mend(folded)
        free = [not any(m.start <= at < m.end for m in named) for at in range(len(question))]
        return "".join(
            new if new != old and may else kept
            for kept, old, new, may in zip(question, folded, mended, free, strict=True)
        )

    def _word(self, match: re.Match[str], named: Sequence[Mention]) -> str:
        word = match.group()
        if any(m.start <= match.start() < m.end for m in named) or self._knows(word):
            return word
        tried = ((form, self._english.mend(form)) for form in (word.lower(), singular(word.lower())))
        meant = next((near for form, near in tried if near != form), None)
        if meant is None:
            return word
        return meant.capitalize() if word[0].isupper() else meant

    def _is_known(self, word: str) -> bool:
        folded = fold(word)
        return (
            folded in FUNCTION_WORDS
            or known_form(folded, lexicon()) is not None
            or self._occurs(folded)
            or bool(self._pronounced(folded))
            or bool(resolve(word))
        )

    @cached_property
    def _chinese(self) -> ChineseSpelling:
        terms = {fold(name) for term in glossary() if term.kind != "place" for name in term.names_zh}
        terms |= {fold(word) for group in synonyms() for word in group}
        return ChineseSpelling(terms | set(self._names), self._occurs)

    @cached_property
    def _english(self) -> EnglishSpelling:
        words = lexicon()
        known = {word: _LISTED for word in words.dictionary.lines if word.isalpha()}
        known |= {word: _ALIGNED for word in words.alignment.lines if word.isalpha()}
        known |= {part: _COMMON for term in words.terms for part in term.split() if part.isalpha()}
        known |= {fold(name): _COMMON for place in self._names for name in english_names(place)}
        return EnglishSpelling(known)
