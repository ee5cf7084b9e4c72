"""The student before its first step: the teacher's body under a new vocabulary whose rows come through a dictionary."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from encoder.export import WEIGHTS, write_weights
from encoder.training import ROWS
from index.records import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Row = np.ndarray[tuple[int], np.dtype[np.float32]]
SPREAD = 0.02
"""Standard deviation of rows that nothing is known of, BERT's own."""


def build_start(tokenizer: Tokenizer, teacher: Path, glosses: Mapping[str, str], target: Path) -> None:
    """Writes a model folder: the teacher's with this tokenizer, its embedding replaced row by row."""
    import torch
    from safetensors.torch import load_file
    from tokenizers import Tokenizer

    theirs = Tokenizer.from_file(str(teacher / "tokenizer.json"))
    theirs.no_padding()
    weights = {name.removeprefix("bert."): tensor.float() for name, tensor in load_file(teacher / WEIGHTS).items()}
    weights.pop("embeddings.position_ids", None)
    rows = first_rows(tokenizer, theirs, weights[ROWS].numpy(), glosses)
    shutil.copytree(
        teacher, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.txt", "*.safetensors", "*.md")
    )
    tokenizer.save(str(target / "tokenizer.json"))
    _edit(target / "config.json", vocab_size=len(rows), pad_token_id=0)
    _edit(target / "tokenizer_config.json", tokenizer_class="PreTrainedTokenizerFast")
    write_weights(weights | {ROWS: torch.from_numpy(rows)}, target)


def first_rows(tokenizer: Tokenizer, theirs: Tokenizer, old: Vectors, glosses: Mapping[str, str]) -> Vectors:
    """(pieces, dimension) float32: a row for each piece of the new vocabulary.

    A special piece keeps its row, an English one takes the mean of the rows for its WordPieces, a Chinese word the
    mean for its gloss, another Chinese piece the mean for the glosses of its characters.
    """
    rng = np.random.default_rng(0)
    rows = rng.normal(0.0, SPREAD, (tokenizer.get_vocab_size(), old.shape[1])).astype(np.float32)
    known = theirs.get_vocab()
    for piece, number in tokenizer.get_vocab().items():
        if piece in known and piece.startswith("["):
            rows[number] = old[known[piece]]
            continue
        text = piece.replace("▁", " ").strip()
        english = glosses.get(text) or (text if text.isascii() else " ".join(glosses.get(c, "") for c in text))
        ids = theirs.encode(english, add_special_tokens=False).ids
        if ids:
            rows[number] = old[ids].mean(axis=0)
    return rows


def _edit(file: Path, **changes: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    settings = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(settings | changes, indent=2), encoding="utf-8")
