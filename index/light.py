"""A BERT body in numpy: a question is encoded without waiting for torch.

It reads the sentence-transformers folder itself and does what `BertModel`, mean pooling and normalisation
do there, one text at a time: in 32 pieces there is nothing to gain from batches. Tests hold it to the vectors of
sentence-transformers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
from numpy.typing import NDArray

from index.records import Vectors

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"

TALLEST, WIDEST = 512, 32
"""Inputs and outputs of a block of a matrix, at most: up to 60 pieces stay below 1e6 multiplications."""

WHOLE, ROWS = 64, 20
"""Pieces whose widened vectors are worked on in one go, and how many are where a text has more.

20 x 1536 numbers stay below the 128 kB from which the C library asks the system for each array anew: 24 texts of 250
pieces take 3.7 s of processor time so and 4.8 s in one go.
"""

ALONE = 512
"""Pieces that one thread encodes by itself, in a tenth of a second; more are shared among the processor's cores."""

Config = dict[str, Any]
Tensors = Callable[[str], NDArray[np.floating]]
"""A tensor of the model by its name in `BertModel`."""


@dataclass(frozen=True, slots=True)
class Linear:
    """`x @ weight + bias`, its weight (inputs, outputs) cut into (parts, blocks, inputs / parts, outputs / blocks).

    A product of few rows costs OpenBLAS more in copying the weight together than in multiplying it. Up to 1e6
    multiplications its kernels leave that out: for 24 pieces a layer takes 0.9 ms in blocks and 1.5 ms whole.
    """

    weight: Vectors
    bias: Vectors

    @classmethod
    def cut(cls, weight: Vectors, bias: Vectors) -> Linear:
        """Of a weight (inputs, outputs) and a bias (outputs,)."""
        inputs, outputs = weight.shape
        height, width = _divisor(inputs, TALLEST), _divisor(outputs, WIDEST)
        blocks = weight.reshape(inputs // height, height, outputs // width, width).transpose(0, 2, 1, 3)
        return cls(np.ascontiguousarray(blocks), bias)

    def __call__(self, x: Vectors) -> Vectors:
        """(pieces, inputs) to (pieces, outputs)."""
        parts, blocks, height, width = self.weight.shape
        pieces = len(x)
        cut = x.reshape(pieces, parts, 1, height).transpose(1, 2, 0, 3)
        made = np.empty((parts, pieces, blocks, width), np.float32)
        np.matmul(cut, self.weight, out=made.transpose(0, 2, 1, 3))
        whole = made.reshape(parts, pieces, blocks * width)
        summed: Vectors = whole[0] if parts == 1 else whole.sum(axis=0)
        summed += self.bias
        return summed


@dataclass(frozen=True, slots=True)
class Norm:
    """Layer normalisation over the last axis."""

    weight: Vectors
    bias: Vectors
    epsilon: float

    def __call__(self, x: Vectors) -> Vectors:
        """Same shape: mean 0 and variance 1 in each row, then scaled and shifted."""
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.mean(centred * centred, axis=-1, keepdims=True) + np.float32(self.epsilon))
        normal: Vectors = centred / spread * self.weight + self.bias
        return normal


@dataclass(frozen=True, slots=True)
class Layer:
    """One transformer layer, normalised after each half as in the original BERT."""

    projection: Linear
    """Query, key and value side by side: (hidden, 3 x hidden), the query already divided by sqrt(head size)."""
    output: Linear
    attention_norm: Norm
    widen: Linear
    narrow: Linear
    norm: Norm
    heads: int

    def __call__(self, x: Vectors) -> Vectors:
        """(pieces, hidden) to the same shape."""
        x = self.attention_norm(x + self.output(self._attend(x)))
        if len(x) <= WHOLE:
            return self.norm(x + self.narrow(gelu(self.widen(x))))
        parts = (x[start : start + ROWS] for start in range(0, len(x), ROWS))
        return self.norm(x + np.concatenate([self.narrow(gelu(self.widen(part))) for part in parts]))

    def _attend(self, x: Vectors) -> Vectors:
        length, hidden = x.shape
        query, key, value = self.projection(x).reshape(length, 3, self.heads, -1).transpose(1, 2, 0, 3)
        scores = query @ key.transpose(0, 2, 1)
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        mixed: Vectors = (weights @ value).transpose(1, 0, 2).reshape(length, hidden)
        return mixed


@dataclass(frozen=True, slots=True)
class LightEncoder:
    """The forward pass of one model folder; `fits` tells whether a folder is of the kind it knows."""

    words: NDArray[np.floating] = field(repr=False)
    """(vocabulary, hidden), as stored; rows become float32 when they are looked up."""
    positions: Vectors = field(repr=False)
    """(max length, hidden), the row of token type 0 added."""
    norm: Norm = field(repr=False)
    layers: tuple[Layer, ...] = field(repr=False)
    tokenizer: object = field(repr=False)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.words.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32, (len(texts), dimension), rows of length 1."""
        pieces = self._pieces(texts)
        threads = min(len(pieces), os.cpu_count() or 1) if sum(map(len, pieces)) > ALONE else 1
        with _matrices().limit(limits=1, user_api="blas"):
            if threads > 1:
                with ThreadPoolExecutor(threads) as pool:
                    rows = list(pool.map(self._encode, pieces))
            else:
                rows = [self._encode(ids) for ids in pieces]
        return np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]  # type: ignore[attr-defined]

    def _encode(self, ids: list[int]) -> Vectors:
        x = self.norm(self.words[ids].astype(np.float32) + self.positions[: len(ids)])
        for layer in self.layers:
            x = layer(x)
        pooled: Vectors = x.mean(axis=0)
        return pooled / np.float32(max(float(np.linalg.norm(pooled)), 1e-12))


@cache
def _matrices() -> ThreadpoolController:
    """Holds numpy's matrix library to one thread: a question's matrices are too small to share.

    On two idle cores a second thread gains nothing; beside other work its spinning costs a factor of twenty.
    """
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def gelu(x: Vectors) -> Vectors:
    """BERT's activation: x times Phi(x), with erf after Abramowitz and Stegun 7.1.26 (error below 1.5e-7)."""
    z = np.abs(x) * np.float32(np.sqrt(0.5))
    t: Vectors = np.reciprocal(1 + np.float32(0.3275911) * z)
    tail: Vectors = np.float32(1.061405429) * t
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(coefficient)
        tail *= t
    tail *= np.exp(-z * z)
    activated: Vectors = np.multiply(x + np.abs(x) * (1 - tail), np.float32(0.5))
    return activated


