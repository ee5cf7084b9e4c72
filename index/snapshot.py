"""How an index lies on disk, and how it moves from one state to the next.

    DIR/catalog.sqlite                 reports, passages, vectors (see index.catalog)
    DIR/current                        name of the current snapshot and SHA-256 of its manifest
    DIR/lock                           held by the one process that writes
    DIR/snapshots/NAME/manifest.json   what the snapshot is, and the checksum of each of its files
    DIR/snapshots/NAME/vectors.faiss   derived from the catalog
    DIR/snapshots/NAME/postings/       derived from the catalog
    DIR/snapshots/NAME/readers         locked by everybody who reads the snapshot

A snapshot never changes. Replacing `current` by one rename is the moment at which a new state is acknowledged: before
it readers and crashes find the old state, after it the new one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.codec import from_bytes, to_bytes
from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.seal import REPAIR
from index.stored import Maker

FORMAT = 2
"""Changes whenever files written by one version can't be read by another."""

CATALOG = "catalog.sqlite"
CURRENT = "current"
SNAPSHOTS = "snapshots"
MANIFEST = "manifest.json"
VECTORS = "vectors.faiss"
POSTINGS = "postings"
READERS = "readers"


@dataclass(frozen=True, slots=True)
class FileSum:
    """A file of a snapshot: its size in bytes and SHA-256."""

    path: str
    size: int
    sha256: str


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
    _sync(folder / MANIFEST)
    sync_folder(folder)
    sync_folder(folder.parent)
    return Pointer(manifest.name, hashlib.sha256(data).hexdigest())


def file_sums(folder: Path) -> tuple[FileSum, ...]:
    """Size and checksum of every file of a snapshot folder but the manifest and the lock."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in {MANIFEST, READERS})
    return tuple(_sum(folder, path) for path in paths)


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
        path = folder / entry.path
        if not path.is_file():
            yield f"{path} is missing."
        elif path.stat().st_size != entry.size:
            yield f"{path} has {path.stat().st_size} bytes instead of {entry.size}."
        elif _sum(folder, path) != entry:
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
            _sync(path)
    sync_folder(folder)


@dataclass(frozen=True, slots=True)
class _Format:
    """The part of a manifest that every format has."""

    format: int


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sum(folder: Path, path: Path) -> FileSum:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileSum(path.relative_to(folder).as_posix(), path.stat().st_size, digest)
