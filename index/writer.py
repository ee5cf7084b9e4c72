"""The way from what the catalog holds to a new current snapshot, under the lock of the one writer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.catalog import Catalog
from index.derive import Base, Sources, derive
from index.errors import IndexDamaged, IndexFault, IndexMismatch, IndexMissing
from index.files import damage_of, file_sums
from index.locks import unheld, writing
from index.progress import Progress
from index.records import Encoder
from index.snapshot import (
    CATALOG,
    FORMAT,
    READERS,
    SNAPSHOTS,
    VECTORS,
    Manifest,
    read_manifest,
    read_pointer,
    seal_snapshot,
    switch,
)
from index.stored import Listing, Maker, Member, members_digest
from index.words import tokenizer_fingerprint

ENCODED_AT_ONCE = 256
"""Passages between two commits of their vectors: what an interruption costs at most."""


@contextmanager
def writer(directory: Path, *, mend: bool = False) -> Iterator[Writer]:
    """The right to change an index, which is made if it isn't there; `mend` begins anew where it can't be read.

    Raises:
        IndexDamaged: it can't be read, and is not to be mended.
        IndexMismatch: another format made it, and it is not to be mended.
        IndexFault: another process is changing it, the folder can't be written, the disk is full.
    """
    try:
        (directory / SNAPSHOTS).mkdir(parents=True, exist_ok=True)
        with writing(directory):
            catalog = Catalog(directory / CATALOG, writable=True)
            try:
                yield Writer(directory, catalog, _manifest(directory, mend=mend), thorough=mend)
            finally:
                catalog.close()
    except OSError as error:
        raise IndexFault(
            f"The index in {directory} can't be written: {error.strerror} ({error.filename}).",
            "Free some space, give it write permission, or name another folder with --index.",
            code="index-unwritable",
        ) from error


def _manifest(directory: Path, *, mend: bool) -> Manifest | None:
    """The current state; None where there is none, or none that can be read and it is to be mended."""
    try:
        pointer = read_pointer(directory)
        return read_manifest(directory, pointer) if pointer else None
    except (IndexDamaged, IndexMismatch):
        if mend:
            return None
        raise


class Writer:
    """Changes one index; only `index.writer.writer` makes it."""

    def __init__(self, directory: Path, catalog: Catalog, current: Manifest | None, *, thorough: bool) -> None:
        self.directory = directory
        self.catalog = catalog
        self.current = current
        self._thorough = thorough

    def listings(self) -> list[tuple[Member, Listing]]:
        """The reports of the current state with what is listed of them."""
        return self.catalog.listings(self.current.name) if self.current else []

    def maker(self) -> Maker:
        """The encoder that made the current state."""
        if self.current is None:
            raise IndexMissing(f"There is no index in {self.directory}.", "Make one with `wenbao build`.")
        return self.current.maker

    def members(self) -> list[Member]:
        """The reports of the current state."""
        return self.catalog.members(self.current.name) if self.current else []

    def encode(self, members: Sequence[Member], encoder: Encoder, progress: Progress) -> int:
        """Encodes what has no vector yet; returns how many passages that were. What is done stays done."""
        same = self.current is not None and self.current.maker == Maker.of(encoder)
        known = {member.serial for member in self.members()} if same else set()
        new = (member.serial for member in members if member.serial not in known)
        waiting = self.catalog.unencoded(new, encoder.fingerprint)
        hashes = sorted(waiting, key=lambda hashed: -len(waiting[hashed]))
        for start in range(0, len(hashes), ENCODED_AT_ONCE):
            part = hashes[start : start + ENCODED_AT_ONCE]
            progress("encoding", start, len(hashes))
            vectors = encoder.encode_passages([waiting[hashed] for hashed in part])
            with self.catalog.transaction():
                self.catalog.keep_vectors(encoder.fingerprint, part, vectors)
        if hashes:
            progress("encoding", len(hashes), len(hashes))
        return len(hashes)

    def publish(self, members: Sequence[Member], maker: Maker, progress: Progress) -> Manifest:
        """Makes the snapshot of these reports the current one, unless it is that already."""
        members = sorted(members, key=lambda member: member.serial)
        digest = members_digest(members)
        sound = self.current is not None and self._is_sound(self.current)
        if self.current and sound and _same_kind(self.current, maker) and self.current.members == digest:
            return self.current
        name = f"{self._generation():06d}-{digest[:12]}"
        self.catalog.keep_members(name, members)
        folder = self.directory / SNAPSHOTS / name
        if folder.exists():
            shutil.rmtree(folder)
        base = self._base(maker, sound=sound)
        derived = derive(folder, members, maker, Sources(self.catalog, base, progress))
        manifest = Manifest(
            format=FORMAT,
            name=name,
            maker=maker,
            tokenizer_fingerprint=tokenizer_fingerprint(),
            members=digest,
            reports=len(members),
            passages=derived.passages,
            removed=derived.removed,
            files=file_sums(folder, base.files if base else ()),
        )
        pointer = seal_snapshot(folder, manifest)
        self.catalog.settle()
        switch(self.directory, pointer)
        self.current = manifest
        return manifest

    def clean(self) -> None:
        """Removes the snapshots that nobody reads any more, and what only they needed."""
        kept = {folder.name for folder in (self.directory / SNAPSHOTS).iterdir() if self._needed(folder)}
        for folder in (self.directory / SNAPSHOTS).iterdir():
            if folder.name not in kept:
                shutil.rmtree(folder)
        self.catalog.forget(kept, self.maker().fingerprint)
        self.catalog.settle()

    def _generation(self) -> int:
        """One more than the greatest number of a snapshot on the disk, whether it was finished or not."""
        numbers = (folder.name.split("-")[0] for folder in (self.directory / SNAPSHOTS).iterdir())
        return 1 + max((int(number) for number in numbers if number.isdecimal()), default=0)

    def _is_sound(self, manifest: Manifest) -> bool:
        """Whether its files are what was written, and the catalog is the one it was derived from.

        Vectors are read by a build only: for an addition their size has to do, as they are carried over under the
        checksum they had, and `index.derive` compares it before it copies from them.
        """
        folder = self.directory / SNAPSHOTS / manifest.name
        lightly = () if self._thorough else (f"{VECTORS}/",)
        damaged = any(
            any(damage_of(folder, entry, size_only=entry.path.startswith(lightly))) for entry in manifest.files
        )
        return not damaged and members_digest(self.catalog.members(manifest.name)) == manifest.members

    def _needed(self, folder: Path) -> bool:
        if self.current and folder.name == self.current.name:
            return True
        readers = folder / READERS
        return readers.is_file() and not unheld(readers)

    def _base(self, maker: Maker, *, sound: bool) -> Base | None:
        """The current state as far as the next can be made from it."""
        current = self.current
        if current is None or not sound or not _same_kind(current, maker):
            return None
        return Base(
            folder=self.directory / SNAPSHOTS / current.name,
            serials=frozenset(member.serial for member in self.members()),
            passages=current.passages,
            removed=current.removed,
            files=current.files,
        )


def _same_kind(manifest: Manifest, maker: Maker) -> bool:
    return (manifest.maker, manifest.tokenizer_fingerprint) == (maker, tokenizer_fingerprint())
