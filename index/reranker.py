"""Any sentence-transformers CrossEncoder: reads question and passage together and says how well they fit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.encoder import model_folder
from index.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

BATCH = 16
"""Pairs that go through the model at once."""


def load_reranker(model: str) -> Reranker:
    """A CrossEncoder by folder or hub name; its weights are read when they are first needed.

    Raises:
        EncoderError: there is no such model, or the hub can't be reached.
    """
    return Reranker(model_folder(model), model)


class Reranker:
    """Scores pairs of question and passage with one CrossEncoder."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._folder = folder

    def __repr__(self) -> str:
        return f"Reranker({self.name!r})"

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """(len(passages),), each between 0 and 1: the sigmoid of the model's one output."""
        from torch.nn import Sigmoid

        if not passages:
            return np.zeros(0)
        pairs = [(question, passage) for passage in passages]
        found = self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False, activation_fn=Sigmoid())
        scores: NDArray[np.float64] = np.asarray(found, dtype=np.float64)
        return scores

    @cached_property
    def _model(self) -> CrossEncoder:
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(str(self._folder), local_files_only=True)
        except Exception as error:
            raise EncoderError(
                f"The reranker {self.name} can't be loaded: {error}",
                "Give the folder or hub name of a complete sentence-transformers CrossEncoder, or none.",
            ) from error
        if model.num_labels != 1:
            raise EncoderError(
                f"The model {self.name} has {model.num_labels} outputs; a reranker has one.",
                "Give a CrossEncoder that was trained to rank, or none.",
            )
        return model
