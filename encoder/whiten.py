"""`python -m encoder.whiten --work FOLDER`: a linear map behind the pooling that evens out the vectors' directions.

What the map is: `encoder.evened`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from encoder.console import Log, options
from encoder.dense import linear_map, write_dense
from encoder.evened import evened, moments
from encoder.prepare import GROUPS, PAIRS
from encoder.records import read_groups, read_pairs
from encoder.settings import WhitenSettings, load_settings
from encoder.student import Student
from index.records import Vectors

WHITENED = "whitened"
LONGEST = 320


def main() -> None:
    """Writes `whitened/`, the folder `start` with the map, which replaces one that is there already."""
    given = options(__doc__ or "")
    settings = load_settings(given.config).whiten
    student = Student(Path(settings.start))
    texts = sample(given.work, settings)
    target = given.work / WHITENED
    shutil.copytree(settings.start, target, dirs_exist_ok=True)
    write_dense(linear_map(*whitening(student.pooled(texts, LONGEST), settings)), target)
    Log(given.work / "whiten.log")(f"whitened by {len(texts)} texts")


def sample(work: Path, settings: WhitenSettings) -> list[str]:
    """As many passages, queries and sentences of either language, drawn from what `encoder.prepare` left."""
    rng = np.random.default_rng(settings.seed)
    groups, pairs = read_groups(work / GROUPS), read_pairs(work / PAIRS)
    half = -(-settings.texts // 2)
    drawn = [groups[at] for at in rng.permutation(len(groups))[: settings.texts]]
    twins = [pairs[at] for at in rng.permutation(len(pairs))[:half]]
    queries = [str(rng.choice([query.text for query in group.queries])) for group in drawn]
    return [*(group.passage for group in drawn), *queries, *(pair.zh for pair in twins), *(pair.en for pair in twins)]


def whitening(pooled: Vectors, settings: WhitenSettings) -> tuple[Vectors, Vectors]:
    """Weight (dimension, dimension) and bias (dimension,) of a map for pooled vectors (texts, dimension).

    `evened`, the strongest direction first, at a scale at which the results have a mean length of 1.
    """
    import torch

    weight, bias = evened(moments(torch.from_numpy(pooled)), settings, turned=True)
    length = np.linalg.norm(pooled @ weight.T + bias, axis=1).mean()
    return np.asarray(weight / length, np.float32), np.asarray(bias / length, np.float32)


if __name__ == "__main__":
    main()
