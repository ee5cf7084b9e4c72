"""SQLite with one connection for each thread and its failures told as wenbao's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import local
from typing import Any

from index.errors import IndexDamaged, IndexFault
from index.seal import REPAIR

Row = tuple[Any, ...]

BUSY_SECONDS = 30.0
"""How long a reader waits while SQLite itself moves its log into the file."""


class Database:
    """One database file in write-ahead mode: readers never wait for the writer."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self.path = path
        self._writable = writable
        self._local = local()

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        return connection

    def _connect(self) -> sqlite3.Connection:
        with self._translated():
            return _open(self.path, "rwc" if self._writable else "ro")

    def close(self) -> None:
        """Closes this thread's connection, if it has one; those of other threads end with their threads."""
        if hasattr(self._local, "connection"):
            self._local.connection.close()
            del self._local.connection

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows of a query."""
        with self._translated():
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> Row | None:
        """The first row of a query, None when there is none."""
        with self._translated():
            row: Row | None = self._connection.execute(query, values).fetchone()
            return row

    def insert(self, query: str, *values: object) -> int:
        """Runs an insertion; returns the number of the new row."""
        with self._translated():
            return self._connection.execute(query, values).lastrowid or 0

    def run(self, query: str, *values: object) -> None:
        """Runs a statement."""
        with self._translated():
            self._connection.execute(query, values)

    def run_many(self, query: str, values: Iterable[Row]) -> None:
        """Runs a statement once for each row of values."""
        with self._translated():
            self._connection.executemany(query, values)

    def run_script(self, script: str) -> None:
        """Runs several statements."""
        with self._translated():
            self._connection.executescript(script)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is on the disk at its end, or nothing."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self.run("COMMIT")

    def settle(self) -> None:
        """Moves the write-ahead log into the file, and the file onto the disk."""
        self.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, path: Path) -> None:
        """Writes a consistent copy, whatever a writer does meanwhile."""
        with self._translated(), closing(sqlite3.connect(path)) as copy:
            self._connection.backup(copy)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise IndexFault(
                f"The catalog {self.path} can't be used: {error}.",
                "Check that its folder may be read and written and that the disk has space left.",
            ) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # SQLite quotes what it can't read
            raise IndexDamaged(f"The catalog {self.path} is damaged: {error}.", REPAIR) from error


def _open(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    connection.execute("PRAGMA journal_mode = WAL" if mode == "rwc" else "PRAGMA query_only = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection
