"""What a server allows, and to whom: settled when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from search.generate.endpoint import Endpoint

Log = Literal["off", "requests", "questions"]
Role = Literal["read", "admin"]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one server; the default answers everybody's questions and changes nothing."""

    index: Path | None = None
    """Folder of the index, where it is one of this machine."""
    hosts: tuple[str, ...] = ()
    """Names that it answers for; () for any."""
    changes: bool = False
    """Whether reports may be added and removed through the API."""
    origins: tuple[str, ...] = ()
    """Origins of other sites whose pages may call the API (https://example.org); "*" for any."""
    rate: int = 0
    """Requests a minute for each key or address; 0 for any number."""
    endpoint: Endpoint | None = None
    """The language model that writes answers for those who ask for it; None for none."""
    log: Log = "off"
    """Whether requests are logged, and whether with what was asked."""
