"""A million real sentences as passages, and their vectors, kept in a file so that runs resume.

    python -m benchmarks.scale_corpus FOLDER CACHE --real 100000

encodes the first sentences with the real encoder (some 300 a second on two free cores). FOLDER holds the files that
`_files` names, tab-separated with Chinese in the first column, or JSON lines with a field `text`.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.fold import fold
from index import light
from index.encoder import load_encoder
from index.records import Vectors

SENTENCES = 40
"""A report's, consecutive in the file they come from: the size of a short annual report in passages."""

SHORTEST = 8
"""Characters; shorter lines are headings and exclamations."""

LONGEST = 60
"""Characters: what is longer is cut, so that a hundred thousand can be encoded in an hour."""

AT_ONCE = 1024


def reports(training: Path, passages: int) -> list[list[str]]:
    """Reports of consecutive sentences, drawn from all files in an order that is always the same."""
    found = [part for path in _files(training) for part in _parts(_lines(path))]
    random.Random(1).shuffle(found)  # noqa: S311 - nothing to keep secret
    return found[: passages // SENTENCES]


def real_vectors(texts: Sequence[str], cache: Path) -> Vectors:
    """float32 (len(texts), dimension), from the real encoder; what the cache holds of them is not encoded again."""
    encoder = load_encoder()
    cache.mkdir(parents=True, exist_ok=True)
    path, width = cache / f"real-{encoder.fingerprint[:12]}.f16", encoder.dimension
    done = path.stat().st_size // (2 * width) if path.exists() else 0
    with path.open("ab") as file:
        file.truncate(done * 2 * width)
        for start in range(done, len(texts), AT_ONCE):
            made = encoder.encode_passages([fold(text) for text in texts[start : start + AT_ONCE]])
            file.write(made.astype(np.float16).tobytes())
            file.flush()
            sys.stderr.write(f"\r{start + len(made)} of {len(texts)} encoded")
    stored = np.fromfile(path, np.float16, len(texts) * width).reshape(-1, width)
    return _unit(stored.astype(np.float32))


def stand_in_vectors(texts: Sequence[str]) -> Iterator[Vectors]:
    """Blocks of float32 (n, dimension): the mean of the encoder's own token rows, no transformer above them."""
    folder = Path(light.__file__).parent / "models" / "wenbao-zh-en"
    model = light.load(folder)
    for start in range(0, len(texts), AT_ONCE):
        folded = [fold(text) for text in texts[start : start + AT_ONCE]]
        pieces = model.tokenizer.encode_batch(folded)  # type: ignore[attr-defined]  # it is tokenizers.Tokenizer
        rows = [model.words[piece.ids[1:-1] or piece.ids].astype(np.float32).mean(axis=0) for piece in pieces]
        yield _unit(np.stack(rows))


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-12)
    return unit


def _files(training: Path) -> list[Path]:
    names = ("jiyu.tsv.xz", "law_tw.tsv.xz", "laws_zh.jsonl.xz", "un_v1_dev.tsv.xz", "wmt_news_2017_2020.tsv.xz")
    return [training / name for name in names]


def _lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield from (
                json.loads(line)["text"].split("\n") if path.name.endswith(".jsonl.xz") else [line.split("\t")[0]]
            )


def _parts(lines: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in lines:
        if len(line.strip()) >= SHORTEST:
            part.append(line.strip()[:LONGEST])
        if len(part) == SENTENCES:
            yield part
            part = []


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("training", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--real", type=int, default=100_000)
    given = parser.parse_args()
    wanted = [text for report in reports(given.training, given.real) for text in report]
    real_vectors(wanted, given.cache)
