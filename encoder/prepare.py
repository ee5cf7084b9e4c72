"""`python -m encoder.prepare --data FOLDER --work FOLDER`: what the two stages learn from, in two files."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from encoder.cloze import clozes
from encoder.comprehension import comprehension
from encoder.console import Log, options
from encoder.crops import crops
from encoder.datafiles import columns
from encoder.domain import domain
from encoder.gloss import glosses, in_rough_english
from encoder.laws import laws
from encoder.records import Group, Pair, Query, write_groups, write_pairs
from encoder.settings import PrepareSettings, load_settings
from encoder.swapped import with_swapped
from encoder.twins import twins
from encoder.written import written
from index.context import encoded_text

GROUPS, PAIRS = "groups.jsonl", "pairs.tsv"


def main() -> None:
    """Writes `groups.jsonl` and `pairs.tsv` into the work folder."""
    given = options(__doc__ or "", data=True)
    settings = load_settings(given.config).prepare
    log = Log(given.work / "prepare.log")
    log(f"{write_pairs(given.work / PAIRS, pairs(given.data, settings))} pairs")
    log(f"{write_groups(given.work / GROUPS, groups(given.data, settings))} groups")


def groups(folder: Path, settings: PrepareSettings) -> Iterator[Group]:
    """Every source's groups; some questions also in rough English."""
    rng = np.random.default_rng(settings.seed)
    words = glosses(folder)
    for name in settings.comprehension:
        asked = (_also_rough(g, words, rng, settings.rough) for g in comprehension(folder, name, rng))
        yield from with_swapped(asked, settings.swapped, rng)
    yield from domain(folder, rng)
    yield from written(rng)
    yield from (_also_rough(g, words, rng, settings.rough / 2) for g in laws(folder, rng))
    for name, limit in settings.twins.items():
        yield from twins(folder, name, limit, rng)
    for made, limits in ((crops, settings.crops), (clozes, settings.clozes)):
        for name, limit in limits.items():
            asked = (_also_rough(g, words, rng, settings.rough / 2) for g in made(folder, name, limit, rng))
            yield from with_swapped(asked, settings.swapped, rng)


def pairs(folder: Path, settings: PrepareSettings) -> Iterator[Pair]:
    """Sentence pairs, at most so many of each file, in random order within the file."""
    rng = np.random.default_rng(settings.seed)
    for name, limit in settings.pairs.items():
        rows = [row for row in columns(folder, f"{name}.tsv") if len(row) >= 2 and row[0] and row[1]]
        for at in rng.permutation(len(rows))[:limit]:
            zh, en = (encoded_text("", text)[: settings.longest] for text in rows[at][:2])
            yield Pair(name, zh, en)


def _also_rough(group: Group, words: dict[str, str], rng: np.random.Generator, share: float) -> Group:
    """Some of the group's questions once more, wholly or half in rough English."""
    rough = []
    for query in group.queries:
        if rng.random() < share:
            text = in_rough_english(query.text, words, rng, share=1.0 if rng.random() < 0.7 else 0.5)
            rough.append(Query(encoded_text("", text), query.answer, query.lenient))
    return dataclasses.replace(group, queries=(*group.queries, *rough))


if __name__ == "__main__":
    main()
