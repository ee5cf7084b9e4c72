"""Reading-comprehension sets: questions people asked of an encyclopaedia's paragraphs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from encoder.altered import query_of
from encoder.datafiles import records
from encoder.records import Group
from encoder.texts import packed, sentences
from index.context import encoded_text

PIECE = (180, 380)
"""Characters of a piece when a paragraph is cut, about those of wenbao's passages."""
WHOLE = 0.45
"""Share of paragraphs that stay whole, as in the sets that measure."""
TITLED = 0.3
"""Share of whole paragraphs with their article's title in front; pieces always: who else would "he" be?"""


def comprehension(folder: Path, name: str, rng: np.random.Generator) -> Iterator[Group]:
    """The paragraphs of `name`.passages.jsonl, whole or in pieces, with their questions.

    A question belongs to the piece with its answer; where several contain it, to none.
    """
    asked: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in records(folder, f"{name}.questions.jsonl"):
        asked[row["pid"]].append(row)
    for row in records(folder, f"{name}.passages.jsonl"):
        questions = asked[row["pid"]]
        if not questions:
            continue
        title = questions[0]["title"]
        whole = rng.random() < WHOLE
        for text in [row["text"]] if whole else _pieces(row["text"], int(rng.integers(*PIECE))):
            queries = tuple(
                query_of(q["question"], q["answers"][0], rng)
                for q in questions
                if whole or _only_there(q, text, row["text"])
            )
            if queries:
                context = title if not whole or rng.random() < TITLED else ""
                yield Group(name, f"{name} {title}", encoded_text(context, text), queries)


def _pieces(text: str, size: int) -> list[str]:
    parts = sentences(text)
    return ["".join(parts[start:end]) for start, end in packed(parts, size)]


def _only_there(question: dict[str, Any], piece: str, text: str) -> bool:
    answer = question["answers"][0]
    return piece.count(answer) == text.count(answer) > 0
