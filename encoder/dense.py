"""The linear map behind the pooling of a model folder: sentence-transformers' Dense, without an activation."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from index.records import Vectors

if TYPE_CHECKING:
    from sentence_transformers.sentence_transformer.modules import Dense

FOLDER, NORMALIZE = "2_Dense", "3_Normalize"
MOVED = "2_Normalize"
"""Where the normalisation lies before there is a map."""
PREFIX = "dense."
"""Before the names of its tensors where they stand among the body's."""


def read_dense(folder: Path) -> Dense | None:
    """The map of a model folder, in fp32; None where vectors are the pooled ones."""
    from sentence_transformers.sentence_transformer.modules import Dense

    return Dense.load(str(folder), subfolder=FOLDER) if (folder / FOLDER).is_dir() else None


def linear_map(weight: Vectors, bias: Vectors) -> Dense:
    """The map x -> weight @ x + bias; weight (outputs, inputs), bias (outputs,)."""
    import torch
    from sentence_transformers.sentence_transformer.modules import Dense

    return Dense(
        in_features=weight.shape[1],
        out_features=weight.shape[0],
        activation_function=None,
        init_weight=torch.from_numpy(weight),
        init_bias=torch.from_numpy(bias),
    )


def write_dense(dense: Dense, folder: Path) -> None:
    """Puts a map into a model folder, in fp16, between pooling and normalisation."""
    from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Transformer

    kept = {"": Transformer, "1_Pooling": Pooling, FOLDER: Dense, NORMALIZE: Normalize}
    if (folder / MOVED).is_dir():
        shutil.copytree(folder / MOVED, folder / NORMALIZE, dirs_exist_ok=True)
        shutil.rmtree(folder / MOVED)
    (folder / FOLDER).mkdir(exist_ok=True)
    dense.half().save(str(folder / FOLDER))
    (folder / FOLDER / "model.safetensors").chmod(0o644)
    listed = [
        {"idx": at, "name": str(at), "path": path, "type": f"{kind.__module__}.{kind.__qualname__}"}
        for at, (path, kind) in enumerate(kept.items())
    ]
    (folder / "modules.json").write_bytes(orjson.dumps(listed, option=orjson.OPT_INDENT_2) + b"\n")
