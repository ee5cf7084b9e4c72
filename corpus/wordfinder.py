"""Finds many words in a text at once; the only file that imports ahocorasick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol


class _Automaton(Protocol):
    def iter(self, text: str) -> Iterator[tuple[int, str]]:
        """The last position and the word of every occurrence."""
        ...


class WordFinder:
    """A set of words, made once, to be found in any number of texts."""

    def __init__(self, words: Iterable[str]) -> None:
        from ahocorasick import Automaton  # type: ignore[import-not-found]  # a C module without stubs

        automaton = Automaton()
        for word in words:
            if word:
                automaton.add_word(word, word)
        self._automaton: _Automaton | None = automaton if len(automaton) else None
        if len(automaton):
            automaton.make_automaton()

    def occurrences(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a word stands in the text, overlapping ones too, by their ends."""
        if self._automaton is not None:
            for last, word in self._automaton.iter(text):
                yield last + 1 - len(word), last + 1

    def longest(self, text: str) -> Iterator[tuple[int, int]]:
        """Where words stand, leftmost and longest first, without overlap."""
        reached = 0
        for start, end in sorted(self.occurrences(text), key=lambda span: (span[0], -span[1])):
            if start >= reached:
                yield start, end
                reached = end
