"""Whether the files of an open snapshot are what was written: small ones are checked at once, large ones meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Event, Lock, Thread

from index.errors import IndexDamaged
from index.files import FileSum, damage_of
from index.seal import REPAIR

AT_ONCE = 50_000_000
"""Bytes that are read before an index counts as open, 0.1 s; the smallest files first."""

Stamp = tuple[int, int, int, int, str]


class Soundness:
    """Checks the files of one snapshot folder; large ones in a thread that ends with `close` or the process.

    Raises:
        IndexDamaged: a file is missing or cut short, or one of the small ones is changed.
    """

    def __init__(self, folder: Path, files: Iterable[FileSum]) -> None:
        self._folder = folder
        self._closed = Event()
        self._damage = ""
        budget, waiting = AT_ONCE, []
        for entry in sorted(files, key=lambda entry: entry.size):
            budget -= entry.size
            for damage in damage_of(folder, entry, size_only=budget < 0):
                raise IndexDamaged(damage, REPAIR)
            if budget < 0 and not _CHECKED.has(folder, entry):
                waiting.append(entry)
        self._waiting = waiting
        self._thread = Thread(target=self._check, name="wenbao-soundness", daemon=True)

    def start(self) -> None:
        """Begins to check the large files, once opening needs the disk no more."""
        if self._waiting:
            self._thread.start()

    def require(self) -> None:
        """Raises `IndexDamaged` once damage has been found."""
        if self._damage:
            raise IndexDamaged(self._damage, REPAIR)

    def close(self) -> None:
        """Lets the check end after the file it is reading."""
        self._closed.set()

    def wait(self, seconds: float | None = None) -> None:
        """Returns when everything is checked, or after so many seconds."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _check(self) -> None:
        for entry in self._waiting:
            if self._closed.is_set():
                return
            try:
                self._damage = next(damage_of(self._folder, entry), "")
            except OSError as error:
                self._damage = f"{self._folder / entry.path} can't be read: {error.strerror}."
            if self._damage:
                return
            _CHECKED.note(self._folder, entry)


class _Checked:
    """Large files that this process has checked already, as a snapshot shares them with the one before."""

    def __init__(self) -> None:
        self._stamps: set[Stamp] = set()
        self._lock = Lock()

    def has(self, folder: Path, entry: FileSum) -> bool:
        with self._lock:
            return _stamp(folder, entry) in self._stamps

    def note(self, folder: Path, entry: FileSum) -> None:
        with self._lock:
            self._stamps.add(_stamp(folder, entry))


_CHECKED = _Checked()


def _stamp(folder: Path, entry: FileSum) -> Stamp:
    found = (folder / entry.path).stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, entry.sha256
