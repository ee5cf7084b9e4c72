"""Where the time of a question goes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Milliseconds by stage, and since it was made."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._began = time.perf_counter()

    @property
    def total(self) -> float:
        """Milliseconds since it was made."""
        return (time.perf_counter() - self._began) * 1000

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Notes how long the block takes."""
        began = self.total
        yield
        self.stages[stage] = self.total - began