def fits(folder: Path) -> bool:
    """True for a plain BERT with absolute positions, mean pooling and normalisation, stored as safetensors."""
    if not all((folder / name).is_file() for name in ("config.json", "modules.json", WEIGHTS, TOKENIZER)):
        return False
    config = _json(folder / "config.json")
    plain = (
        config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and not config.get("is_decoder")
    )
    return plain and _pools_mean(folder)


def load(folder: Path) -> LightEncoder:
    """Reads weights and tokenizer of a folder that `fits`."""
    from safetensors import safe_open
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    config = _json(folder / "config.json")
    tokenizer.enable_truncation(longest(folder, config))
    tokenizer.no_padding()
    with safe_open(folder / WEIGHTS, framework="numpy") as weights:
        names = {name.removeprefix("bert."): name for name in weights.keys()}  # noqa: SIM118 - a handle, not a dict
        return _assemble(lambda name: weights.get_tensor(names[name]), config, tokenizer)


def _assemble(tensor: Tensors, config: Config, tokenizer: object) -> LightEncoder:
    epsilon, heads = config["layer_norm_eps"], config["num_attention_heads"]
    positions = _float(tensor("embeddings.position_embeddings.weight"))
    return LightEncoder(
        words=tensor("embeddings.word_embeddings.weight"),
        positions=positions + _float(tensor("embeddings.token_type_embeddings.weight"))[0],
        norm=_norm(tensor, "embeddings.LayerNorm", epsilon),
        layers=tuple(_layer(tensor, n, heads, epsilon) for n in range(config["num_hidden_layers"])),
        tokenizer=tokenizer,
    )


def _layer(tensor: Tensors, number: int, heads: int, epsilon: float) -> Layer:
    at = f"encoder.layer.{number}"
    parts = [_affine(tensor, f"{at}.attention.self.{name}") for name in ("query", "key", "value")]
    weight, bias = parts[0]
    scale = np.float32((weight.shape[1] // heads) ** -0.5)
    parts[0] = weight * scale, bias * scale
    joined = Linear.cut(np.concatenate([weight for weight, _ in parts], axis=1), np.concatenate([b for _, b in parts]))
    return Layer(
        projection=joined,
        output=_linear(tensor, f"{at}.attention.output.dense"),
        attention_norm=_norm(tensor, f"{at}.attention.output.LayerNorm", epsilon),
        widen=_linear(tensor, f"{at}.intermediate.dense"),
        narrow=_linear(tensor, f"{at}.output.dense"),
        norm=_norm(tensor, f"{at}.output.LayerNorm", epsilon),
        heads=heads,
    )


def _linear(tensor: Tensors, name: str) -> Linear:
    return Linear.cut(*_affine(tensor, name))


def _affine(tensor: Tensors, name: str) -> tuple[Vectors, Vectors]:
    """Weight (inputs, outputs) and bias (outputs,)."""
    return _float(tensor(f"{name}.weight")).T, _float(tensor(f"{name}.bias"))


def _divisor(size: int, most: int) -> int:
    """The greatest divisor of `size` that is not above `most`."""
    return next(width for width in range(min(size, most), 0, -1) if size % width == 0)


def _norm(tensor: Tensors, name: str, epsilon: float) -> Norm:
    return Norm(_float(tensor(f"{name}.weight")), _float(tensor(f"{name}.bias")), epsilon)


def _float(array: NDArray[np.floating]) -> Vectors:
    return array.astype(np.float32)


def _pools_mean(folder: Path) -> bool:
    modules = [module["type"].rsplit(".", 1)[-1] for module in orjson.loads((folder / "modules.json").read_bytes())]
    if modules != ["Transformer", "Pooling", "Normalize"]:
        return False
    pooling = _json(folder / "1_Pooling" / "config.json")
    old_style = [key for key, on in pooling.items() if key.startswith("pooling_mode_") and on]
    return pooling.get("pooling_mode") == "mean" or old_style == ["pooling_mode_mean_tokens"]


def longest(folder: Path, config: Config) -> int:
    """Pieces that a text may have, as sentence-transformers settles it."""
    stated = [
        _json(folder / name).get(key)
        for name, key in (
            ("sentence_bert_config.json", "max_seq_length"),
            ("tokenizer_config.json", "model_max_length"),
        )
        if (folder / name).is_file()
    ]
    known = [length for length in stated if length]
    return int(min(config["max_position_embeddings"], known[0] if known else config["max_position_embeddings"]))


def _json(path: Path) -> Config:
    config: Config = orjson.loads(path.read_bytes())
    return config
