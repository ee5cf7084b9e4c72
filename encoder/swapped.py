"""Passages once more with other names in them: whoever asks must be told apart by the name alone.

Nothing else differs between such passages, so in one batch they teach what a mean over many pieces tells worst: which
school, person, place or body a passage is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from encoder.records import Group, Query

VARIANTS = 3
"""Forms of a passage besides its own."""
BESIDES = 0.3
"""Share of the names that nobody asks for and that change as well."""
NAMES = frozenset({"nr", "ns", "nt", "nz", "nrt", "nrfg"})
"""jieba's marks of names: persons, places, bodies, others, transliterated ones."""
LENGTHS = range(2, 9)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]{3}")


def with_swapped(groups: Iterable[Group], share: float, rng: np.random.Generator) -> Iterator[Group]:
    """Every group, and behind a `share` of them their variants."""
    for group in groups:
        yield group
        if rng.random() < share:
            yield from swapped(group, rng)


def swapped(group: Group, rng: np.random.Generator) -> list[Group]:
    """Variants of a group whose queries name something, with the queries that do; none of another.

    A query's answer is left out, since all variants contain it and one alone is asked for.
    """
    asked = [query for query in group.queries if not _LATIN.search(query.text)]
    names = _names(group.passage)
    wanted = [name for name in names if any(name in query.text for query in asked)]
    naming = [query for query in asked if any(name in query.text for name in wanted)]
    variants = []
    for _ in range(VARIANTS if wanted else 0):
        others = {
            name: _another(_known()[kind, len(name)], rng)
            for name, kind in names.items()
            if name in wanted or rng.random() < BESIDES
        }
        pattern = re.compile("|".join(map(re.escape, sorted(others, key=len, reverse=True))))
        passage, *queries = (_replaced(pattern, others, text) for text in (group.passage, *(q.text for q in naming)))
        asking = tuple(Query(text, lenient=query.lenient) for text, query in zip(queries, naming, strict=True))
        variants.append(Group(group.source, group.cluster, passage, asking))
    return variants


def _another(names: Sequence[str], rng: np.random.Generator) -> str:
    return names[int(rng.integers(len(names)))]


def _replaced(pattern: re.Pattern[str], others: dict[str, str], text: str) -> str:
    return pattern.sub(lambda found: others[found[0]], text)


def _names(text: str) -> dict[str, str]:
    """The Chinese names in a text and their marks, as far as there are others to put in their place."""
    from jieba import posseg  # type: ignore[import-untyped]  # it has no annotations

    found = {pair.word: pair.flag for pair in posseg.cut(text)}
    return {word: kind for word, kind in found.items() if _HAN.fullmatch(word) and (kind, len(word)) in _known()}


@cache
def _known() -> dict[tuple[str, int], list[str]]:
    """The names of jieba's dictionary by mark and length."""
    known: dict[tuple[str, int], list[str]] = {}
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, _, kind = line.split(" ")
        if kind in NAMES and len(word) in LENGTHS and _HAN.fullmatch(word):
            known.setdefault((kind, len(word)), []).append(word)
    return known
