"""Turns question-passage triples into reports and questions on which the confidence can be fitted.

usage: triples.py TRIPLES.jsonl OUT

TRIPLES has {"topic", "q_zh", "q_en", "passage_zh"} a line, passages of one topic unlike each other. OUT/reports gets
reports of one passage a topic, OUT/questions.jsonl each question in both languages with its passage as gold. Then:

    wenbao build OUT/reports --index X
    python -m benchmarks.answers QUESTIONS.jsonl --index DIR --fit --also OUT/questions.jsonl X
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

TOPICS = 12
"""Topics in one report, each a chapter."""


@dataclass(frozen=True, slots=True)
class Triple:
    """A passage with the question it answers, in both languages."""

    topic: str
    chinese: str
    english: str
    passage: str


def main() -> None:
    """Writes reports and questions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("triples", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    triples = [_triple(line) for line in args.triples.read_bytes().splitlines()]
    folder = args.out / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _reports(triples):
        (folder / name).write_text(text, encoding="utf-8")
    (args.out / "questions.jsonl").write_bytes(b"".join(_questions(triples)))


def _triple(line: bytes) -> Triple:
    row = orjson.loads(line)
    return Triple(row["topic"], row["q_zh"], row["q_en"], row["passage_zh"].replace("\n", ""))


def _reports(triples: Sequence[Triple]) -> Iterator[tuple[str, str]]:
    """File names and texts: the first passages of twelve topics, their second ones, and so on."""
    topics: dict[str, list[str]] = defaultdict(list)
    for triple in triples:
        topics[triple.topic].append(triple.passage)
    names = list(topics)
    for start in range(0, len(names), TOPICS):
        chapters = names[start : start + TOPICS]
        for at in range(max(len(topics[name]) for name in chapters)):
            told = [(name, topics[name][at]) for name in chapters if at < len(topics[name])]
            body = "".join(f"{number}. {name}\n{passage}\n" for number, (name, passage) in enumerate(told, start=1))
            yield f"r{start:03d}_{at}.txt", f"中等职业教育质量报告\n\n{body}"


def _questions(triples: Sequence[Triple]) -> Iterator[bytes]:
    for number, triple in enumerate(triples):
        quote, *others = [part for part in re.split(r"(?<=[。；])", triple.passage) if part.strip()]
        for language, question in (("zh", triple.chinese), ("en", triple.english)):
            row = {"id": f"t{number}-{language}", "lang": language, "type": "fact", "question": question}
            yield orjson.dumps({**row, "evidence": [quote], "evidence_alt": [others]}) + b"\n"


if __name__ == "__main__":
    main()
