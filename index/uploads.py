"""Reports that were handed in rather than found in a folder: their files lie in the index.

    DIR/uploads/DIGEST/NAME    the file as it came, under the SHA-256 of its bytes and a name made safe

Their members' paths end in these three parts wherever the index lies, so that a copy of it knows them again.
"""

from __future__ import annotations

import hashlib
import shutil
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from index.catalog import Catalog
from index.snapshot import CATALOG, read_pointer
from index.stored import Member

UPLOADS = "uploads"

DIGITS = 32
"""Of a file's SHA-256 in hexadecimal: two files never share a folder."""

LONGEST_NAME = 180
"""Bytes of a stored name, ending included; file systems take 255."""

UNNAMED = "report"


def keep_upload(directory: Path, name: str, content: BinaryIO) -> tuple[Path, bool]:
    """Puts a file into the index's folder of uploads; returns where it lies, and whether its bytes were there before.

    It isn't searchable yet. `name` is whatever the sender calls it: what is used of it is `safe_name`.
    """
    digest = hashlib.file_digest(content, "sha256").hexdigest()[:DIGITS]  # type: ignore[arg-type] # any readable file
    folder = directory / UPLOADS / digest
    known = next((path for path in folder.glob("*") if path.is_file()), None)
    if known is not None:
        return known, True
    content.seek(0)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / safe_name(name)
    with target.open("wb") as out:
        shutil.copyfileobj(content, out)
    return target, False


def safe_name(name: str) -> str:
    """The last part of a path in either style, without control characters and leading dots, short enough to store."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = plain, "", ""
    room = LONGEST_NAME - len(f"{dot}{ending}".encode())
    return (stem.encode()[:room].decode(errors="ignore").rstrip() or UNNAMED) + dot + ending


def uploaded(directory: Path) -> list[Path]:
    """All files in the folder of uploads, in the order of their names."""
    return sorted(path for path in (directory / UPLOADS).glob("*/*") if path.is_file())


def is_upload(member: Member) -> bool:
    """Whether a report came from a file in the folder of uploads."""
    parts = Path(member.path).parts
    return len(parts) > 2 and parts[-3] == UPLOADS and len(parts[-2]) == DIGITS


def still_held(members: Iterable[Member], before: Iterable[Member]) -> tuple[Member, ...]:
    """Those of the uploads' `members` that were in the state `before`; all of them where nothing is known of it.

    So an upload that was broken off is not taken for one that was acknowledged, and what was removed stays away.
    """
    known = {_origin(member) for member in before}
    return tuple(member for member in members if not known or _origin(member) in known)


def sweep(directory: Path, spare: Iterable[Path] = ()) -> None:
    """Removes uploaded files that no report of the current state comes from, but those to `spare`."""
    pointer = read_pointer(directory)
    files = uploaded(directory)
    if pointer is None or not files:
        return
    catalog = Catalog(directory / CATALOG)
    used = {_folder(member) for member in catalog.members(pointer.name) if is_upload(member)}
    catalog.close()
    used.update(path.parent.name for path in spare)
    for path in files:
        if path.parent.name not in used:
            shutil.rmtree(path.parent, ignore_errors=True)


def _folder(member: Member) -> str:
    return Path(member.path).parts[-2]


def _origin(member: Member) -> tuple[str, ...]:
    return (*Path(member.path).parts[-3:], member.name)
