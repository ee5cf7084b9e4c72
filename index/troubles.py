"""What went wrong with files when they were last read: kept, so that it can be shown when the command is over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from corpus.records import Problem
from index.codec import from_bytes, to_bytes
from index.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS troubles (path TEXT NOT NULL, trouble BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS troubles_by_path ON troubles (path);
"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem with a file or with one entry of an archive; `path` is the file's, absolute."""

    path: str
    problem: Problem
    unread: bool
    """True when no report came of it; otherwise the report is there, and the problem is a warning."""


class Troubles:
    """The troubles of one catalog, in the order the files were read."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> tuple[Trouble, ...]:
        """Everything that is remembered."""
        rows = self._db.rows("SELECT trouble FROM troubles ORDER BY rowid")
        return tuple(from_bytes(row[0], Trouble) for row in rows)

    def keep(self, troubles: Iterable[Trouble], read: Collection[str] | None = None) -> None:
        """Puts `troubles` in the place of what was known of the files `read` (None: of all files)."""
        with self._db.transaction():
            if read is None:
                self._db.run("DELETE FROM troubles")
            else:
                self._db.run_many("DELETE FROM troubles WHERE path = ?", ((path,) for path in read))
            rows = ((trouble.path, to_bytes(trouble, Trouble)) for trouble in troubles)
            self._db.run_many("INSERT INTO troubles VALUES (?, ?)", rows)

    def forget(self, names: Collection[str]) -> None:
        """Removes what is known of files or entries of these names."""
        self.keep([trouble for trouble in self.all() if trouble.problem.file not in names])
