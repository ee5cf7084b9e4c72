"""The records between a question file and its results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from corpus.errors import WenbaoError
from index.records import Filters
from search.shapes import Json


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One question of a file; `number` counts from 1, `extra` are the columns wenbao has no use for."""

    number: int
    id: str
    question: str
    filters: Filters = field(default_factory=Filters)
    extra: dict[str, Any] = field(default_factory=dict)
    error: WenbaoError | None = None
    """What is wrong with the row itself (a year that is no number)."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What came of one row: the reply in the JSON of the contract, or the error that kept it from one."""

    row: BatchRow
    reply: Json | None
    error: WenbaoError | None = None


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a run came to; `answered + unanswered + failed == rows`."""

    rows: int
    answered: int
    unanswered: int
    failed: int
    seconds: float
