"""The way from what the catalog holds to a new current snapshot, under the lock of the one writer."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.catalog import Catalog
from index.errors import IndexDamaged, IndexFault, IndexMismatch, IndexMissing
from index.locks import unheld, writing
from index.postings import Posting, write_postings
from index.progress import Progress
from index.records import Encoder
from index.snapshot import (
    CATALOG,
    FORMAT,
    POSTINGS,
    READERS,
    SNAPSHOTS,
    VECTORS,
    Manifest,
    damages,
    file_sums,
    read_manifest,
    read_pointer,
    seal_snapshot,
    switch,
)
from index.stored import Listing, Maker, Member, members_digest
from index.vectors import write_vectors
from index.words import terms, tokenizer_fingerprint

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
                yield Writer(directory, catalog, _manifest(directory, mend=mend))
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

    def __init__(self, directory: Path, catalog: Catalog, current: Manifest | None) -> None:
        self.directory = directory
        self.catalog = catalog
        self.current = current

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
        waiting = self.catalog.unencoded((member.serial for member in members), encoder.fingerprint)
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
        if self.current and _made_alike(self.current, digest, maker) and self._is_sound(self.current):
            return self.current
        name = f"{self._generation():06d}-{digest[:12]}"
        self.catalog.keep_members(name, members)
        folder = self.directory / SNAPSHOTS / name
        if folder.exists():
            shutil.rmtree(folder)
        passages = self._derive(folder, members, maker, progress)
        manifest = Manifest(
            format=FORMAT,
            name=name,
            maker=maker,
            tokenizer_fingerprint=tokenizer_fingerprint(),
            members=digest,
            reports=len(members),
            passages=passages,
            files=file_sums(folder),
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
        """Whether its files are what was written, and the catalog is the one it was derived from."""
        whole = next(damages(self.directory / SNAPSHOTS / manifest.name, manifest), None) is None
        return whole and members_digest(self.catalog.members(manifest.name)) == manifest.members

    def _needed(self, folder: Path) -> bool:
        if self.current and folder.name == self.current.name:
            return True
        readers = folder / READERS
        return readers.is_file() and not unheld(readers)

    def _derive(self, folder: Path, members: Sequence[Member], maker: Maker, progress: Progress) -> int:
        (folder / POSTINGS).mkdir(parents=True)
        blocks = (self.catalog.vectors(member.serial, maker.fingerprint) for member in members)
        write_vectors(folder / VECTORS, maker.dimension, (block for block in blocks if len(block)))
        counter = _Counter(sum(self.catalog.count(member.serial) for member in members), progress)
        write_postings(folder / POSTINGS, counter.through(self._postings(members)))
        return counter.total

    def _postings(self, members: Iterable[Member]) -> Iterator[Posting]:
        row = 0
        for member in members:
            context, context_terms = "", terms("")
            for body in self.catalog.passages(member.serial):
                if body.context != context:
                    context, context_terms = body.context, terms(body.context)
                yield Posting(row, member.serial, terms(body.text), context_terms)
                row += 1


class _Counter:
    """Tells progress how many postings have gone through."""

    STEP = 500

    def __init__(self, total: int, progress: Progress) -> None:
        self.total = total
        self._progress = progress

    def through(self, postings: Iterable[Posting]) -> Iterator[Posting]:
        for done, posting in enumerate(postings):
            if done % self.STEP == 0:
                self._progress("writing", done, self.total)
            yield posting
        if self.total:
            self._progress("writing", self.total, self.total)


def _made_alike(manifest: Manifest, digest: str, maker: Maker) -> bool:
    return (manifest.members, manifest.maker, manifest.tokenizer_fingerprint) == (
        digest,
        maker,
        tokenizer_fingerprint(),
    )
