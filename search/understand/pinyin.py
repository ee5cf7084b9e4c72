"""Names written in pinyin (Kangqiao, Wuxuetong) to the Chinese names that the reports use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from index.words import terms

FEWEST, MOST = 2, 5
"""Syllables of a name; one syllable could be anything."""
LEAST_LETTERS = 4
NAMES = 4
"""How many Chinese names one pinyin name may stand for."""
OFTEN, MOSTLY = 3, 0.5
"""In running text, how often a run that is no word must occur, and its share of all that sounds alike."""

_SYLLABLES = Path(__file__).parents[1] / "data" / "syllables.tsv"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_RUNS = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+")


@cache
def syllables() -> dict[str, str]:
    """Syllables without tones, v for ü, each with all characters that can be pronounced so (see data/README.md)."""
    lines = _SYLLABLES.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


class PinyinNames:
    """Finds runs of Chinese characters in given texts by their pinyin, tones and blanks left aside.

    Words count before runs that cross the borders of words. In `running` text, unlike in headings and lists of names,
    such runs count only where chance doesn't explain them.
    """

    def __init__(self, texts: Iterable[str], *, running: bool = False) -> None:
        self._text = "\n".join(dict.fromkeys(texts))
        self._running = running
        self._characters: dict[str, str] = {}
        self.find = lru_cache(maxsize=4096)(self._find)

    def _find(self, name: str) -> tuple[str, ...]:
        """The commonest runs that are pronounced like `name` (lower case letters), () if none."""
        if len(name) < LEAST_LETTERS or not name.isalpha():
            return ()
        self._prepare()
        found: Counter[str] = Counter()
        for syllables in self._splits(name):
            if FEWEST <= len(syllables) <= MOST:
                pattern = "".join(f"[{self._characters[syllable]}]" for syllable in syllables)
                found.update(re.findall(pattern, self._text))
        words = Counter({run: count for run, count in found.items() if terms(run) == [run]})
        return tuple(run for run, _ in (words or self._likely(found)).most_common(NAMES))

    def _likely(self, found: Counter[str]) -> Counter[str]:
        if not self._running:
            return found
        least = max(OFTEN, MOSTLY * found.total())
        return Counter({run: count for run, count in found.items() if count >= least or len(run) > FEWEST})

    def _splits(self, name: str) -> Iterator[tuple[str, ...]]:
        if not name:
            yield ()
        for length in range(1, min(6, len(name)) + 1):
            if name[:length] in self._characters:
                yield from ((name[:length], *rest) for rest in self._splits(name[length:]))

    def _prepare(self) -> None:
        """The text's characters by syllable, made when first asked for."""
        if not self._characters:
            present = set(_HAN.findall(self._text))
            said = {syllable: "".join(filter(present.__contains__, all_)) for syllable, all_ in syllables().items()}
            self._characters = {syllable: characters for syllable, characters in said.items() if characters}


def spelled(text: str) -> tuple[str, str]:
    """How `text` is typed in pinyin, whole ("jinhuashi") and by initials ("jhs"), without tones and blanks.

    Characters that are not Chinese stand for themselves. Of several readings the one of the phrase is taken
    (重庆 chongqing, 重点 zhongdian).
    """
    from pypinyin import Style, lazy_pinyin

    whole: list[str] = []
    initials: list[str] = []
    for run in _RUNS.findall("".join(text.lower().split())):
        chinese = _HAN.match(run) is not None
        syllables = lazy_pinyin(run, style=Style.NORMAL) if chinese else [run]
        whole += syllables
        initials += [one[0] for one in syllables] if chinese else [run]
    return "".join(whole), "".join(initials)
