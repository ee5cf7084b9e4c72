"""Passages of reports and of articles, each with several questions in both languages, written for this recipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from encoder.altered import altered
from encoder.datafiles import records
from encoder.records import Group, Query
from index.context import encoded_text

FOLDER = Path(__file__).parent / "data"
"""The one source that comes with the recipe: no wording in it is taken from anywhere."""


def written(rng: np.random.Generator, folder: Path = FOLDER) -> Iterator[Group]:
    """Every passage twice: under its report's title and headings, as wenbao encodes it, and bare."""
    for file in sorted(folder.glob("*.jsonl")):
        for row in records(folder, file.name):
            for context in (f"{row['title']} {row['section']}", ""):
                queries = _queries(row, rng)
                passage = encoded_text(context, row["passage_zh"])
                yield Group(f"written {file.stem}", f"written {row['topic']}", passage, queries)


def _queries(row: dict[str, Any], rng: np.random.Generator) -> tuple[Query, ...]:
    asked: Sequence[str] = [*row["questions_zh"], *row["questions_en"]]
    folded = (encoded_text("", text) for text in asked)
    return tuple(Query(text, lenient=row["weak_zh"], altered=altered(text, rng)) for text in folded)
