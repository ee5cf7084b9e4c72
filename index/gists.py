"""What search wants to know of every report at once: gathered when a report is kept, read when first asked for."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.names import sightings
from corpus.records import Report
from index.codec import from_bytes, to_bytes
from index.database import Database
from index.errors import IndexDamaged
from index.records import Gist
from index.seal import REPAIR, seal, unseal

SCHEMA = """
CREATE TABLE IF NOT EXISTS gists (serial INTEGER PRIMARY KEY, reader TEXT NOT NULL, gist BLOB NOT NULL);
"""


def gist_of(report: Report) -> Gist:
    """Finding the names takes about 2 s for a million characters."""
    return Gist(sightings(report.text), tuple(dict.fromkeys(section.title for section in report.sections)))


class Gists:
    """The gists of one catalog."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def keep(self, serial: int, report: Report, reader: str) -> None:
        """Stores a report's gist unless this version of the reader has made it."""
        if self._db.row("SELECT 1 FROM gists WHERE serial = ? AND reader = ?", serial, reader):
            return
        sealed = seal(to_bytes(gist_of(report), Gist), f"gist {serial}")
        self._db.run("INSERT OR REPLACE INTO gists VALUES (?, ?, ?)", serial, reader, sealed)

    def of(self, snapshot: str) -> Mapping[int, Gist]:
        """The gists of a snapshot's reports by their serials.

        Raises:
            IndexDamaged: one is missing or changed.
        """
        rows = self._db.rows(
            "SELECT serial, gist FROM members LEFT JOIN gists USING (serial) WHERE snapshot = ?", snapshot
        )
        return {serial: _unsealed(gist, serial) for serial, gist in rows}

    def forget(self, serial: int) -> None:
        """Removes the gist of a report that goes."""
        self._db.run("DELETE FROM gists WHERE serial = ?", serial)


def _unsealed(sealed: bytes | None, serial: int) -> Gist:
    if sealed is None:
        raise IndexDamaged(f"The catalog knows no names of report {serial}.", REPAIR)
    return from_bytes(unseal(sealed, f"gist {serial}"), Gist)
