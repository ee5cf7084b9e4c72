"""Rankings and judgements as TREC files, which every evaluation tool reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson

from search.evaluate import Evaluation, Judged
from search.gold import counted_texts, first_ranks
from search.measures import DEPTH


def write_trec(evaluation: Evaluation, folder: Path, *, run: str = "wenbao") -> None:
    """Writes `qrels.txt`, `run.txt` and `results.jsonl` into a folder, which is made where it is missing.

    Relevant are the passages that first cover a quote; a quote that none covers stands as a passage `missing-N` that
    was not returned. So RR@10 and nDCG@10 of other tools are those of `wenbao evaluate`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    answerable = [judged for judged in evaluation.judged if judged.gold.answerable]
    _write(folder / "qrels.txt", (line for judged in answerable for line in _qrels(judged)))
    _write(folder / "run.txt", (line for judged in answerable for line in _run(judged, run)))
    lines = (orjson.dumps(judged.returned.shape | {"id": judged.id}) for judged in evaluation.judged)
    (folder / "results.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


def _qrels(judged: Judged) -> Iterator[str]:
    passages = judged.returned.passages
    found = first_ranks(judged.gold, counted_texts(judged.returned))
    ranks = sorted({rank for rank in found if rank is not None and rank <= DEPTH})
    missing = sum(rank is None or rank > DEPTH for rank in found)
    if judged.gold.need == "any":
        ranks, missing = ranks[:1], 0 if ranks else 1
    for rank, passage in enumerate(passages, start=1):
        yield f"{judged.id} 0 {passage.id} {int(rank in ranks)}"
    yield from (f"{judged.id} 0 missing-{number} 1" for number in range(1, missing + 1))


def _run(judged: Judged, run: str) -> Iterator[str]:
    """Scores fall with the rank, even where parts of a question take turns: tools sort by score."""
    passages = judged.returned.passages
    for rank, passage in enumerate(passages, start=1):
        yield f"{judged.id} Q0 {passage.id} {rank} {len(passages) + 1 - rank} {run}"


def _write(path: Path, lines: Iterator[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
