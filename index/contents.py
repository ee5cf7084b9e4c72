"""The reports of a snapshot with what is listed of them, in one file: opening reads it in one go.

In the catalog the same lies scattered among the texts, which for 25,000 reports are 20 s of a cold disk's time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.codec import from_bytes, to_bytes
from index.stored import Listing, Member

CONTENTS = "reports.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One report of a snapshot."""

    member: Member
    listing: Listing


def write_contents(folder: Path, entries: Sequence[Entry]) -> None:
    """Writes the file into a snapshot's folder."""
    (folder / CONTENTS).write_bytes(to_bytes(tuple(entries), tuple[Entry, ...]))


def read_contents(folder: Path) -> tuple[Entry, ...]:
    """The entries in the order of their serials; the manifest's checksum has been compared before."""
    return from_bytes((folder / CONTENTS).read_bytes(), tuple[Entry, ...])
