"""A list that may be the answer, wherever it was found."""

from __future__ import annotations

from dataclasses import dataclass

from search.answers.asked import Asked
from search.answers.inquiry import Reply

_RIGHT, _WRONG = 0.35, -0.15
"""What the right number of items adds to a list's score, and another one than the question states."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with its score, comparable within one question."""

    reply: Reply
    score: float


def size_fits(asked: Asked, size: int) -> float:
    """What the number of items says about a list: "which four ..." wants four."""
    if not asked.count:
        return 0.0
    return _RIGHT if size == asked.count else _WRONG
