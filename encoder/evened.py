"""The map that evens out the directions of vectors, from what the vectors have in common.

Means over a passage's pieces lie close together: a few directions, shared by all texts, take most of the cosine, and
what tells two passages apart is left in many weak ones. Whitening (Su et al. 2021, Whitening Sentence Representations)
gives every direction the same weight; half of it on the way, and half of the mean taken away, does better than all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from encoder.settings import WhitenSettings
from index.records import Vectors

if TYPE_CHECKING:
    import torch

WEAKEST = 1e-4
"""Of the strongest direction's variance: weaker ones are rounding alone and are not raised above it."""


def moments(pooled: torch.Tensor) -> torch.Tensor:
    """float64, (dimension + 1, dimension + 1): mean of x xᵀ over the rows x of `pooled`, each with a 1 behind it.

    Mean and covariance in one tensor, whose moving average is that of both.
    """
    import torch

    rows = torch.nn.functional.pad(pooled.double(), (0, 1), value=1.0)
    return rows.T @ rows / len(rows)


def evened(met: torch.Tensor, settings: WhitenSettings, *, turned: bool) -> tuple[Vectors, Vectors]:
    """Weight (dimension, dimension) and bias (dimension,) of a map for vectors of such moments, float32.

    `turned`, it is x -> diag(variance ** -power) @ directions.T @ (x - centre * mean). Directions are the eigenvectors
    of the covariance, the strongest first, so that the first numbers of a vector say most and the last ones can be cut
    off. Otherwise the result is turned back, which leaves every cosine as it is: then moments that differ little give
    maps that do.
    """
    both = met.numpy()
    mean = both[:-1, -1]
    variance, directions = np.linalg.eigh(both[:-1, :-1] - np.outer(mean, mean))
    variance, directions = variance[::-1], directions[:, ::-1]
    weight: NDArray[np.float64] = (directions * np.maximum(variance, variance[0] * WEAKEST) ** -settings.power).T
    if not turned:
        weight = directions @ weight
    return np.asarray(weight, np.float32), np.asarray(-settings.centre * weight @ mean, np.float32)
