"""`python -m encoder.evaluate --sets FOLDER MODEL...`: models side by side on the public sets and on gold questions.

A model is a folder, a hub name, or wenbao-zh-en. `--questions FILE --reports PATH...` adds questions with gold quotes,
answered by vectors alone from the passages that wenbao makes of those reports. None of it is trained on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.passages import running
from encoder.datafiles import columns, records
from encoder.measured import Measure, of_questions, of_ranks, of_twins
from index.context import encoded_text
from index.encoder import SentenceEncoder, load_encoder
from index.records import Vectors

TWINS = {"Tatoeba": "tatoeba_cmn_eng.tsv", "Flores-200": "flores200_devtest.tsv", "NTREX-128": "ntrex128.tsv"}
PARAGRAPHS = {"CMRC 2018 dev": "cmrc2018_dev", "DRCD test": "drcd_test"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question file with the reports that answer it."""

    questions: Path
    reports: tuple[Path, ...]


def main() -> None:
    """Prints one table: a measure a row, a model a column."""
    given = _options()
    asked = Asked(given.questions, tuple(given.reports)) if given.questions else None
    write_table([load_encoder(name) for name in given.models], given.sets, asked)


def write_table(models: Sequence[SentenceEncoder], sets: Path | None, asked: Asked | None) -> None:
    """Writes the table to stdout."""
    tables = [list(evaluate(model, sets, asked)) for model in models]
    names = [Path(model.name).name for model in models]
    width = max(len(measure.name) for measure in tables[0])
    lines = ["  ".join([" " * width, *(f"{name:>7}" for name in names)])]
    for row in zip(*tables, strict=True):
        values = (f"{m.value:>{max(7, len(name))}.3f}" for m, name in zip(row, names, strict=True))
        lines.append("  ".join([f"{row[0].name:<{width}}", *values]))
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def evaluate(model: SentenceEncoder, sets: Path | None, asked: Asked | None) -> Iterator[Measure]:
    """Every measure of one model, in the order of the table."""
    if sets is not None:
        for name, file in TWINS.items():
            rows = [row[:2] for row in columns(sets, file)]
            zh, en = (encode(model, [row[side] for row in rows]) for side in (0, 1))
            yield from of_twins(name, zh @ en.T)
        for name, file in PARAGRAPHS.items():
            yield from _paragraphs(model, sets, name, file)
    if asked is not None:
        yield from _gold(model, asked)


def encode(model: SentenceEncoder, texts: Sequence[str], *, queries: bool = False) -> Vectors:
    """Vectors of folded texts; in batches through torch, unless the model has a prompt for questions."""
    folded = [encoded_text("", text) for text in texts]
    if queries and model.prompts.query != model.prompts.passage:
        return model.encode_queries(folded)
    return model.encode_passages(folded)


def _paragraphs(model: SentenceEncoder, sets: Path, name: str, file: str) -> Iterator[Measure]:
    """Whole, by the one vector of as much as the model takes; then cut as wenbao cuts them, by their best passage."""
    rows = list(records(sets, f"{file}.passages.jsonl"))
    questions = list(records(sets, f"{file}.questions.jsonl"))
    place = {row["pid"]: at for at, row in enumerate(rows)}
    gold = np.array([place[question["pid"]] for question in questions])
    asked = encode(model, [question["question"] for question in questions], queries=True)
    yield from of_ranks(name, _ranks(asked @ encode(model, [row["text"] for row in rows]).T, gold))
    passages = [[row["text"][start:end] for start, end in running(row["text"])] for row in rows]
    firsts = np.cumsum([0, *(len(of_one) for of_one in passages[:-1])])
    scores = asked @ encode(model, [passage for of_one in passages for passage in of_one]).T
    yield from of_ranks(f"{name}, in passages", _ranks(np.maximum.reduceat(scores, firsts, axis=1), gold))


def _ranks(scores: Vectors, gold: NDArray[np.integer]) -> NDArray[np.integer]:
    """Ranks from 1 of the gold column in each row of scores."""
    return np.asarray((scores > scores[np.arange(len(gold)), gold][:, None]).sum(1) + 1)


def _gold(model: SentenceEncoder, asked: Asked) -> Iterator[Measure]:
    from corpus.read import find_files, read_path
    from index.stored import body_of
    from search.gold import read_gold

    reports = (report for file in find_files(asked.reports) for report in read_path(file).reports)
    bodies = [body_of(report, passage) for report in reports for passage in report.passages]
    gold = [question for question in read_gold(asked.questions) if question.answerable]
    passages = encode(model, [encoded_text(body.context, body.text) for body in bodies])
    scores = encode(model, [question.question for question in gold], queries=True) @ passages.T
    yield from of_questions(asked.questions.stem, gold, scores, [body.text for body in bodies])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--sets", type=Path, help="folder of the public sets")
    parser.add_argument("--questions", type=Path, help="JSONL of questions with gold quotes")
    parser.add_argument("--reports", type=Path, nargs="+", default=[], help="the reports that answer them")
    return parser.parse_args()


if __name__ == "__main__":
    main()
