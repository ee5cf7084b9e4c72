"""Files of a snapshot: their checksums, their second names in the next snapshot, their way onto the disk."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

UNSUMMED = {"manifest.json", "readers"}
"""What holds the checksums, and what is locked."""


@dataclass(frozen=True, slots=True)
class FileSum:
    """A file of a snapshot: its size in bytes and SHA-256."""

    path: str
    size: int
    sha256: str


def carry(old: Path, new: Path) -> None:
    """Gives the files of a folder a second name in another; copies them where the file system has no links."""
    new.mkdir(parents=True)
    for path in sorted(old.iterdir()):
        if path.suffix == ".lock":
            continue
        try:
            os.link(path, new / path.name)
        except OSError:
            shutil.copyfile(path, new / path.name)


def file_sums(folder: Path, carried: Iterable[FileSum] = ()) -> tuple[FileSum, ...]:
    """Size and checksum of every file of a snapshot folder but its manifest and its lock.

    Files that were `carried` over keep the checksum they had, so that damage is not taken for what was written. Under
    one name there is always one content, but for the lists of what there is, which are JSON.
    """
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in UNSUMMED)
    known = {entry.path: entry for entry in carried if not entry.path.endswith(".json")}
    return tuple(known.get(path.relative_to(folder).as_posix()) or _sum(folder, path) for path in paths)


def damage_of(folder: Path, entry: FileSum, *, size_only: bool = False) -> Iterator[str]:
    """What differs between one file and what the manifest says of it; nothing when all is well."""
    path = folder / entry.path
    if not path.is_file():
        yield f"{path} is missing."
    elif path.stat().st_size != entry.size:
        yield f"{path} has {path.stat().st_size} bytes instead of {entry.size}."
    elif not size_only and _sum(folder, path) != entry:
        yield f"The checksum of {path} is wrong."


def sync_folder(folder: Path) -> None:
    """Brings the names in a folder onto the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Brings everything below a folder onto the disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        else:
            sync_file(path)
    sync_folder(folder)


def sync_file(path: Path) -> None:
    """Brings a file onto the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sum(folder: Path, path: Path) -> FileSum:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileSum(path.relative_to(folder).as_posix(), path.stat().st_size, digest)
