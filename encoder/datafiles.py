"""The training folder's files, plain or xz-compressed."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from encoder.errors import RecipeError


def lines(folder: Path, name: str) -> Iterator[str]:
    """The lines of `name` or `name`.xz, without their ends.

    Raises:
        RecipeError: the folder has neither.
    """
    plain, packed = folder / name, folder / f"{name}.xz"
    if not plain.is_file() and not packed.is_file():
        raise RecipeError(
            f"{folder} 里没有 {name}。The folder {folder} has no {name}, packed or not.",
            "用 --data 给出训练资料所在的文件夹。Give the folder of the training data with --data.",
        )
    with plain.open(encoding="utf-8") if plain.is_file() else lzma.open(packed, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def columns(folder: Path, name: str) -> Iterator[list[str]]:
    """The cells of a tab-separated file, line by line."""
    return (line.split("\t") for line in lines(folder, name))


def records(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file."""
    return (orjson.loads(line) for line in lines(folder, name) if line)
