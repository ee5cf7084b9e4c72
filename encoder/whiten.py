"""`python -m encoder.whiten --work FOLDER`: a linear map behind the pooling that evens out the vectors' directions.

Means over a passage's pieces lie close together: a few directions, shared by all texts, take most of the cosine, and
what tells two passages apart is left in many weak ones. Whitening (Su et al. 2021, Whitening Sentence Representations)
gives every direction the same weight; half of it on the way, and half of the mean taken away, does better than all.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from encoder.console import Log, options
from encoder.dense import linear_map, write_dense
from encoder.prepare import GROUPS, PAIRS
from encoder.records import read_groups, read_pairs
from encoder.settings import WhitenSettings, load_settings
from encoder.student import Student
from index.records import Vectors

WHITENED = "whitened"
LONGEST = 320
WEAKEST = 1e-4
"""Of the strongest direction's variance: weaker ones are rounding alone and are not raised above it."""


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

    It is x -> diag(variance ** -power) @ directions.T @ (x - centre * mean), but for its scale. Directions are
    the eigenvectors of the covariance, the strongest first, so that the first numbers of a vector say most and the last
    ones can be cut off. The results have a mean length of 1.
    """
    mean = pooled.mean(axis=0, dtype=np.float64)
    variance, directions = np.linalg.eigh(np.cov(pooled.T, dtype=np.float64))
    variance, directions = variance[::-1], directions[:, ::-1]
    weight = (directions * np.maximum(variance, variance[0] * WEAKEST) ** -settings.power).T
    bias = -settings.centre * weight @ mean
    length = np.linalg.norm(pooled @ weight.T + bias, axis=1).mean()
    return np.asarray(weight / length, np.float32), np.asarray(bias / length, np.float32)


if __name__ == "__main__":
    main()
