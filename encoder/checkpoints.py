"""What a run leaves behind so that another can go on where it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

Weights = dict[str, "torch.Tensor"]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """State after `step` steps and `seconds` of them."""

    step: int
    seconds: float
    weights: Weights
    average: Weights
    optimiser: dict[str, Any]
    """What `torch.optim.Optimizer.state_dict` gives."""


def save(checkpoint: Checkpoint, path: Path) -> None:
    """Writes beside and renames, so that a run stopped here leaves the checkpoint before."""
    import torch

    beside = path.with_suffix(".partial")
    fields = {name: getattr(checkpoint, name) for name in Checkpoint.__dataclass_fields__}
    torch.save(fields, beside)
    beside.replace(path)


def load(path: Path) -> Checkpoint | None:
    """The checkpoint there, None where there is none yet."""
    import torch

    return Checkpoint(**torch.load(path, weights_only=True)) if path.is_file() else None


def averaged(average: Weights, weights: Weights, decay: float) -> None:
    """Moves `average` towards `weights` in place: average = decay * average + (1 - decay) * weights."""
    for name, tensor in weights.items():
        average[name].lerp_(tensor.detach(), 1.0 - decay)
