"""How an index of 10,000 to 1,000,000 passages behaves: latency, throughput, memory, opening, recall.

    python -m benchmarks.index_scale ../shared/training INDEX [--stand-in]

INDEX was made by `benchmarks.scale_index`, with --stand-in there and here or in neither place. Questions are
sentences that are not in the index. "cpu ms" is processor time a question, which other work on the machine changes
little; the percentiles are of the clock. Beside the times stands what the memory could deliver at best: the bytes that
a search must read over the bandwidth of a plain sum on this machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from benchmarks.scale_corpus import reports, stand_in_vectors
from corpus.fold import fold
from index.local import LocalIndex, open_index
from index.records import Encoder, Filters, Vectors
from index.segments import Mask
from index.vectors import NUMBERS_PER_CODE, ROWS_PER_LIST, probes
from index.words import terms

QUESTIONS = 100
CLIENTS = (1, 8)
DEPTH = 100
"""Candidates of each retriever, as `search.retrieve` takes them."""

FILTERS = {
    "all": Filters(),
    "a year (10 %)": Filters(years=(2016,)),
    "a city (1 %)": Filters(regions=("第7市",)),
}

OPENING = (
    "import sys, time; from pathlib import Path; start = time.perf_counter(); from index.local import open_index; "
    "opened = open_index(Path(sys.argv[1])); print(time.perf_counter() - start, time.process_time())"
)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("training", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--stand-in", action="store_true")
    given = parser.parse_args()
    took, processor = cold_open(given.index)
    print(f"cold open       {took:9.2f} s with files out of the page cache; {processor:.2f} s of processor time")
    questions = [report[0] for report in reports(given.training, 10**9)[-QUESTIONS:]]
    with open_index(given.index) as index:
        disk = sum(path.stat().st_size for path in given.index.rglob("*") if path.is_file())
        print(f"passages        {len(index):9}   in {len(index.reports())} reports; disk {disk / 1e9:.2f} GB")
        encoder = index.load_encoder()
        vectors = encoder.encode_queries(questions)
        if given.stand_in:
            vectors = np.concatenate(list(stand_in_vectors(questions)))
        latencies(index, encoder, questions, vectors)
        bounds(index, vectors)
        print(
            f"memory          {_resident() / 1e9:9.2f} GB resident, of it {_resident('RssAnon') / 1e9:.2f} GB not files"
        )
        for name, filters in FILTERS.items():
            print(f"recall@10       {recall(index, vectors, index.select(filters)):9.4f}   {name}")


def cold_open(directory: Path) -> tuple[float, float]:
    """Seconds on the clock, and of processor time with Python's start, in a new process; no file in the page cache."""
    for path in (path for path in directory.rglob("*") if path.is_file()):
        handle = os.open(path, os.O_RDONLY)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", OPENING, str(directory)], capture_output=True, text=True, check=True
    )
    took, processor = map(float, done.stdout.split())
    return took, processor


def recall(index: LocalIndex, vectors: Vectors, allowed: Mask | None) -> float:
    """Of the ten nearest by comparison with every allowed vector, the share found; equal scores count as found."""
    rows = np.arange(len(index)) if allowed is None else np.flatnonzero(allowed)
    best = np.full((len(vectors), 10), -2.0, np.float32)
    for start in range(0, len(rows), 50_000):
        products = vectors @ index.vectors(rows[start : start + 50_000].tolist()).T
        best = -np.sort(-np.concatenate([best, products], axis=1), axis=1)[:, :10]
    found = 0
    for vector, wanted in zip(vectors, best, strict=True):
        scores = np.array([candidate.score for candidate in index.nearest(vector, 10, allowed)])
        found += int(np.sum(scores >= wanted[-1] - 1e-5))
    return found / best.size


def latencies(index: LocalIndex, encoder: Encoder, questions: Sequence[str], vectors: Vectors) -> None:
    """Times each step of a question, then all of them together, filtered and not."""
    cut = [dict.fromkeys(terms(question), 1.0) for question in questions]
    year, city = (index.select(FILTERS[name]) for name in ("a year (10 %)", "a city (1 %)"))

    def whole(at: int, allowed: Mask | None = None) -> None:
        encoder.encode_queries([fold(questions[at])])
        near = index.nearest(vectors[at], DEPTH, allowed)
        match = index.matching(dict.fromkeys(terms(questions[at]), 1.0), DEPTH, allowed)
        rows = sorted({candidate.row for candidate in (*near, *match)})
        index.vectors(rows)
        index.passages([candidate.row for candidate in near[:10]])

    steps: dict[str, Callable[[int], object]] = {
        "encode": lambda at: encoder.encode_queries([questions[at]]),
        "nearest": lambda at: index.nearest(vectors[at], DEPTH),
        "matching": lambda at: index.matching(cut[at], DEPTH),
        "nearest, year": lambda at: index.nearest(vectors[at], DEPTH, year),
        "nearest, city": lambda at: index.nearest(vectors[at], DEPTH, city),
        "matching, year": lambda at: index.matching(cut[at], DEPTH, year),
        "matching, city": lambda at: index.matching(cut[at], DEPTH, city),
        "frequencies": lambda at: [index.document_frequency(term) for term in cut[at]],
        "whole": whole,
        "whole, year": lambda at: whole(at, year),
    }
    print(f"{'':15} {'clients':>7} {'p50 ms':>9} {'p95 ms':>9} {'p99 ms':>9} {'cpu ms':>9} {'per s':>9}")
    for name, step in steps.items():
        for clients in CLIENTS:
            _report(name, step, clients)


def _report(name: str, step: Callable[[int], object], clients: int) -> None:
    def timed(at: int) -> float:
        start = time.perf_counter()
        step(at)
        return (time.perf_counter() - start) * 1000

    with ThreadPoolExecutor(clients) as pool:
        if name != "frequencies":
            list(pool.map(timed, range(QUESTIONS)))
        start, processor = time.perf_counter(), time.process_time()
        took = list(pool.map(timed, range(QUESTIONS)))
        rate = QUESTIONS / (time.perf_counter() - start)
        own = (time.process_time() - processor) / QUESTIONS * 1000
    p50, p95, p99 = np.percentile(took, [50, 95, 99])
    print(f"{name:15} {clients:7} {p50:9.2f} {p95:9.2f} {p99:9.2f} {own:9.2f} {rate:9.0f}")


def bounds(index: LocalIndex, vectors: Vectors) -> None:
    """What a search of the vectors must read, over the bandwidth of one core, and its share of the time taken."""
    data = np.ones(64_000_000, np.float32)
    start = time.process_time()
    data.sum()
    bandwidth = data.nbytes / (time.process_time() - start)
    width, read = vectors.shape[1], 0
    for segment in index.segments:
        if segment.lists is None:
            read += segment.vectors.nbytes
        else:
            centres = len(segment) // ROWS_PER_LIST
            read += 4 * width * centres + width * probes(centres) * ROWS_PER_LIST // (2 * NUMBERS_PER_CODE)
    start = time.process_time()
    for vector in vectors:
        index.nearest(vector, 10)
    took = (time.process_time() - start) / len(vectors)
    least = read / bandwidth
    print(
        f"bound           {least * 1000:9.2f} ms: {read / 1e6:.1f} MB a search at {bandwidth / 1e9:.1f} GB/s, "
        f"{least / took:.0%} of the {took * 1000:.2f} ms that the nearest ten take"
    )


def _resident(kind: str = "VmRSS") -> int:
    """Bytes of this process in memory, mapped files included."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{kind}:"))


if __name__ == "__main__":
    main()
