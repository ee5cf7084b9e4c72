"""Records to JSON bytes and back."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Record = TypeVar("Record")


def to_bytes(record: object, kind: type[object]) -> bytes:
    """UTF-8 JSON of a record; `kind` is its type, `tuple[Section, ...]` for many."""
    return _adapter(cast(Hashable, kind)).dump_json(record)


def from_bytes(data: bytes, kind: type[Record]) -> Record:
    """The record that `to_bytes` wrote."""
    record: Record = _adapter(cast(Hashable, kind)).validate_json(data)
    return record


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - generic aliases have no common type
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
