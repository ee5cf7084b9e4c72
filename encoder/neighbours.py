"""`python -m encoder.neighbours --work FOLDER`: hard negatives, mined with the encoder that training starts from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from encoder.console import Log, options
from encoder.prepare import GROUPS
from encoder.records import Group, read_groups
from encoder.settings import load_settings
from encoder.student import Student
from index.records import Vectors

NEAREST = 24
"""Neighbours kept of each passage; a batch takes those that are left."""
SEEN_PIECES = 112
"""Pieces of a passage that mining looks at: enough to know what it is about, at a third of the time."""
CHUNK = 512


def main() -> None:
    """Writes `neighbours-SOURCE.npy` for the sources whose clusters say too little."""
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


def read_neighbours(work: Path, name: str) -> list[list[int]] | None:
    """For each group of a source its nearest; None where they haven't been mined."""
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


def _encoded(student: Student, texts: Sequence[str], longest: int) -> Vectors:
    parts = [student.encode(texts[start : start + CHUNK], longest) for start in range(0, len(texts), CHUNK)]
    return np.concatenate(parts)


def _file(work: Path, name: str) -> Path:
    return work / f"neighbours-{name}.npy"


if __name__ == "__main__":
    main()
