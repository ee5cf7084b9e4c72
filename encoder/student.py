"""The encoder while it learns: a BERT body, mean pooling, a linear map if the folder has one, vectors of length 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from encoder import late
from encoder.dense import PREFIX, read_dense
from encoder.evened import evened, moments
from encoder.late import Tokens
from encoder.settings import WhitenSettings
from index.records import Vectors

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from transformers import BertModel

PASS_PIECES = 2048
"""Pieces, padding included, that go through the layers at once: enough for two cores, little enough for caches."""
SHORT = 64
"""Up to so many pieces plain attention is faster than the fused one (1,900 against 1,260 pieces a second and core)."""
PAD = 0
MOMENTS = "moments"
"""Name among the body's tensors of what the pooled vectors have in common."""
FOLLOWED = 0.007
"""Share of a batch's moments in the moving average of all; three batches a step."""
Text: TypeAlias = str | Sequence[str]
"""A text, or its parts where no piece may reach over their ends."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the body makes of some texts."""

    vectors: torch.Tensor
    """float32, (texts, dimension), rows of length 1, with gradients where they are on."""
    tokens: Tokens
    """A text's pieces one by one, without gradients."""


class Student:
    """A body and its tokenizer, read from a model folder."""

    def __init__(self, folder: Path) -> None:
        import torch
        from tokenizers import Tokenizer
        from transformers import BertModel
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]  # theirs
        self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        # Without dropout: each text is met a few times at most, and the random masks cost a tenth of a step.
        self.body: BertModel = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            dtype=torch.float32,
        )
        dense = read_dense(folder)
        self._linear: torch.nn.Linear | None = None if dense is None else dense.linear
        self._followed: WhitenSettings | None = None
        self._met: list[torch.Tensor] = []
        if dense is not None:
            # As a part of the body it is averaged and kept in checkpoints like the layers.
            self.body.add_module(PREFIX.removesuffix("."), dense)

    def pieces(self, texts: Sequence[Text], longest: int) -> list[list[int]]:
        """Piece numbers of each text, [CLS] and [SEP] included, at most `longest`."""
        parts = [[text] if isinstance(text, str) else text for text in texts]
        encodings = self.tokenizer.encode_batch(parts, is_pretokenized=True)
        return [_cut(encoding.ids, longest) for encoding in encodings]

    def freeze(self, layers: int) -> None:
        """Takes the embedding and the lowest `layers` layers out of the training, unless it is 0."""
        for part in (self.body.embeddings, *self.body.encoder.layer[:layers]) if layers else ():
            part.requires_grad_(requires_grad=False)

    def follow(self, texts: Sequence[str], longest: int, settings: WhitenSettings) -> None:
        """Has the map even out, from now on, what training does to the vectors, instead of being trained itself.

        It begins with what is common to `texts`, and goes on with the texts that are learned from. Nothing
        happens where there is no map.
        """
        import torch

        if self._linear is None:
            return
        self._followed = settings
        self._linear.requires_grad_(requires_grad=False)
        self.body.register_buffer(MOMENTS, moments(torch.from_numpy(self.pooled(texts, longest))))
        self.even_out()

    def even_out(self) -> None:
        """Takes the texts met since the last call into the map, if it follows them."""
        import torch

        if self._followed is None or self._linear is None:
            return
        common = self.body.get_buffer(MOMENTS)
        for means in self._met:
            common.lerp_(moments(means), FOLLOWED)
        self._met.clear()
        weight, bias = evened(common, self._followed, turned=False)
        # New tensors: the step's gradients are still to come through the old ones.
        self._linear.weight.data, self._linear.bias.data = torch.from_numpy(weight), torch.from_numpy(bias)

    def vectors(self, texts: Sequence[Text], longest: int) -> torch.Tensor:
        """float32, (len(texts), dimension), rows of length 1, with gradients where they are on."""
        return self._mapped(self._means(texts, longest))

    def pooled(self, texts: Sequence[str], longest: int) -> Vectors:
        """float32, (len(texts), dimension): means of the last layer, neither mapped nor of length 1."""
        import torch

        with torch.inference_mode():
            return np.asarray(self._means(texts, longest).numpy(), np.float32)

    def encoded(self, texts: Sequence[Text], longest: int) -> Encoded:
        """The same with the tokens, which take a hundred times the memory."""
        order: list[int] = []
        vectors: list[torch.Tensor] = []
        tokens: dict[int, torch.Tensor] = {}
        for batch, hidden, mask in self._passed(texts, longest):
            order += batch
            vectors.append(_mean(hidden, mask))
            tokens |= {at: row[: int(own.sum())] for at, row, own in zip(batch, hidden.detach(), mask, strict=True)}
        return Encoded(self._mapped(_in_order(order, vectors)), late.tokens([tokens[at] for at in range(len(texts))]))

    def encode(self, texts: Sequence[str], longest: int) -> Vectors:
        """As `vectors`, without gradients, for as many texts as there are."""
        import torch

        with torch.inference_mode():
            return np.asarray(self.vectors(texts, longest).numpy(), np.float32)

    def _means(self, texts: Sequence[Text], longest: int) -> torch.Tensor:
        passed = [(batch, _mean(hidden, mask)) for batch, hidden, mask in self._passed(texts, longest)]
        return _in_order([at for batch, _ in passed for at in batch], [means for _, means in passed])

    def _mapped(self, means: torch.Tensor) -> torch.Tensor:
        import torch

        if self._followed is not None and torch.is_grad_enabled():
            self._met.append(means.detach())
        vectors = means if self._linear is None else self._linear(means)
        return torch.nn.functional.normalize(vectors, dim=1)

    def _passed(self, texts: Sequence[Text], longest: int) -> Iterator[tuple[list[int], torch.Tensor, torch.Tensor]]:
        """Which texts, their last layer and their mask, pass by pass.

        Texts go through in passes of similar length, so that little padding is computed; in bf16 on processors
        and devices alike.
        """
        import torch

        pieces = self.pieces(texts, longest)
        order = sorted(range(len(pieces)), key=lambda at: len(pieces[at]))
        # Rows are taken once for all passes: each taking has a gradient of the whole vocabulary's size.
        met = np.unique(np.concatenate([[PAD], *pieces]))
        rows = torch.nn.functional.embedding(torch.from_numpy(met), self.body.embeddings.word_embeddings.weight)
        places = [np.searchsorted(met, row).tolist() for row in pieces]
        for batch in _passes(order, pieces):
            yield batch, *self._forward([places[at] for at in batch], rows)

    def _forward(self, batch: Sequence[Sequence[int]], rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Last layer and mask of texts whose pieces are given by their place in `rows`; place 0 is the padding's."""
        import torch

        width = max(map(len, batch))
        self.body.set_attn_implementation("eager" if width <= SHORT else "sdpa")
        places = torch.tensor([[*row, *[0] * (width - len(row))] for row in batch])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in batch])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            embedded = torch.nn.functional.embedding(places, rows)
            padded = mask if int(mask.min()) == 0 else None
            return self.body(inputs_embeds=embedded, attention_mask=padded).last_hidden_state, mask


def _mean(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    weights = mask.unsqueeze(-1).float()
    return (hidden.float() * weights).sum(1) / weights.sum(1)


def _in_order(order: Sequence[int], means: Sequence[torch.Tensor]) -> torch.Tensor:
    """Rows, each at the place that `order` gives it."""
    import torch

    return torch.cat(list(means))[torch.from_numpy(np.argsort(order))]


def _cut(ids: list[int], longest: int) -> list[int]:
    return ids if len(ids) <= longest else [*ids[: longest - 1], ids[-1]]


def _passes(order: Sequence[int], pieces: Sequence[Sequence[int]]) -> list[list[int]]:
    """`order`, shortest first, in runs whose padded size stays below `PASS_PIECES`."""
    passes: list[list[int]] = []
    for at in order:
        if passes and len(pieces[at]) * (len(passes[-1]) + 1) <= PASS_PIECES:
            passes[-1].append(at)
        else:
            passes.append([at])
    return passes
