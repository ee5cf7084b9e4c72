"""`python -m encoder.mean --into FOLDER MODEL...`: the mean of the weights of several models from one start.

Runs that differ in what they drew err in different ways, and the mean of their weights leaves most of that out
(Wortsman et al. 2022, Model soups); a model that is named twice counts twice. All but the weights is as in the first
folder, its map too: `encoder.whiten` makes that anew.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

from encoder.checkpoints import Weights
from encoder.errors import RecipeError
from encoder.export import WEIGHTS, write_weights


def main() -> None:
    """Writes the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", type=Path, metavar="MODEL", help="folders of models from one start")
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="where the mean is written")
    given = parser.parse_args()
    average(given.models, given.into)


def average(models: Sequence[Path], target: Path) -> None:
    """Writes the mean of the models' weights, summed in fp32, into a copy of the first folder.

    Raises:
        RecipeError: the models are not of one shape.
    """
    import torch
    from safetensors.torch import load_file

    found = [load_file(model / WEIGHTS) for model in models]
    for model, weights in zip(models, found, strict=True):
        if _shapes(weights) != _shapes(found[0]):
            raise RecipeError(
                f"{model} 与 {models[0]} 的结构不同。{model} is not of the same shape as {models[0]}.",
                "只能平均同一起点训练出的模型。Name models that were trained from one start.",
            )
    shutil.copytree(models[0], target, dirs_exist_ok=True)
    write_weights({name: torch.stack([own[name].float() for own in found]).mean(0) for name in found[0]}, target)


def _shapes(weights: Weights) -> dict[str, tuple[int, ...]]:
    return {name: tuple(tensor.shape) for name, tensor in weights.items()}


if __name__ == "__main__":
    main()
