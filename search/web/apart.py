"""Changes of the index in a process of their own.

Reading and encoding reports takes both cores, much memory, and now and then a broken file's worst: none of it should
reach those who ask meanwhile, and the memory goes back when the process ends.
"""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.errors import WenbaoError
from index.build import BuildSummary
from index.progress import Progress, Stage


@dataclass(frozen=True, slots=True)
class Addition:
    """Files to be added to an index."""

    directory: Path
    files: tuple[Path, ...]

    def apply(self, progress: Progress) -> BuildSummary:
        """Adds them."""
        from index.build import add

        return add(self.files, self.directory, progress=progress)


@dataclass(frozen=True, slots=True)
class Removal:
    """Reports to be taken out of an index, by their ids."""

    directory: Path
    reports: tuple[str, ...]

    def apply(self, progress: Progress) -> BuildSummary:
        """Removes them."""
        from index.build import remove

        return remove(self.reports, self.directory, progress=progress)


@dataclass(frozen=True, slots=True)
class Step:
    """How far a change is; see `index.progress`."""

    stage: Stage
    done: int
    total: int


def carry_out(change: Addition | Removal, progress: Progress) -> BuildSummary:
    """Makes a change in a process of its own and waits for it.

    Raises:
        WenbaoError: whatever the change raised, or that the process ended before it was done.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(change, there), name="wenbao-change", daemon=True)
    process.start()
    there.close()
    with here:
        outcome = _follow(here, progress)
    process.join()
    if isinstance(outcome, WenbaoError):
        raise outcome
    return outcome


def _follow(here: Connection, progress: Progress) -> BuildSummary | WenbaoError:
    while True:
        try:
            message: Step | BuildSummary | WenbaoError = here.recv()
        except EOFError:
            return WenbaoError(
                "The process that changes the index ended before it was done; nothing was changed.",
                "Send fewer or smaller files at a time; the log may say more.",
                code="change-ended",
            )
        if not isinstance(message, Step):
            return message
        progress(message.stage, message.done, message.total)


def _work(change: Addition | Removal, there: Connection) -> None:
    def progress(stage: Stage, done: int, total: int) -> None:
        there.send(Step(stage, done, total))

    try:
        there.send(change.apply(progress))
    except WenbaoError as error:
        error.__cause__ = None
        there.send(error)
