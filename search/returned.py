"""What was returned for one question, as far as it is judged: from a service, or from a file of results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from search.errors import BatchError
from search.records import Result
from search.shapes import Json, result_json


@dataclass(frozen=True, slots=True)
class ReturnedPassage:
    """A passage in the order of the ranking."""

    id: str
    score: float
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Returned:
    """Passages, best first, and the answer with its items as (name, text)."""

    passages: tuple[ReturnedPassage, ...]
    answered: bool
    text: str
    items: tuple[tuple[str, str], ...] = ()
    shape: Json = field(default_factory=dict, repr=False)
    """The whole result as JSON."""


def of_result(result: Result) -> Returned:
    """What a service returned."""
    return of_json(result_json(result))


def of_json(row: Mapping[str, Any]) -> Returned:
    """What a line of a results file says: that of `wenbao batch`, or {"id", "hits": [{"text"}], "answer": {...}}."""
    answer = row.get("answer") or {}
    passages = (
        ReturnedPassage(str(hit.get("passage_id", rank)), float(hit.get("score", 1 / rank)), str(hit.get("text") or ""))
        for rank, hit in enumerate(row.get("hits") or (), start=1)
    )
    return Returned(
        passages=tuple(passages),
        answered=bool(answer.get("answered")),
        text=str(answer.get("text") or ""),
        items=tuple(_item(item) for item in answer.get("items") or ()),
        shape=dict(row),
    )


def read_results(path: Path) -> dict[str, Returned]:
    """The results of a JSONL file by the id of their question.

    Raises:
        BatchError: the file can't be read, or a line of it is no result.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise BatchError(f"{path} can't be read: {error.strerror}.", "Check the name of the results file.") from error
    rows = [_row(line, f"{path.name}, line {number}") for number, line in enumerate(lines, start=1) if line.strip()]
    return {str(row["id"]): of_json(row) for row in rows}


def _row(line: bytes, where: str) -> Mapping[str, Any]:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BatchError(f"{where} is no JSON: {error}.", "Each line must be one JSON object.") from error
    if not isinstance(row, dict) or "id" not in row or "hits" not in row:
        raise BatchError(f"{where} is no result.", "Give a .jsonl that `wenbao batch` or `evaluate --out` wrote.")
    return row


def _item(item: Mapping[str, Any] | str) -> tuple[str, str]:
    return (item, "") if isinstance(item, str) else (str(item.get("name", "")), str(item.get("text") or ""))
