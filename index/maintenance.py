"""Looking after an index: checking it, copying it, bringing it back, saying how large it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.catalog import Catalog
from index.checking import catalog_damages
from index.errors import IndexDamaged, IndexFault
from index.files import sync_folder, sync_tree
from index.local import LocalIndex, open_index
from index.locks import unheld, writing
from index.snapshot import (
    CATALOG,
    KEYS,
    READERS,
    SNAPSHOTS,
    damages,
    read_manifest,
    require_pointer,
    switch,
)
from index.uploads import UPLOADS


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking found: `damage` holds a sentence for each thing that is wrong, nothing when all is well."""

    snapshot: str
    reports: int
    passages: int
    damage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """How large an index is; sizes in bytes."""

    snapshot: str
    encoder: str
    dimension: int
    reports: int
    passages: int
    characters: int
    catalog_bytes: int
    snapshot_bytes: int
    snapshots: int
    """Snapshots on disk: the current one, and old ones that are still read."""


def verify(directory: Path) -> Verification:
    """Reads everything: each file of the snapshot, each row of the catalog that belongs to it.

    Raises:
        IndexMissing: there is no index.
        IndexDamaged: not even the manifest can be read.
    """
    pointer = require_pointer(directory)
    manifest = read_manifest(directory, pointer)
    damage = list(damages(directory / SNAPSHOTS / pointer.name, manifest))
    catalog = Catalog(directory / CATALOG)
    damage += catalog_damages(catalog, pointer.name, manifest.maker.fingerprint)
    catalog.close()
    if not damage:
        damage += _unopened(directory)
    return Verification(manifest.name, manifest.reports, manifest.passages, tuple(damage))


def backup(directory: Path, target: Path) -> Path:
    """Copies the current state into a new folder, while readers and writers go on; returns the folder.

    Raises:
        IndexMissing: there is no index.
        IndexFault: `target` exists already, or can't be written.
    """
    if target.exists():
        raise IndexFault(f"{target} exists already.", "Name a folder that doesn't.", code="backup-exists")
    with open_index(directory) as index:
        _copy(index, directory, target)
    return target


def restore(source: Path, directory: Path) -> Verification:
    """Puts a backup in the place of the index in `directory`, after checking the backup.

    The index that was there stays as `DIRECTORY.before-restore` until the new one is in place. Its keys stay in force:
    one that was taken away since the backup must not come back.

    Raises:
        IndexDamaged: the backup is damaged; nothing is changed.
        IndexFault: somebody reads or writes the index.
    """
    found = verify(source)
    if found.damage:
        raise IndexDamaged(f"The backup {source} is damaged: {found.damage[0]}", "Use another backup; nothing changed.")
    directory.mkdir(parents=True, exist_ok=True)
    with writing(directory):
        _require_unread(directory)
        incoming = directory.with_name(f"{directory.name}.restoring")
        shutil.rmtree(incoming, ignore_errors=True)
        with open_index(source) as index:
            _copy(index, source, incoming)
        if (directory / KEYS).is_file():
            shutil.copy2(directory / KEYS, incoming / KEYS)
            sync_tree(incoming)
        outgoing = directory.with_name(f"{directory.name}.before-restore")
        shutil.rmtree(outgoing, ignore_errors=True)
        directory.rename(outgoing)
        incoming.rename(directory)
        sync_folder(directory.parent)
        shutil.rmtree(outgoing)
    return found


def stats(directory: Path) -> Stats:
    """How large the index in `directory` is.

    Raises:
        IndexMissing: there is no index.
    """
    with open_index(directory) as index:
        folders = [folder for folder in (directory / SNAPSHOTS).iterdir() if folder.is_dir()]
        return Stats(
            snapshot=index.snapshot,
            encoder=index.encoder,
            dimension=index.manifest.maker.dimension,
            reports=len(index.reports()),
            passages=len(index),
            characters=sum(report.characters for report in index.reports()),
            catalog_bytes=(directory / CATALOG).stat().st_size,
            snapshot_bytes=sum(entry.size for entry in index.manifest.files),
            snapshots=len(folders),
        )


def _unopened(directory: Path) -> Iterator[str]:
    """Why an index whose parts are all right can't be opened as a whole."""
    try:
        open_index(directory).close()
    except IndexFault as fault:
        yield fault.message


def _copy(index: LocalIndex, directory: Path, target: Path) -> None:
    try:
        (target / SNAPSHOTS).mkdir(parents=True)
        shutil.copytree(directory / SNAPSHOTS / index.snapshot, target / SNAPSHOTS / index.snapshot)
        catalog = Catalog(directory / CATALOG)
        catalog.copy_to(target / CATALOG)
        catalog.close()
        if (directory / UPLOADS).is_dir():
            shutil.copytree(directory / UPLOADS, target / UPLOADS)
        if (directory / KEYS).is_file():
            shutil.copy2(directory / KEYS, target / KEYS)
        sync_tree(target)
        switch(target, index.pointer)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise IndexFault(f"{target} can't be written: {error.strerror}.", "Free some space or name another.") from error


def _require_unread(directory: Path) -> None:
    for readers in (directory / SNAPSHOTS).glob(f"*/{READERS}"):
        if not unheld(readers):
            raise IndexFault(
                f"The index in {directory} is being read.",
                "Stop `wenbao serve` and whatever else has it open, then try again.",
                code="index-busy",
            )
