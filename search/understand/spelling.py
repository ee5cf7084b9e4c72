"""Slips of the pen: a wrong character in a name or term, a wrong letter in an English word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from index.words import term_spans
from search.understand.chinese import ASKING
from search.understand.pinyin import syllables

SHORTEST, LONGEST = 3, 12
"""Characters of a Chinese term that is looked for."""
SURE = 4
"""Characters from which on any other one will do; in shorter terms, and for 的 and its like, it must sound alike."""
SHORTEST_WORD, LONG_WORD = 5, 9
"""Letters from which an English word may have one slip, and two."""

_RUN = re.compile(r"[\u3400-\u9fff]{3,}")


class ChineseSpelling:
    """Finds the term that was meant where one character is wrong, among given terms."""

    def __init__(self, terms: Iterable[str], occurs: Callable[[str], bool]) -> None:
        self._occurs = occurs
        self._known = {term for term in terms if SHORTEST <= len(term) <= LONGEST}
        self._masked: dict[str, list[str]] = {}
        self.mend = lru_cache(maxsize=4096)(self._mend)

    def _mend(self, folded: str) -> str:
        """A folded question with its slips mended; as long as before."""
        for run in _RUN.finditer(folded):
            mended = self._mended_run(run.group())
            folded = folded[: run.start()] + mended + folded[run.end() :]
        return folded

    def _mended_run(self, run: str) -> str:
        for at in self._suspects(run):
            strict = run[at] in ASKING
            for length in range(min(LONGEST, len(run)), SHORTEST - 1, -1):
                for start in range(max(0, at - length + 1), min(at, len(run) - length) + 1):
                    window = run[start : start + length]
                    meant = self._meant(window, at - start, strict=strict)
                    if meant:
                        return run[:start] + meant + run[start + length :]
        return run

    def _suspects(self, run: str) -> list[int]:
        """Places in no word that the reports use: a slip mostly breaks the word it stands in."""
        covered = [False] * len(run)
        for term, start, end in term_spans(run):
            if end - start > 1 and self._occurs(term):
                covered[start:end] = [True] * (end - start)
        return [at for at, inside in enumerate(covered) if not inside]

    def _meant(self, window: str, at: int, *, strict: bool) -> str | None:
        """The term that a window differs from at one place, one that occurs before others; None if there is none."""
        if window in self._known:
            return None
        meant = self._by_mask().get(f"{window[:at]}?{window[at + 1 :]}", ())
        if strict or len(window) < SURE:
            meant = [term for term in meant if _alike(term[at], window[at])]
        return next((term for term in meant if self._occurs(term)), meant[0] if meant else None)

    def _by_mask(self) -> dict[str, list[str]]:
        """Terms by themselves with one character left out, made when first asked for."""
        if not self._masked:
            for term in sorted(self._known):
                for at in range(len(term)):
                    self._masked.setdefault(f"{term[:at]}?{term[at + 1 :]}", []).append(term)
        return self._masked


@lru_cache(maxsize=16_384)
def _alike(one: str, other: str) -> bool:
    """Whether two characters can be pronounced the same, tones aside."""
    return any(one in characters and other in characters for characters in syllables().values())


class EnglishSpelling:
    """Finds the word that was meant where a letter is wrong, missing, doubled or swapped."""

    def __init__(self, known: Mapping[str, float]) -> None:
        self._known = known
        self._by_start: dict[str, list[str]] = {}
        for word in known:
            self._by_start.setdefault(word[:1], []).append(word)
        self.mend = lru_cache(maxsize=4096)(self._mend)

    def _mend(self, word: str) -> str:
        """The word meant by an unknown lower-case word, the commonest of the nearest; the word itself if none is near.

        Words that begin with another letter are not looked at: the first is seldom the wrong one.
        """
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        if len(word) < SHORTEST_WORD:
            return word
        slips = 2 if len(word) >= LONG_WORD else 1
        near = extract(word, self._by_start.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips, limit=None)
        return min(near, key=lambda match: (match[1], -self._known[match[0]]))[0] if near else word
