"""`python -m encoder.distil --work FOLDER`: Chinese sentences drawn to where the teacher puts their English twins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from encoder import losses
from encoder.console import options
from encoder.prepare import PAIRS
from encoder.records import Pair, read_pairs
from encoder.settings import DistilSettings, load_settings
from encoder.student import Student
from encoder.teacher import teacher_folder, teacher_vectors
from encoder.training import train
from index.records import Vectors

if TYPE_CHECKING:
    import torch

SIMILAR = 16
"""Batches' worth of pairs that are sorted by length together: little padding, and still another mix each time."""


def main() -> None:
    """Trains until the settings' steps are done, from the last checkpoint if there is one."""
    given = options(__doc__ or "")
    settings = load_settings(given.config)
    pairs = read_pairs(given.work / PAIRS)
    taught = teacher_vectors(teacher_folder(settings.tokenizer.teacher), [pair.en for pair in pairs], given.work)
    student = Student(Path(settings.distil.start))
    train(Distil(settings.distil, student, pairs, taught), student, settings.distil.pace, given.work)


class Distil:
    """The stage over sentence pairs and the teacher's vectors of their English sides, row by row."""

    name = "distil"

    def __init__(self, settings: DistilSettings, student: Student, pairs: Sequence[Pair], taught: Vectors) -> None:
        self._settings = settings
        self._student = student
        self._pairs = pairs
        self._taught = taught

    def losses(self, step: int) -> dict[str, torch.Tensor]:
        """Cosine distance to the teacher, plus contrast of the batch's sentences against its vectors."""
        import torch

        settings = self._settings
        rows = distil_batch(self._pairs, step, settings)
        both = np.random.default_rng([settings.pace.seed, step, 1]).random(len(rows)) < settings.english
        chinese = [self._pairs[row].zh for row in rows]
        english = [self._pairs[row].en for row, seen in zip(rows, both, strict=True) if seen]
        vectors = self._student.vectors(chinese + english, settings.pieces)
        gold = torch.from_numpy(np.asarray(self._taught[rows], np.float32))
        wanted = torch.cat([gold, gold[torch.from_numpy(both)]])
        distance = 1.0 - (vectors * wanted).sum(1).mean()
        contrast = losses.translation(vectors[: len(rows)], gold, settings.temperature)
        return {"distance": distance, "contrast": contrast}


def distil_batch(pairs: Sequence[Pair], step: int, settings: DistilSettings) -> list[int]:
    """Numbers of pairs of similar length; every pair comes once an epoch, and the same step draws the same."""
    size = min(settings.pairs, len(pairs))
    per_epoch = len(pairs) // size
    epoch, place = divmod(step, per_epoch)
    order = np.random.default_rng([settings.pace.seed, epoch]).permutation(len(pairs))
    start = place // SIMILAR * SIMILAR * size
    stretch = order[start : start + SIMILAR * size]
    by_length = sorted(stretch.tolist(), key=lambda row: len(pairs[row].zh))
    batches = [by_length[at : at + size] for at in range(0, len(by_length) - size + 1, size)]
    return batches[place % SIMILAR]


if __name__ == "__main__":
    main()
