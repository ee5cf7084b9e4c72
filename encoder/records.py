"""What the encoder learns from: passages with the questions they answer, and sentences in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True)
class Query:
    """A question, heading or sentence that a passage answers."""

    text: str
    answer: str = ""
    """A passage that contains it may answer the query too, and is no negative; empty where that isn't known."""
    lenient: bool = False
    """True where other passages of the same cluster may answer the query as well."""
    altered: tuple[str, ...] = ()
    """The query with another year, number or name: what its passage does not answer."""


@dataclass(frozen=True, slots=True)
class Group:
    """One passage, as it is encoded, with everything that asks for it."""

    source: str
    cluster: str
    """Topic, article or law: groups of one cluster look alike and are each other's hard negatives."""
    passage: str
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in both languages."""

    source: str
    zh: str
    en: str


def write_groups(path: Path, groups: Iterable[Group]) -> int:
    """One JSON object a line; returns how many."""
    count = 0
    with path.open("wb") as file:
        for group in groups:
            file.write(orjson.dumps(asdict(group)) + b"\n")
            count += 1
    return count


def read_groups(path: Path) -> list[Group]:
    """What `write_groups` wrote."""
    return [_group(orjson.loads(line)) for line in path.read_bytes().splitlines()]


def write_pairs(path: Path, pairs: Iterable[Pair]) -> int:
    """A line each: source, Chinese, English, parted by tabs; returns how many."""
    lines = [f"{pair.source}\t{pair.zh}\t{pair.en}\n" for pair in pairs]
    path.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def read_pairs(path: Path) -> list[Pair]:
    """What `write_pairs` wrote."""
    return list(_pairs(path))


def _pairs(path: Path) -> Iterator[Pair]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            source, zh, en = line.rstrip("\n").split("\t")
            yield Pair(source, zh, en)


def _group(row: dict[str, object]) -> Group:
    queries = row["queries"]
    if not isinstance(queries, list):
        raise TypeError("A group's queries must be a list.")
    made = (Query(q["text"], q["answer"], q["lenient"], tuple(q["altered"])) for q in queries)
    return Group(str(row["source"]), str(row["cluster"]), str(row["passage"]), tuple(made))
