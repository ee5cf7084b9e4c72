"""Cuts a passage into sentences and clauses that know where they stand in the canonical text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.fold import fold

_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)]*|\n|$)")
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "『": "』", "【": "】", "〔": "〕"}


class Piece(NamedTuple):
    """A slice of canonical text: `text` is its characters from `start` to `end`, `folded` the same folded."""

    text: str
    folded: str
    start: int
    end: int

    def part(self, start: int, end: int) -> Piece:
        """The piece from `start` to `end`, relative to this one."""
        return Piece(self.text[start:end], self.folded[start:end], self.start + start, self.start + end)

    def strip(self) -> Piece:
        """Without white space at both ends."""
        right = len(self.text.rstrip())
        left = len(self.text) - len(self.text.lstrip())
        return self if right - left == len(self.text) else self.part(min(left, right), right)


def piece(text: str, start: int) -> Piece:
    """The whole of `text`, which stands at `start` of its report's canonical text."""
    return Piece(text, fold(text), start, start + len(text))


@lru_cache(maxsize=2048)
def sentences_of(text: str, start: int) -> tuple[Piece, ...]:
    """The sentences of a passage, remembered: each side of a comparison reads the same ones."""
    return tuple(sentences(piece(text, start)))


def sentences(whole: Piece) -> list[Piece]:
    """Sentences with their closing mark, white space around them and empty ones left out."""
    return [part for part in (whole.part(*span).strip() for span in _spans(_SENTENCE, whole.text)) if part.text]


def clauses(sentence: Piece) -> list[Piece]:
    """What stands between commas and colons, where these are outside brackets, quotes and figures."""
    cuts = [0]
    for match in re.finditer(r"[，,：:]", sentence.text):
        at = match.end()
        figure = sentence.text[match.start() - 1 : match.start()].isdigit() and sentence.text[at : at + 1].isdigit()
        if not figure and balanced(sentence.text[cuts[-1] : at]):
            cuts.append(at)
    spans = zip(cuts, [*cuts[1:], len(sentence.text)], strict=True)
    return [part for part in (sentence.part(*span).strip() for span in spans) if part.text]


def balanced(text: str) -> bool:
    """Whether every bracket and quotation mark that opens in `text` also closes there."""
    return all(text.count(opening) <= text.count(closing) for opening, closing in _PAIRS.items())


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text) if match.end() > match.start()]
