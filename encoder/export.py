"""`python -m encoder.export --work FOLDER`: the averaged weights, halved, as a sentence-transformers folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from encoder import checkpoints
from encoder.checkpoints import Weights
from encoder.console import Log, options
from encoder.dense import PREFIX, read_dense, write_dense
from encoder.errors import RecipeError
from encoder.settings import load_settings

WEIGHTS = "model.safetensors"
MODEL = "model"
LARGEST = 50_000_000
"""Bytes that the weights may take: they lie in the repository and in every installation."""


def main() -> None:
    """Writes `model/` into the work folder, of the contrastive stage if there is one, else of distillation."""
    given = options(__doc__ or "")
    settings = load_settings(given.config)
    starts = {"contrast": settings.contrast.start, "distil": settings.distil.start}
    stage = next((name for name in starts if (given.work / f"{name}.pt").is_file()), "contrast")
    found = checkpoints.load(given.work / f"{stage}.pt")
    if found is None:
        raise RecipeError(
            f"{given.work} 里没有检查点。There is no checkpoint in {given.work}.",
            "先运行 python -m encoder.distil 或 encoder.contrast。Run encoder.distil or encoder.contrast first.",
        )
    export(found.average, Path(starts[stage]), given.work / MODEL)
    Log(given.work / "export.log")(f"{stage}, step {found.step}, {found.seconds / 60:.0f} minutes")


def export(weights: Weights, like: Path, target: Path) -> None:
    """A copy of the folder `like` with these weights; what they lack, its pooler that nobody uses, stays what it was.

    Raises:
        RecipeError: the weights are larger than `LARGEST`.
    """
    from safetensors.torch import load_file

    shutil.copytree(like, target, dirs_exist_ok=True)
    write_weights({name: weights.get(name, tensor) for name, tensor in load_file(like / WEIGHTS).items()}, target)
    dense = read_dense(like)
    if dense is not None:
        own = {name.removeprefix(PREFIX): tensor for name, tensor in weights.items() if name.startswith(PREFIX)}
        dense.load_state_dict(dense.state_dict() | own)
        write_dense(dense, target)


def write_weights(weights: Weights, folder: Path) -> None:
    """Writes the weights file of a model folder in fp16.

    Raises:
        RecipeError: they are larger than `LARGEST`.
    """
    import torch
    from safetensors.torch import save_file

    halves = {name: tensor.to(torch.float16).contiguous() for name, tensor in weights.items()}
    size = sum(tensor.numel() * tensor.element_size() for tensor in halves.values())
    if size > LARGEST:
        raise RecipeError(f"The weights take {size:,} bytes, more than {LARGEST:,}.", "Choose a smaller vocabulary.")
    save_file(halves, folder / WEIGHTS, metadata={"format": "pt"})
    (folder / WEIGHTS).chmod(0o644)


if __name__ == "__main__":
    main()
