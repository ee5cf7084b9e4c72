"""Keys of the API: 256 random bits each, of which only the SHA-256 is kept.

A slow hash protects passwords that people think up; nobody can try out 2**256 keys, so a quick one does (OWASP ASVS
5.0, 11.4.2 asks for slow ones for passwords only).

    DIR/keys.json    a list of id, name, role, hash and the time it was made

Where this file is, every caller needs a key, even when the last one was removed; deleting it opens the API again.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex, token_urlsafe
from tempfile import NamedTemporaryFile

import orjson

from corpus.errors import WenbaoError
from index.snapshot import KEYS, require_pointer
from search.web.rules import Role

PREFIX = "wenbao_"
"""Lets people, and programs that look for secrets in code, see what it is."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key."""

    id: str
    name: str
    role: Role
    sha256: str
    made: str


class KeyFile:
    """The keys that belong to an index; safe to use from many threads, read again whenever the file changes."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._path = directory / KEYS
        self._read: tuple[tuple[int, int, int], dict[str, Key]] | None = None

    def add(self, name: str, role: Role) -> str:
        """Makes a key and returns it; it can't be had again.

        Raises:
            IndexMissing: there is no index.
        """
        require_pointer(self._directory)
        secret = PREFIX + token_urlsafe(32)
        key = Key(token_hex(4), name, role, _hash(secret), datetime.now(UTC).isoformat(timespec="seconds"))
        self._write([*self.all(), key])
        return secret

    def remove(self, key_id: str) -> None:
        """Takes a key back.

        Raises:
            WenbaoError: there is none with this id.
        """
        keys = self.all()
        kept = [key for key in keys if key.id != key_id]
        if len(kept) == len(keys):
            raise WenbaoError(f"There is no key {key_id}.", "`wenbao keys list` shows the ids.", code="key-unknown")
        self._write(kept)

    def all(self) -> list[Key]:
        """All keys, the oldest first."""
        return list(self._known().values())

    def find(self, secret: str) -> Key | None:
        """The key that a caller shows; None where it is not one of these."""
        return self._known().get(_hash(secret))

    @property
    def required(self) -> bool:
        """Whether callers need a key; a file that goes while a server runs opens nothing."""
        return self._read is not None or self._stamp() is not None

    def _known(self) -> dict[str, Key]:
        """By hash: looking up a hash tells nothing of the key through the time that it takes."""
        stamp = self._stamp()
        if stamp is None:
            return {}
        if self._read is None or self._read[0] != stamp:
            found = [Key(**one) for one in orjson.loads(self._path.read_bytes())]
            self._read = stamp, {key.sha256: key for key in found}
        return self._read[1]

    def _stamp(self) -> tuple[int, int, int] | None:
        if not self._path.is_file():
            return None
        now = self._path.stat()
        return now.st_ino, now.st_mtime_ns, now.st_size

    def _write(self, keys: list[Key]) -> None:
        with NamedTemporaryFile(dir=self._directory, prefix=".keys-", delete=False) as scratch:
            scratch.write(orjson.dumps([asdict(key) for key in keys], option=orjson.OPT_INDENT_2))
            scratch.flush()
            os.fsync(scratch.fileno())
        Path(scratch.name).replace(self._path)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
