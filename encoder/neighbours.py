"""`python -m encoder.neighbours --work FOLDER`: hard negatives, mined with the encoder that training starts from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from encoder.console import Log, options
from encoder.prepare import GROUPS, PAIRS
from encoder.records import Group, Pair, read_groups, read_pairs
from encoder.settings import load_settings
from encoder.student import Student
from index.records import Vectors

NEAREST = 24
"""Neighbours kept of each passage; a batch takes those that are left."""
SEEN_PIECES = 112
"""Pieces of a passage that mining looks at: enough to know what it is about, at a third of the time."""
CHUNK = 512
TRANSLATION = "translation"
"""Name under which the neighbours of sentence pairs are mined."""
BLOCK = 20_000
"""Pairs, drawn at random, among which a pair's nearest are looked for."""
NEAREST_PAIRS = 6
"""Neighbours kept of each pair."""


def main() -> None:
    """Writes `neighbours-SOURCE.npy` for the sources whose clusters say too little, and for sentence pairs."""
    given = options(__doc__ or "")
    settings = load_settings(given.config).contrast
    import torch

    torch.set_num_threads(settings.pace.threads)
    log = Log(given.work / "neighbours.log")
    student = Student(Path(settings.start))
    groups = read_groups(given.work / GROUPS)
    for name in settings.mined:
        own = [group for group in groups if group.source.startswith(name)]
        if own:
            np.save(_file(given.work, name), mined(student, own, np.random.default_rng(settings.pace.seed)))
            log(f"{name}: neighbours of {len(own)} passages")
    if TRANSLATION in settings.mined:
        pairs = read_pairs(given.work / PAIRS)
        np.save(_file(given.work, TRANSLATION), mined_pairs(student, pairs, np.random.default_rng(settings.pace.seed)))
        log(f"{TRANSLATION}: neighbours of {len(pairs)} pairs")


def read_neighbours(work: Path, name: str) -> list[list[int]] | None:
    """For each group of a source, or each pair, its nearest; None where they haven't been mined."""
    path = _file(work, name)
    return np.load(path).tolist() if path.is_file() else None


def mined(student: Student, groups: Sequence[Group], rng: np.random.Generator) -> NDArray[np.int32]:
    """(groups, NEAREST) int32: passages that a group's queries find most readily, its own left out.

    A query is taken at random of each group. Copies of the same passage are no neighbours.
    """
    passages = _encoded(student, [group.passage for group in groups], SEEN_PIECES)
    queries = _encoded(student, [str(rng.choice([q.text for q in group.queries])) for group in groups], SEEN_PIECES)
    both = queries + passages
    kept = np.zeros((len(groups), min(NEAREST, len(groups) - 1)), np.int32)
    for start in range(0, len(groups), CHUNK):
        scores = both[start : start + CHUNK] @ passages.T
        scores[np.arange(len(scores)), np.arange(start, start + len(scores))] = -np.inf
        kept[start : start + CHUNK] = np.argsort(-scores, axis=1)[:, : kept.shape[1]]
    return kept


def mined_pairs(student: Student, pairs: Sequence[Pair], rng: np.random.Generator) -> NDArray[np.int32]:
    """(pairs, NEAREST_PAIRS) int32: pairs of its block whose English is nearest to a pair's own, the nearest first.

    A block of fewer pairs has fewer neighbours; a pair stands for those that lack.
    """
    english = _encoded(student, [pair.en for pair in pairs], SEEN_PIECES)
    near = np.repeat(np.arange(len(pairs), dtype=np.int32)[:, None], NEAREST_PAIRS, axis=1)
    for block in np.array_split(rng.permutation(len(pairs)), -(-len(pairs) // BLOCK)):
        kept = min(NEAREST_PAIRS, len(block) - 1)
        for start in range(0, len(block), CHUNK):
            rows = block[start : start + CHUNK]
            scores = english[rows] @ english[block].T
            scores[np.arange(len(rows)), np.arange(start, start + len(rows))] = -np.inf
            near[rows, :kept] = block[np.argsort(-scores, axis=1)[:, :kept]]
    return near


def _encoded(student: Student, texts: Sequence[str], longest: int) -> Vectors:
    parts = [student.encode(texts[start : start + CHUNK], longest) for start in range(0, len(texts), CHUNK)]
    return np.concatenate(parts)


def _file(work: Path, name: str) -> Path:
    return work / f"neighbours-{name}.npy"


if __name__ == "__main__":
    main()
