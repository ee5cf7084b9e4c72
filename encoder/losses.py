"""What is minimised: in-batch contrast with masks, in both directions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Scores:
    """Cosines of a batch and what may count in it; queries are rows, passages columns."""

    cosines: torch.Tensor
    """(queries, passages): the batch's own passages first, then those of earlier batches."""
    gold: torch.Tensor
    """(queries,) int64: column of the passage that answers."""
    allowed: torch.Tensor
    """(queries, passages) bool: the gold passage and every fair negative."""


@dataclass(frozen=True, slots=True)
class Altered:
    """Queries with something changed, each against the passage of the query that it alters."""

    cosines: torch.Tensor
    """(altered,)"""
    belongs: torch.Tensor
    """(altered,) int64: row of the query that each alters."""


def fair(scores: Scores, margin: float) -> torch.Tensor:
    """`allowed` without negatives that beat the gold passage by more than `margin`: they are likely to answer too."""
    import torch

    own = scores.cosines.detach().gather(1, scores.gold[:, None])
    kept = scores.allowed & (scores.cosines.detach() <= own + margin)
    return kept.scatter(1, scores.gold[:, None], torch.ones_like(own, dtype=torch.bool))


def contrast(scores: Scores, temperature: float, margin: float) -> torch.Tensor:
    """Mean cross-entropy of the gold passage among the allowed ones (InfoNCE, van den Oord et al. 2018)."""
    import torch

    logits = (scores.cosines / temperature).masked_fill(~fair(scores, margin), -torch.inf)
    return torch.nn.functional.cross_entropy(logits, scores.gold)


def distil(cosines: torch.Tensor, taught: torch.Tensor, temperature: float, softness: float) -> torch.Tensor:
    """Mean divergence of the student's choice among passages from the teacher's (Hinton et al. 2015).

    Both (queries, passages), each with a temperature of its own: `softness` is the teacher's.
    """
    import torch

    divergence = torch.nn.functional.kl_div
    own, teacher = (torch.log_softmax(of, dim=1) for of in (cosines / temperature, taught / softness))
    return divergence(own, teacher, reduction="batchmean", log_target=True)


def contrast_back(scores: Scores, altered: Altered, temperature: float) -> torch.Tensor:
    """The other direction: a passage must tell its query from those of other passages and from altered ones."""
    import torch

    logits = scores.cosines / temperature
    own = logits.gather(1, scores.gold[:, None])
    others = scores.allowed.T[scores.gold] & (scores.gold[:, None] != scores.gold[None, :])
    against = logits.T[scores.gold].masked_fill(~others, -torch.inf)
    # Each altered query is a column of its own, open to the one row that it belongs to.
    closed = torch.arange(len(own))[:, None] != altered.belongs[None, :]
    wrong = (altered.cosines / temperature).expand(len(own), -1).masked_fill(closed, -torch.inf)
    return (torch.logsumexp(torch.cat([own, against, wrong], dim=1), dim=1) - own[:, 0]).mean()


def translation(zh: torch.Tensor, en: torch.Tensor, temperature: float) -> torch.Tensor:
    """Each sentence must find its twin among the batch's, from both sides; vectors (pairs, dimension)."""
    import torch

    logits = zh @ en.T / temperature
    twin = torch.arange(len(zh))
    entropy = torch.nn.functional.cross_entropy
    return (entropy(logits, twin) + entropy(logits.T, twin)) / 2
