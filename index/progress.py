"""How long work says how far it is."""

from __future__ import annotations

from typing import Literal, Protocol

Stage = Literal["reading", "encoding", "writing"]


class Progress(Protocol):
    """Called with a stage, how much of it is done, and how much there is: files, passages, passages."""

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """`done` grows from 0 to `total`; a stage without work is never announced."""
        ...


def silent(stage: Stage, done: int, total: int) -> None:
    """Shows nothing."""
