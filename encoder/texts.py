"""Chinese text in pieces: sentences, clauses, and passages of a size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_SENTENCE = re.compile(r"[^。！？；!?\n]*[。！？；!?\n]+[”」』]?|[^。！？；!?\n]+$")
_CLAUSE = re.compile(r"[，。；：、！？,;:\n（）()《》“”\"]")


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
