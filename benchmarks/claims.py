"""How a sentence is judged against the passage it cites: its own, another one, and with a changed figure.

    python benchmarks/claims.py INDEX

Sentences are drawn from the passages themselves, so that no language model is needed: `own` and `part` (a clause left
out) are true and should be kept, the others are false and should be dropped.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median

from index.records import StoredPassage
from search.generate.claims import Checker
from search.generate.sources import sources_of
from search.query import Asker, understand
from search.records import Hit
from search.service import open_service
from search.view import View

DRAWN = 250
SHORTEST, LONGEST = 15, 120
"""Characters of the sentences that are drawn."""

_FIGURE = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d(?!\d))\d+(?:\.\d+)?")


def variants(draw: Random, claim: str, passage: str) -> Iterator[tuple[str, str]]:
    """A sentence of a passage, and what a careless or lying writer may make of it."""
    yield "own", claim
    parts = re.split("[，,；;]", claim.rstrip("。；;"))
    if len(parts) > 2:
        yield "part", "，".join(parts[:-1]) + "。"
    figures = list(_FIGURE.finditer(claim))
    if not figures:
        return
    one = draw.choice(figures)
    yield "changed figure", _put(claim, one, "".join(str((int(c) + 3) % 10) if c.isdigit() else c for c in one.group()))
    others = [found.group() for found in _FIGURE.finditer(passage) if found.group() not in claim]
    if others:
        yield "figure from elsewhere", _put(claim, one, draw.choice(others))
    if figures[0].group() != figures[-1].group():
        yield "figure from beside", _put(claim, figures[0], figures[-1].group())


def judged(view: View, claim: str, passage: StoredPassage) -> bool:
    """Whether a claim that cites a passage is kept; it is its own question."""
    sources = sources_of([Hit(1, 1.0, passage)], view.index)
    return bool(Checker(understand(claim, view, Asker()), sources, view).citations(claim, [1]))


def main(index: Path) -> None:
    """Prints for each kind how many were kept, and the time for one."""
    draw = Random(5)  # noqa: S311 - a sample, not a secret
    kept: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    seconds: list[float] = []
    with open_service(index) as service, service.reading() as view:
        passages = [one for one in view.index.passages(range(len(view.index))) if one.table is None]
        for passage in draw.sample(passages, min(DRAWN, len(passages))):
            (source,) = sources_of([Hit(1, 1.0, passage)], view.index)
            fitting = [one.text for one in source.sentences if SHORTEST <= len(one.text) <= LONGEST]
            if not fitting:
                continue
            claim = draw.choice(fitting)
            other = draw.choice([one for one in passages if claim not in one.text])
            cases = [(kind, text, passage) for kind, text in variants(draw, claim, passage.text)]
            for kind, text, cited in (*cases, ("another passage", claim, other)):
                began = time.perf_counter()
                kept[kind] += judged(view, text, cited)
                seconds.append(time.perf_counter() - began)
                seen[kind] += 1
    for kind, number in seen.items():
        print(f"{kind:22} kept {kept[kind]:4} of {number:4}")
    print(f"one sentence, its question understood: {1000 * median(seconds):.0f} ms")


def _put(text: str, place: re.Match[str], figure: str) -> str:
    return text[: place.start()] + figure + text[place.end() :]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
