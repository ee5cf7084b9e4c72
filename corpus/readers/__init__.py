"""One reader per file format, and the way from a path to the right one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.readers.dispatch import read_bytes, too_large
from corpus.readers.limits import MAX_FILE_BYTES
from corpus.records import Problem, Source

__all__ = ["read_sources"]


def read_sources(path: Path, *, name: str | None = None) -> Iterator[Source | Problem]:
    """What a file holds: one `Source`, or one `Problem` that says why it can't be read.

    An archive gives one of them for each entry, named "a.zip/b.txt".
    The reader is chosen by content first and name second. `name` is what the file is called in results (its own
    name by default). Never raises for bad content. Table cells have their text on one line.
    """
    shown = name or path.name
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_FILE_BYTES else b""
    except OSError as error:
        message = f"The file can't be opened ({error.strerror}). Check that it is there and that you may read it."
        yield Problem("unreadable", message, shown)
        return
    if size > MAX_FILE_BYTES:
        yield too_large(size, shown)
        return
    yield from read_bytes(data, shown)
