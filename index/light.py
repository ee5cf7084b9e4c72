"""A BERT body through onnxruntime: a question is encoded without waiting for torch.

It reads the sentence-transformers folder itself, writes its layers as a graph (`index.bert`) and does what `BertModel`,
mean pooling, a linear map if there is one, and normalisation do there, one text at a time. Tests hold it to the
vectors of sentence-transformers.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
from numpy.typing import NDArray

from index.bert import GIVEN, Shape, Tensors, forward_pass
from index.processor import multiplies_bytes
from index.records import Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"

ALONE = 512
"""Pieces that one thread encodes by itself, in a tenth of a second; more are shared among the processor's cores."""

Config = dict[str, Any]

IDENTITY = "torch.nn.modules.linear.Identity"
"""The activation of a Dense module that has none."""


@dataclass(frozen=True, slots=True)
class Dense:
    """A linear map of pooled vectors."""

    weight: Vectors = field(repr=False)
    """(outputs, inputs)"""
    bias: Vectors = field(repr=False)
    """(outputs,)"""


@dataclass(frozen=True, slots=True)
class LightEncoder:
    """The forward pass of one model folder; `fits` tells whether a folder is of the kind it knows."""

    words: NDArray[np.floating] = field(repr=False)
    """(vocabulary, hidden), as stored; rows become float32 when they are looked up."""
    positions: Vectors = field(repr=False)
    """(max length, hidden), the row of token type 0 added."""
    layers: InferenceSession = field(repr=False)
    """From embeddings (1, pieces, hidden) to the same shape; in the thread that calls it."""
    tokenizer: object = field(repr=False)
    dense: Dense | None = None
    """What maps a pooled vector before it is normalised."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.words.shape[1] if self.dense is None else len(self.dense.bias))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32, (len(texts), dimension), rows of length 1."""
        pieces = self._pieces(texts)
        threads = min(len(pieces), os.cpu_count() or 1) if sum(map(len, pieces)) > ALONE else 1
        if threads > 1:
            with ThreadPoolExecutor(threads) as pool:
                rows = list(pool.map(self._encode, pieces))
        else:
            rows = [self._encode(ids) for ids in pieces]
        return np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self.tokenizer.encode_batch_fast(list(texts))]  # type: ignore[attr-defined]

    def outputs(self, ids: list[int]) -> Vectors:
        """float32, (pieces, hidden): what the last layer gives for each piece of one text."""
        embedded = self.words[ids].astype(np.float32) + self.positions[: len(ids)]
        (out,) = self.layers.run(None, {GIVEN: embedded[np.newaxis]})
        given: Vectors = out[0]
        return given

    def _encode(self, ids: list[int]) -> Vectors:
        vector: Vectors = self.outputs(ids).mean(axis=0)
        if self.dense is not None:
            vector = self.dense.weight @ vector + self.dense.bias
        return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-12))


def fits(folder: Path) -> bool:
    """True for a plain BERT, absolute positions, mean pooling, normalisation, perhaps a linear map, as safetensors."""
    if not all((folder / name).is_file() for name in ("config.json", "modules.json", WEIGHTS, TOKENIZER)):
        return False
    config = _json(folder / "config.json")
    plain = (
        config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and not config.get("is_decoder")
    )
    return plain and _pools_mean(folder) and _maps_plainly(folder)


def load(folder: Path, *, in_bytes: bool | None = None) -> LightEncoder:
    """Reads weights and tokenizer of a folder that `fits`; in bytes where the processor multiplies them if not said."""
    from safetensors import safe_open
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    config = _json(folder / "config.json")
    tokenizer.enable_truncation(longest(folder, config))
    tokenizer.no_padding()
    in_bytes = multiplies_bytes() if in_bytes is None else in_bytes
    with safe_open(folder / WEIGHTS, framework="numpy") as weights:
        names = {name.removeprefix("bert."): name for name in weights.keys()}  # noqa: SIM118 - a handle, not a dict
        body = _assemble(lambda name: weights.get_tensor(names[name]), config, tokenizer, in_bytes=in_bytes)
    return replace(body, dense=_dense(folder))


def _assemble(tensor: Tensors, config: Config, tokenizer: object, *, in_bytes: bool) -> LightEncoder:
    words = tensor("embeddings.word_embeddings.weight")
    positions, types = (tensor(f"embeddings.{name}_embeddings.weight") for name in ("position", "token_type"))
    shape = Shape(
        hidden=words.shape[1],
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        epsilon=config["layer_norm_eps"],
    )
    return LightEncoder(
        words=words,
        positions=positions.astype(np.float32) + types[0].astype(np.float32),
        layers=_session(forward_pass(tensor, shape, in_bytes=in_bytes)),
        tokenizer=tokenizer,
    )


def _session(model: bytes) -> InferenceSession:
    """One thread each: on two idle cores a second gains a question nothing, beside other work waiting for it costs."""
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # every text has another length
    options.graph_optimization_level = (
        GraphOptimizationLevel.ORT_ENABLE_BASIC
    )  # see `bert`: the rest joins what is apart
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _modules(folder: Path) -> dict[str, Path]:
    """The kinds of modules in their order, with their folders."""
    listed = orjson.loads((folder / "modules.json").read_bytes())
    return {module["type"].rsplit(".", 1)[-1]: folder / module["path"] for module in listed}


def _pools_mean(folder: Path) -> bool:
    modules = _modules(folder)
    if list(modules) not in (["Transformer", "Pooling", "Normalize"], ["Transformer", "Pooling", "Dense", "Normalize"]):
        return False
    pooling = _json(modules["Pooling"] / "config.json")
    old_style = [key for key, on in pooling.items() if key.startswith("pooling_mode_") and on]
    return pooling.get("pooling_mode") == "mean" or old_style == ["pooling_mode_mean_tokens"]


def _maps_plainly(folder: Path) -> bool:
    """Whether a Dense module, if there is one, does no more than multiply the pooled vector and add to it."""
    dense = _modules(folder).get("Dense")
    if dense is None:
        return True
    config = _json(dense / "config.json")
    names = {config.get(f"module_{which}_name") or "sentence_embedding" for which in ("input", "output")}
    plain = config.get("activation_function") == IDENTITY and config.get("bias", True)
    return bool(
        plain and not config.get("use_residual") and names == {"sentence_embedding"} and (dense / WEIGHTS).is_file()
    )


def _dense(folder: Path) -> Dense | None:
    from safetensors.numpy import load_file

    found = _modules(folder).get("Dense")
    if found is None:
        return None
    tensors = load_file(found / WEIGHTS)
    weight, bias = (tensors[f"linear.{name}"].astype(np.float32) for name in ("weight", "bias"))
    return Dense(weight, bias)


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
