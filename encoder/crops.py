"""Running text without questions: a sentence taken out of a passage asks for what is left of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from encoder.altered import query_of
from encoder.datafiles import records
from encoder.records import Group, Query
from encoder.texts import clauses, packed, sentences
from index.context import encoded_text

SIZE = (160, 380)
"""Characters of a passage, about."""
PER_TEXT = 3
"""Passages taken of one text, at most."""
ASKING = (12, 90)
"""Characters of a sentence that can ask."""
IN_CONTEXT = 0.6
"""Share of passages with title and heading in front, where a text has them."""


def crops(folder: Path, name: str, limit: int, rng: np.random.Generator) -> Iterator[Group]:
    """Groups of the texts of `name`.jsonl (`text`, and `title` and `heading` where there are), at most `limit`.

    The inverse cloze task (Lee et al. 2019): one sentence is taken out and asks for the rest; the heading and a clause
    that stays ask as well.
    """
    texts = records(folder, f"{name}.jsonl")
    made = (group for at, row in enumerate(texts) for group in _groups(name, at, row, rng))
    yield from itertools.islice(made, limit)


def _groups(name: str, at: int, row: dict[str, str], rng: np.random.Generator) -> Iterator[Group]:
    parts = sentences(row["text"])
    spans = [span for span in packed(parts, int(rng.integers(*SIZE))) if span[1] - span[0] > 2]
    above = f"{row.get('title', '')} {row.get('heading', '')}".strip()
    for chosen in rng.permutation(len(spans))[:PER_TEXT]:
        start, end = spans[chosen]
        asking = [part for part in parts[start:end] if ASKING[0] <= len(part) <= ASKING[1]]
        if not asking:
            continue
        # The first sentence of a text tells best what it is about.
        lead = asking[0] if start == 0 and rng.random() < 0.5 else str(rng.choice(asking))
        rest = "".join(part for part in parts[start:end] if part != lead)
        context = above if rng.random() < IN_CONTEXT else ""
        queries = [query_of(lead.strip(), "", rng)]
        kept = clauses(rest, shortest=6, longest=24)
        if kept:
            clause = str(rng.choice(kept))
            queries.append(query_of(f"{above} {clause}" if above and rng.random() < 0.5 else clause, clause, rng))
        if above and not context:
            queries.append(Query(encoded_text("", above), lenient=True))
        yield Group(f"crops {name}", f"{name} {above or at}", encoded_text(context, rest), tuple(queries))
