"""Text to vectors: the embedded encoder, or any model in sentence-transformers format."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index import light
from index.ahead import Ahead
from index.errors import EncoderError
from index.pieces import Pieces, load_pieces
from index.processor import has_gpu, multiplies_bf16, multiplies_bytes
from index.prompts import Prompts, prompts_of
from index.records import Vectors
from index.stored import Maker
from index.together import Together

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

EMBEDDED = "wenbao-zh-en"

MODEL_FILES = ("*.json", "*.txt", "*.model", "*.safetensors")
"""What is fetched from a model hub: configuration, vocabulary, weights; no pickles, no code."""

BATCH_PIECES = 10_000
"""Pieces, padding included, that go through the model at once: enough for two cores, little enough for caches."""

LIGHT_CHARACTERS = 20_000
"""What `index.light` encodes in the seconds that importing torch takes; beyond it torch is worth its import."""


def load_encoder(
    model: str | None = None, *, query_prompt: str | None = None, passage_prompt: str | None = None
) -> SentenceEncoder:
    """The encoder that comes with wenbao, or another one by hub name or folder.

    Prompts given here win over those that the model states for itself. Only a hub name that isn't on this machine
    yet makes a connection. Weights are read when they are first needed.

    Raises:
        EncoderError: there is no such model, or the hub can't be reached.
    """
    folder = model_folder(model)
    name = str(folder) if model and folder == Path(model).expanduser().absolute() else model or EMBEDDED
    own = prompts_of(folder, name)
    prompts = Prompts(
        own.query if query_prompt is None else query_prompt,
        own.passage if passage_prompt is None else passage_prompt,
    )
    return SentenceEncoder(folder, name, prompts)


def load_maker(maker: Maker) -> SentenceEncoder:
    """The encoder that made an index, with the prompts it had then."""
    return load_encoder(maker.name, query_prompt=maker.prompts.query, passage_prompt=maker.prompts.passage)


class SentenceEncoder:
    """An `index.records.Encoder` over one model folder.

    Where the model is a plain BERT, `index.light` encodes questions and, where it is faster, passages, without torch.
    """

    def __init__(self, folder: Path, name: str, prompts: Prompts) -> None:
        self.name = name
        self.prompts = prompts
        self._folder = folder
        self._encoded_lightly = 0
        self._hashed = Ahead(self._hash)
        self._read = Ahead(self._read_light)
        self._together = Together(lambda texts: self.through_torch(texts, self.prompts.query))

    def __repr__(self) -> str:
        return f"SentenceEncoder({self.name!r}, dimension={self.dimension})"

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        if self._light is not None:
            return self._light.dimension
        return int(self._torch.get_embedding_dimension() or 0)

    def start(self, *, weights: bool) -> None:
        """Begins to hash the model's files, and to read its weights too where a text to encode is at hand already."""
        self._hashed.start()
        if weights:
            self._read.start()

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files and the prompts, 64 hexadecimal digits."""
        return self._hashed.get()

    def _hash(self) -> str:
        digest = hashlib.sha256(repr(self.prompts).encode())
        for path in sorted(p for p in self._folder.rglob("*") if p.is_file() and _counts(p)):
            digest.update(path.relative_to(self._folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    @cached_property
    def pieces(self) -> Pieces:
        """Its tokenizer, for counting; read without the weights."""
        return load_pieces(self._folder)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """float32, (len(texts), dimension), rows of length 1, in the order of `texts`.

        They go through `index.light` where it knows the model: all of them where it is faster than torch, else the
        first few, so that little work is done before torch would be there.
        """
        prompted = [self.prompts.passage + text for text in texts]
        size = sum(map(len, prompted))
        if self._light is not None and (_light_is_faster() or self._encoded_lightly + size <= LIGHT_CHARACTERS):
            self._encoded_lightly += size
            return self._light.encode(prompted)
        return self.through_torch(texts, self.prompts.passage)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As `encode_passages`, with the query prompt.

        It never loads torch where `index.light` knows the model; torch encodes together what several threads ask.
        """
        if self._light is None:
            return self._together.encode(texts)
        return self._light.encode([self.prompts.query + text for text in texts])

    def through_torch(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Through sentence-transformers, in bf16 where the processor multiplies it faster (cosine to fp32 > 0.999)."""
        import torch

        sizes = self._sizes([prompt + text for text in texts])
        order = sorted(range(len(texts)), key=lambda at: -sizes[at])
        vectors = np.empty((len(texts), self.dimension), np.float32)
        on_cpu = self._torch.device.type == "cpu"
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=on_cpu and multiplies_bf16()):
            for batch in _batches(order, sizes):
                encoded = self._torch.encode(
                    [texts[at] for at in batch],
                    prompt=prompt,
                    batch_size=len(batch),
                    show_progress_bar=False,
                    convert_to_tensor=True,
                )
                vectors[batch] = encoded.float().cpu().numpy()
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-12)
        return unit

    def _sizes(self, texts: list[str]) -> list[int]:
        """Pieces of each text that the model reads: of Chinese as long as English there are three times as many."""
        if not texts:
            return []
        cut = self._torch.tokenizer(texts, truncation=True, max_length=self._torch.max_seq_length)
        return [len(pieces) for pieces in cut["input_ids"]]

    @property
    def _light(self) -> light.LightEncoder | None:
        return self._read.get()

    def _read_light(self) -> light.LightEncoder | None:
        if not light.fits(self._folder):
            return None
        with self._loading():
            return light.load(self._folder)

    @cached_property
    def _torch(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]  # theirs
        with self._loading():
            return SentenceTransformer(str(self._folder), device=_device(), local_files_only=True)

    @contextmanager
    def _loading(self) -> Iterator[None]:
        """Says which model it was that one of four libraries failed on, each with exceptions of its own."""
        try:
            yield
        except Exception as error:
            raise EncoderError(
                f"The model {self.name} in {self._folder} can't be loaded: {error}",
                "Check that the folder is a complete sentence-transformers model, or leave the model out to use the "
                "one that comes with wenbao.",
            ) from error


def _light_is_faster() -> bool:
    """Whether `index.light` multiplies bytes and torch has no more than the same processor.

    Measured on an AVX512-VNNI processor of two cores, passages of 192 pieces a second: 47.5 beside 13.4 through torch.
    """
    return multiplies_bytes() and not has_gpu()


def _batches(order: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    """Parts of `order`, which is longest first, so that no batch exceeds `BATCH_PIECES` with its padding."""
    start = 0
    while start < len(order):
        longest = max(1, sizes[order[start]])
        size = max(1, BATCH_PIECES // longest)
        yield list(order[start : start + size])
        start += size


def model_folder(model: str | None) -> Path:
    """The folder of a model: the embedded one, a given one, or one of the hub, fetched when it is not here yet.

    Raises:
        EncoderError: there is no such model, or the hub can't be reached.
    """
    if model is None or model == EMBEDDED:
        return Path(__file__).parent / "models" / EMBEDDED
    folder = Path(model).expanduser().absolute()
    if folder.is_dir():
        if not (folder / "config.json").is_file() and not (folder / "modules.json").is_file():
            raise EncoderError(
                f"The folder {folder} holds no model: neither modules.json nor config.json is there.",
                "Name the folder that SentenceTransformer.save wrote.",
            )
        return folder
    return _from_hub(model)


def _from_hub(name: str) -> Path:
    """The folder of a hub model in the local cache; fetched when it isn't there yet."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        cached = Path(snapshot_download(name, local_files_only=True))
        if any(cached.glob("*.safetensors")):
            return cached
    except HFValidationError as error:
        raise EncoderError(
            f"There is no model folder {name}, and no hub model can have this name.",
            "Give an existing folder or a name like intfloat/multilingual-e5-small.",
        ) from error
    except LocalEntryNotFoundError:
        pass
    try:
        return Path(snapshot_download(name, allow_patterns=list(MODEL_FILES)))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise EncoderError(
            f"The model {name} is neither on this machine nor can it be fetched: {error}",
            "Check the name and the connection, or give the folder of a model, or leave it out to use the one that "
            "comes with wenbao.",
        ) from error


def _counts(path: Path) -> bool:
    """Whether a file decides what vectors come out: not the model card, nothing hidden, no other format's weights."""
    return path.suffix in {".json", ".txt", ".model", ".safetensors"} and not path.name.startswith(".")


def _device() -> str:
    from torch import cuda

    return "cuda" if cuda.is_available() else "cpu"
