"""One writer at a time, and no snapshot removed under a reader: advisory locks that end with their process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from index.errors import IndexFault


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Holds the right to change the index in `directory`.

    Raises:
        IndexFault: another process is changing it, or it may not be written.
    """
    try:
        handle = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise IndexFault(
            f"The index in {directory} can't be written: {error.strerror}.",
            "Give the folder write permission or name another one with --index.",
            code="index-read-only",
        ) from error
    try:
        if not try_lock(handle):
            raise IndexFault(
                f"Another process is changing the index in {directory}.",
                "Wait until it has finished and try again.",
                code="index-busy",
            )
        yield
    finally:
        os.close(handle)


def hold(path: Path) -> int:
    """A shared lock on a file, as an open descriptor; closing it lets go."""
    handle = os.open(path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def try_lock(handle: int) -> bool:
    """Takes the exclusive lock on an open file if nobody holds any lock on it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def unheld(path: Path) -> bool:
    """True when nobody holds a lock on the file."""
    handle = os.open(path, os.O_RDONLY)
    try:
        return try_lock(handle)
    finally:
        os.close(handle)


@contextmanager
def released_on_failure(release: Callable[[], None]) -> Iterator[None]:
    """Calls `release` where the block fails: a server tries an index that it can't use again and again."""
    with ExitStack() as stack:
        stack.callback(release)
        yield
        stack.pop_all()
