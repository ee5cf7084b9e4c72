"""Word lists of search/data: words parted by white space."""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).parents[1] / "data"


def word_set(name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset((_DATA / name).read_text(encoding="utf-8").split())


def word_groups(name: str) -> list[tuple[str, ...]]:
    """The lines of one list, `word<TAB>other|other`: the word, then the others."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [(word, *others.split("|")) for word, others in (line.split("\t") for line in lines)]
