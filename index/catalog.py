"""The source of truth: one SQLite file with every report, passage and vector.

What it stores is named by its content and never changed: a report that is read anew becomes another row, and a snapshot
is a list of rows (`members`). So a reader of an old snapshot finds what it knew until the last reader has gone.
Everything that is returned carries a checksum (`index.seal`).

    sources    bytes of a file  → the reports read from it and what went wrong
    reports    content of a report → its listing, text, sections, tables
    extents    report           → its number of passages, the hash of its text: read for all reports at once
    passages   report, number   → the passage, the hash of what is encoded for it
    vectors    that hash, encoder → the vector
    members    snapshot         → its reports, under the names they had
    gists      report           → names and headings in it (index.gists)
    sketches   report           → what it has in common with others (index.likeness)
    troubles   file             → what went wrong when it was last read (index.troubles)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from corpus.records import Place, Report, Section, Table
from index import gists, likeness, troubles
from index.codec import from_bytes, to_bytes
from index.context import encoded_text
from index.database import Database, Row
from index.errors import IndexDamaged
from index.records import Vectors
from index.seal import REPAIR, seal, unseal
from index.stored import Listing, Member, Outcome, PassageBody, body_of, listing_of, text_hash

SCHEMA = """
CREATE TABLE IF NOT EXISTS sources (digest TEXT, reader TEXT, outcome BLOB NOT NULL, PRIMARY KEY (digest, reader));
CREATE TABLE IF NOT EXISTS reports (
    serial INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT UNIQUE NOT NULL, text_key TEXT NOT NULL,
    listing BLOB NOT NULL, text BLOB NOT NULL, sections BLOB NOT NULL, tables BLOB NOT NULL, places BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS extents (serial INTEGER PRIMARY KEY, passages INTEGER NOT NULL, text_key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS passages (
    report INTEGER, number INTEGER, hash BLOB NOT NULL, body BLOB NOT NULL, PRIMARY KEY (report, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS passages_by_hash ON passages (hash);
CREATE TABLE IF NOT EXISTS vectors (
    id INTEGER PRIMARY KEY, encoder TEXT NOT NULL, hash BLOB NOT NULL, vector BLOB NOT NULL, UNIQUE (encoder, hash));
CREATE TABLE IF NOT EXISTS members (
    snapshot TEXT, serial INTEGER, name TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (snapshot, serial)
) WITHOUT ROWID;
"""

EXTENTS_OF_FORMAT_2 = (
    "INSERT INTO extents SELECT serial, (SELECT count(*) FROM passages WHERE report = serial), text_key FROM reports"
)
"""Fills the table that catalogs up to format 2 lack, so that their vectors need not be made again."""


class Catalog:
    """One catalog file; safe to use from many threads."""

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self._db = Database(path, writable=writable)
        self.close = self._db.close
        self.transaction = self._db.transaction
        self.settle = self._db.settle
        self.copy_to = self._db.copy_to
        self.gists = gists.Gists(self._db)
        self.sketches = likeness.Sketches(self._db)
        self.troubles = troubles.Troubles(self._db)
        if writable:
            self._db.run_script(SCHEMA + gists.SCHEMA + likeness.SCHEMA + troubles.SCHEMA)
            if self._db.row("SELECT 1 FROM extents LIMIT 1") is None:
                self._db.run(EXTENTS_OF_FORMAT_2)

    # ── sources and reports ──────────────────────────────────────────────────────────────────────────────

    def outcome(self, digest: str, reader: str) -> Outcome | None:
        """What this version of the reader made of a file's bytes; None when it hasn't seen them."""
        row = self._db.row("SELECT outcome FROM sources WHERE digest = ? AND reader = ?", digest, reader)
        return from_bytes(unseal(row[0], f"source {digest}"), Outcome) if row else None

    def keep_outcome(self, digest: str, reader: str, outcome: Outcome) -> None:
        """Remembers what reading a file gave."""
        sealed = seal(to_bytes(outcome, Outcome), f"source {digest}")
        self._db.run("INSERT OR REPLACE INTO sources VALUES (?, ?, ?)", digest, reader, sealed)

    def keep_report(self, report: Report, reader: str = "") -> str:
        """Stores what a version of the reader gave, unless it is there; returns the report's content key."""
        key = self._keep_content(report)
        serial = self.serial(key) or 0
        self.gists.keep(serial, report, reader)
        self.sketches.keep(serial, report.text)
        return key

    def _keep_content(self, report: Report) -> str:
        parts = {
            "text": report.text.encode(),
            "sections": to_bytes(report.sections, tuple[Section, ...]),
            "tables": to_bytes(report.tables, tuple[Table, ...]),
            "places": to_bytes(report.places, tuple[Place, ...]),
        }
        listing = to_bytes(listing_of(report), Listing)
        bodies = [body_of(report, passage) for passage in report.passages]
        stored = [to_bytes(body, PassageBody) for body in bodies]
        key = blake2b(b"\0".join([listing, *parts.values(), *stored]), digest_size=16).hexdigest()
        if self.serial(key) is not None:
            return key
        sealed = [seal(listing, f"listing {key}"), *(seal(part, f"{name} {key}") for name, part in parts.items())]
        text_key = blake2b(parts["text"], digest_size=16).hexdigest()
        serial = self._db.insert("INSERT INTO reports VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", key, text_key, *sealed)
        self._db.run("INSERT INTO extents VALUES (?, ?, ?)", serial, len(bodies), text_key)
        rows = (
            (serial, number, text_hash(body), seal(data, f"passage {serial} {number}"))
            for number, (body, data) in enumerate(zip(bodies, stored, strict=True))
        )
        self._db.run_many("INSERT INTO passages VALUES (?, ?, ?, ?)", rows)
        return key

    def serial(self, key: str) -> int | None:
        """The row of a report by its content key."""
        row = self._db.row("SELECT serial FROM reports WHERE content = ?", key)
        return row[0] if row else None

    def counts(self, serials: Iterable[int]) -> dict[int, int]:
        """Passages of each report, in the order of `serials`."""
        counts: dict[int, int] = dict(self._db.rows("SELECT serial, passages FROM extents"))
        return {serial: self._known(counts, serial) for serial in serials}

    def text_keys(self) -> dict[int, str]:
        """Hash of every report's canonical text: equal for reports that say the same, whatever their files."""
        return dict(self._db.rows("SELECT serial, text_key FROM extents"))

    def listing(self, serial: int) -> Listing:
        """What is listed of one report."""
        return from_bytes(self._part(serial, "listing"), Listing)

    def listings(self, snapshot: str) -> list[tuple[Member, Listing]]:
        """The reports of a snapshot in the order they were added."""
        rows = self._db.rows(
            "SELECT serial, name, path, content, listing FROM members JOIN reports USING (serial) "
            "WHERE snapshot = ? ORDER BY serial",
            snapshot,
        )
        return [
            (Member(serial, name, path), from_bytes(unseal(listing, f"listing {key}"), Listing))
            for serial, name, path, key, listing in rows
        ]

    def text(self, serial: int) -> str:
        """Canonical text of a report."""
        return self._part(serial, "text").decode()

    def sections(self, serial: int) -> tuple[Section, ...]:
        """Sections of a report, in order."""
        return from_bytes(self._part(serial, "sections"), tuple[Section, ...])

    def tables(self, serial: int) -> tuple[Table, ...]:
        """Tables of a report, in order."""
        return from_bytes(self._part(serial, "tables"), tuple[Table, ...])

    def places(self, serial: int) -> tuple[Place, ...]:
        """Where in its file the text of a report stood."""
        return from_bytes(self._part(serial, "places"), tuple[Place, ...])

    def _part(self, serial: int, name: str) -> bytes:
        row = self._require(f"SELECT content, {name} FROM reports WHERE serial = ?", serial)  # noqa: S608 - a column
        return unseal(row[1], f"{name} {row[0]}")

    def _known(self, counts: dict[int, int], serial: int) -> int:
        if serial not in counts:
            raise IndexDamaged(f"Report {serial} is missing from the catalog.", REPAIR)
        return counts[serial]

    def _require(self, query: str, serial: int) -> Row:
        row = self._db.row(query, serial)
        if row is None:
            raise IndexDamaged(f"Report {serial} is missing from the catalog.", REPAIR)
        return row

    # ── passages and vectors ─────────────────────────────────────────────────────────────────────────────

    def passage(self, serial: int, number: int) -> PassageBody:
        """One passage of a report."""
        row = self._db.row("SELECT body FROM passages WHERE report = ? AND number = ?", serial, number)
        return _unsealed(row[0] if row else None, serial, number)

    def passages(self, serial: int) -> list[PassageBody]:
        """All passages of a report, in order."""
        rows = self._db.rows("SELECT number, body FROM passages WHERE report = ? ORDER BY number", serial)
        return [_unsealed(body, serial, number) for number, body in rows]

    def unencoded(self, serials: Iterable[int], encoder: str) -> dict[bytes, str]:
        """What must still be encoded for these reports: text by hash."""
        found: dict[bytes, str] = {}
        for serial in serials:
            rows = self._db.rows(
                "SELECT number, hash, body FROM passages AS p WHERE report = ? AND NOT EXISTS "
                "(SELECT 1 FROM vectors AS v WHERE v.encoder = ? AND v.hash = p.hash) ORDER BY number",
                serial,
                encoder,
            )
            for number, hashed, sealed in rows:
                body = _unsealed(sealed, serial, number)
                found[hashed] = encoded_text(body.context, body.text)
        return found

    def keep_vectors(self, encoder: str, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Stores one vector for each hash."""
        rows = (
            (encoder, hashed, seal(vector.tobytes(), f"vector {encoder} {hashed.hex()}"))
            for hashed, vector in zip(hashes, vectors, strict=True)
        )
        self._db.run_many("INSERT OR IGNORE INTO vectors (encoder, hash, vector) VALUES (?, ?, ?)", rows)

    def vectors(self, serial: int, encoder: str) -> Vectors:
        """(passages, dimension) of one report, in order.

        Raises:
            IndexDamaged: one is missing or changed.
        """
        rows = self._db.rows(
            "SELECT p.hash, v.vector FROM passages AS p LEFT JOIN vectors AS v ON v.encoder = ? AND v.hash = p.hash "
            "WHERE report = ? ORDER BY number",
            encoder,
            serial,
        )
        stored = [unseal(sealed, f"vector {encoder} {hashed.hex()}") for hashed, sealed in rows]
        return np.frombuffer(b"".join(stored), dtype=np.float32).reshape(len(stored), -1 if stored else 0)

    # ── members of snapshots ─────────────────────────────────────────────────────────────────────────────

    def keep_members(self, snapshot: str, members: Iterable[Member]) -> None:
        """Writes down which reports a snapshot holds, in place of what stood under its name."""
        with self.transaction():
            self._db.run("DELETE FROM members WHERE snapshot = ?", snapshot)
            rows = ((snapshot, member.serial, member.name, member.path) for member in members)
            self._db.run_many("INSERT INTO members VALUES (?, ?, ?, ?)", rows)

    def members(self, snapshot: str) -> list[Member]:
        """The reports of a snapshot, in the order they were added."""
        rows = self._db.rows("SELECT serial, name, path FROM members WHERE snapshot = ? ORDER BY serial", snapshot)
        return [Member(*row) for row in rows]

    def forget(self, keep: Iterable[str], encoder: str) -> None:
        """Removes every snapshot's members but those of `keep`, and what no snapshot needs any more.

        Of vectors only those of the current encoder are kept: snapshots carry their own.
        """
        kept = list(keep)
        marks = ",".join("?" * len(kept))
        with self.transaction():
            for other in self._encoders():
                if other != encoder:
                    self._db.run("DELETE FROM vectors WHERE encoder = ?", other)
            self._db.run(f"DELETE FROM members WHERE snapshot NOT IN ({marks})", *kept)  # noqa: S608 - question marks
            gone = "SELECT serial FROM extents WHERE serial NOT IN (SELECT serial FROM members)"
            for (serial,) in self._db.rows(gone):
                self._forget_report(serial)

    def _encoders(self) -> Iterator[str]:
        """Each encoder that has vectors, found without looking at all of them."""
        row = self._db.row("SELECT min(encoder) FROM vectors")
        while row and row[0] is not None:
            yield row[0]
            row = self._db.row("SELECT min(encoder) FROM vectors WHERE encoder > ?", row[0])

    def complaints(self) -> list[str]:
        """What SQLite itself finds wrong with the file."""
        return [row[0] for row in self._db.rows("PRAGMA integrity_check") if row[0] != "ok"]

    def _forget_report(self, serial: int) -> None:
        self._db.run(
            "DELETE FROM vectors WHERE hash IN (SELECT p.hash FROM passages AS p WHERE p.report = ? AND NOT EXISTS "
            "(SELECT 1 FROM passages AS q WHERE q.hash = p.hash AND q.report <> p.report))",
            serial,
        )
        self._db.run("DELETE FROM passages WHERE report = ?", serial)
        self.gists.forget(serial)
        self.sketches.forget(serial)
        self._db.run("DELETE FROM extents WHERE serial = ?", serial)
        self._db.run("DELETE FROM reports WHERE serial = ?", serial)


def _unsealed(sealed: bytes | None, serial: int, number: int) -> PassageBody:
    return from_bytes(unseal(sealed, f"passage {serial} {number}"), PassageBody)
