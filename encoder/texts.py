"""Chinese text in pieces: sentences, clauses, and passages of a size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

_SENTENCE = re.compile(r"[^。！？；!?\n]*[。！？；!?\n]+[”」』]?|[^。！？；!?\n]+$")
_CLAUSE = re.compile(r"[，。；：、！？,;:\n（）()《》“”\"]")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")


def sentences(text: str) -> list[str]:
    """Sentences with their ends; joined they are the text again."""
    return _SENTENCE.findall(text)


def clauses(text: str, *, shortest: int, longest: int) -> list[str]:
    """Clauses without punctuation whose length lies in the bounds (characters)."""
    found = (clause.strip() for clause in _CLAUSE.split(text))
    return [clause for clause in found if shortest <= len(clause) <= longest]


def packed(parts: Sequence[str], size: int) -> Iterator[tuple[int, int]]:
    """Spans of consecutive parts, each span of about `size` characters and none much longer unless one part is."""
    start, length = 0, 0
    for at, part in enumerate(parts):
        if length and length + len(part) > size:
            yield start, at
            start, length = at, 0
        length += len(part)
    if start < len(parts):
        yield start, len(parts)


def cut(text: str, share: float, rng: np.random.Generator) -> list[str]:
    """`text` cut at a `share` of the places between two Chinese characters, drawn at random."""
    places = [match.start() for match in _BETWEEN_HAN.finditer(text)]
    chosen = [place for place, drawn in zip(places, rng.random(len(places)), strict=True) if drawn < share]
    return [text[start:end] for start, end in zip([0, *chosen], [*chosen, len(text)], strict=True)]
