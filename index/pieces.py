"""Counts the pieces that a model cuts a text into, without loading its weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from index.errors import EncoderError
from index.light import TOKENIZER, longest


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokenizer of one model."""

    window: int
    """Pieces of a text that the model reads; what is beyond them does not count in its vector."""
    tokenizer: Any = field(repr=False)

    def count(self, texts: Sequence[str]) -> list[int]:
        """How many pieces each text has, the marks at both ends included, nothing cut off."""
        return [len(one) for one in self.tokenizer.encode_batch_fast(list(texts))]


def load_pieces(folder: Path) -> Pieces:
    """The tokenizer of a model folder.

    Raises:
        EncoderError: the folder has no tokenizer that can be used without the model.
    """
    from tokenizers import Tokenizer

    if not (folder / TOKENIZER).is_file():
        raise EncoderError(
            f"The model in {folder} has no {TOKENIZER}, so texts can't be counted for it.",
            "Save the model again with a current version of sentence-transformers.",
        )
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Pieces(longest(folder, orjson.loads((folder / "config.json").read_bytes())), tokenizer)
