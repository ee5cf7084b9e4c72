"""How an index lies on disk, and how it moves from one state to the next.

    DIR/catalog.sqlite                 reports, passages, vectors (see index.catalog)
    DIR/current                        name of the current snapshot and SHA-256 of its manifest
    DIR/lock                           held by the one process that writes
    DIR/snapshots/NAME/manifest.json   what the snapshot is, and the checksum of each of its files
    DIR/snapshots/NAME/reports.json    its reports with what is listed of them (index.contents)
    DIR/snapshots/NAME/vectors/        segments (index.segments), derived from the catalog
    DIR/snapshots/NAME/postings/       derived from the catalog
    DIR/snapshots/NAME/readers         locked by everybody who reads the snapshot
    DIR/uploads/                       files that came through the API (index.uploads)
    DIR/keys.json                      who may ask a server of this index (search.web.keys)

A snapshot never changes; what two of them have in common is one file under two names. Replacing `current` by one
rename is the moment at which a new state is acknowledged: before it readers and crashes find the old state, after it
the new one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.codec import from_bytes, to_bytes
from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.files import FileSum, damage_of, sync_file, sync_folder, sync_tree
from index.seal import REPAIR
from index.stored import Maker

FORMAT = 4
"""Changes whenever files written by one version can't be read by another."""

CATALOG = "catalog.sqlite"
CURRENT = "current"
SNAPSHOTS = "snapshots"
MANIFEST = "manifest.json"
VECTORS = "vectors"
POSTINGS = "postings"
READERS = "readers"
KEYS = "keys.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot was made with and what it holds."""

    format: int
    name: str
    maker: Maker
    tokenizer_fingerprint: str
    members: str
    """Hash over its reports and their names."""
    reports: int
    passages: int
    removed: int
    """Passages that were taken out since the postings were last written anew, and still count in their statistics."""
    files: tuple[FileSum, ...]


@dataclass(frozen=True, slots=True)
class Pointer:
    """What the file `current` says."""

    name: str
    manifest_sha256: str


def read_pointer(directory: Path) -> Pointer | None:
    """The current snapshot; None where there is no index yet.

    Raises:
        IndexDamaged: the pointer holds something else.
    """
    path = directory / CURRENT
    if not path.is_file():
        return None
    found = path.stat()
    return _pointer(path, (found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size))


@lru_cache(maxsize=16)
def _pointer(path: Path, _file: tuple[int, ...]) -> Pointer:
    """What the file says, kept as long as it is the same file: each question asks, and `switch` puts another there."""
    words = path.read_text(encoding="utf-8", errors="replace").split()
    if len(words) != 2 or len(words[1]) != 64:
        raise IndexDamaged(f"The pointer {path} is damaged.", REPAIR)
    return Pointer(words[0], words[1])


def require_pointer(directory: Path) -> Pointer:
    """As `read_pointer`, where an index must be.

    Raises:
        IndexMissing: there is none.
    """
    pointer = read_pointer(directory)
    if pointer is None:
        raise IndexMissing(
            f"There is no index in {directory}.", f"Make one with `wenbao build SOURCE... --index {directory}`."
        )
    return pointer


def switch(directory: Path, pointer: Pointer) -> None:
    """Makes a snapshot the current one, in one rename that survives a crash."""
    beside = directory / f"{CURRENT}.new"
    with beside.open("w", encoding="utf-8") as file:
        file.write(f"{pointer.name} {pointer.manifest_sha256}\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(directory / CURRENT)
    sync_folder(directory)


def seal_snapshot(folder: Path, manifest: Manifest) -> Pointer:
    """Writes the manifest of a finished folder and brings everything onto the disk."""
    (folder / READERS).touch()
    sync_tree(folder)
    data = to_bytes(manifest, Manifest)
    (folder / MANIFEST).write_bytes(data)
    sync_file(folder / MANIFEST)
    sync_folder(folder)
    sync_folder(folder.parent)
    return Pointer(manifest.name, hashlib.sha256(data).hexdigest())


def read_manifest(directory: Path, pointer: Pointer) -> Manifest:
    """The manifest that a pointer means.

    Raises:
        IndexDamaged: it is missing or not what the pointer says.
        IndexMismatch: another format wrote it.
    """
    path = directory / SNAPSHOTS / pointer.name / MANIFEST
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != pointer.manifest_sha256:
        raise IndexDamaged(f"{path} is missing or not what was written.", REPAIR)
    found = from_bytes(data, _Format).format
    if found != FORMAT:
        raise IndexMismatch(
            f"The index in {directory} has format {found}, this wenbao reads format {FORMAT}.",
            f"Run `wenbao build SOURCE... --index {directory}` again.",
        )
    return from_bytes(data, Manifest)


def damages(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What differs between a snapshot's files and its manifest, one sentence for each file."""
    for entry in manifest.files:
        yield from damage_of(folder, entry)


@dataclass(frozen=True, slots=True)
class _Format:
    """The part of a manifest that every format has."""

    format: int
