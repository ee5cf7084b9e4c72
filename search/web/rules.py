"""What a server allows, and to whom: settled when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one server; the default answers questions and changes nothing."""

    hosts: tuple[str, ...] = ()
    """Names that it answers for; () for any."""
    changes: Path | None = None
    """Folder of the index whose reports may be changed through the API; None where none may."""
