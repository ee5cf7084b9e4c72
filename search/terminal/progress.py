"""Progress bars on standard error; they appear after two seconds, so quick work stays quiet."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

QUIET_SECONDS = 2.0

LABELS = {
    "reading": "读取 reading",
    "encoding": "编码 encoding",
    "writing": "写入 writing",
    "answering": "回答 answering",
    "asking": "提问 asking",
}


class Bars:
    """One bar a stage, drawn from calls `bars(stage, done, total)`; use as a context manager."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, TaskID] = {}
        self._started: dict[str, float] = {}
        self._opened = time.monotonic()
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._progress.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` units of a stage are finished."""
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(LABELS.get(stage, stage), total=total, rate="")
            self._started[stage] = time.monotonic()
        seconds = time.monotonic() - self._started[stage]
        rate = f"{done / seconds:.0f}/s" if done and seconds > 0.5 else ""
        self._progress.update(self._tasks[stage], completed=done, total=total, rate=rate)
        if not self._shown and time.monotonic() - self._opened > QUIET_SECONDS:
            self._shown = True
            self._progress.start()

    def counter(self, stage: str, total: int) -> Callable[[int], None]:
        """The same for one stage: a function of `done` alone."""
        return lambda done: self(stage, done, total)
