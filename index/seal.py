"""Stored bytes that know whether they are still what was stored."""

from __future__ import annotations

import hashlib

from index.errors import IndexDamaged

SEAL = 8
"""Bytes of checksum in front of the payload."""

REPAIR = (
    "Bring back a backup with `wenbao restore`, or move the folder away and run `wenbao build SOURCE... --index` again."
)


def seal(payload: bytes, name: str) -> bytes:
    """The payload behind a checksum of itself and of the place it belongs to."""
    return _checksum(payload, name) + payload


def unseal(sealed: bytes | None, name: str) -> bytes:
    """The payload that was sealed under this name.

    Raises:
        IndexDamaged: it is missing, changed, or belongs to another place.
    """
    if sealed is None or sealed[:SEAL] != _checksum(sealed[SEAL:], name):
        raise IndexDamaged(f"The catalog is damaged at {name}.", REPAIR)
    return sealed[SEAL:]


def _checksum(payload: bytes, name: str) -> bytes:
    return hashlib.blake2b(payload, digest_size=SEAL, key=name.encode()[:64]).digest()
