"""Makes the index that `index_scale` measures: reports of consecutive sentences, a passage each.

    python -m benchmarks.scale_index ../shared/training CACHE INDEX --passages 1000000 [--stand-in]

Vectors come from the real encoder or, with --stand-in, from the mean of its token rows: close enough to real ones to
measure speed by, not to answer questions with. Everything else goes the way of every build.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.scale_corpus import real_vectors, reports, stand_in_vectors
from corpus.records import Found, Metadata, Passage, Place, Region, Report, Section
from index.catalog import Catalog
from index.encoder import load_encoder
from index.progress import silent
from index.records import Vectors
from index.stored import Maker, Member, body_of, text_hash
from index.writer import writer

FIRST_YEAR, YEARS = 2015, 10
CITIES = 100
KEPT_AT_ONCE = 250
"""Reports in one transaction."""


def report_of(number: int, sentences: Sequence[str]) -> Report:
    """A report of one section; its year is one of ten, its city one of a hundred."""
    text = "\n".join(sentences)
    starts = [0]
    for sentence in sentences:
        starts.append(starts[-1] + len(sentence) + 1)
    spans = [(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=False)]
    name = f"{number:06d}.txt"
    year = Found(FIRST_YEAR + number % YEARS, 0, 0)
    return Report(
        name=name,
        digest=hashlib.sha256(f"{name} {text}".encode()).hexdigest(),
        text=text,
        metadata=Metadata(year=year, region=Found(Region(city=f"第{number % CITIES}市"), 0, 0)),
        places=(Place(0, 1),),
        sections=(Section(0, "lead", 1, "", "", 0, len(text), 0, 1),),
        tables=(),
        passages=tuple(Passage(at, 0, "text", start, end) for at, (start, end) in enumerate(spans)),
    )


def make(directory: Path, texts: Sequence[Sequence[str]], blocks: Iterable[Vectors]) -> dict[str, float]:
    """Builds the index; returns the seconds that each part took."""
    encoder, rows = load_encoder(), _rows(blocks)
    took = {"catalog": time.perf_counter()}
    with writer(directory, mend=True) as index:
        members: list[Member] = []
        for start in range(0, len(texts), KEPT_AT_ONCE):
            with index.catalog.transaction():
                for number, sentences in enumerate(texts[start : start + KEPT_AT_ONCE], start):
                    members.append(_keep(index.catalog, report_of(number, sentences), encoder.fingerprint, rows))
            sys.stderr.write(f"\r{len(members)} of {len(texts)} reports")
        took["catalog"] = time.perf_counter() - took["catalog"]
        took["snapshot"] = time.perf_counter()
        index.publish(members, Maker.of(encoder), silent)
        index.clean()
        took["snapshot"] = time.perf_counter() - took["snapshot"]
    return took


def _keep(catalog: Catalog, report: Report, encoder: str, rows: Iterator[Vectors]) -> Member:
    serial = catalog.serial(catalog.keep_report(report)) or 0
    hashes = [text_hash(body_of(report, passage)) for passage in report.passages]
    vectors = [next(rows) for _ in hashes]
    catalog.keep_vectors(encoder, hashes, vectors)  # type: ignore[arg-type]  # rows are as good as a matrix
    return Member(serial, report.name, f"/scale/{report.name}")


def _rows(blocks: Iterable[Vectors]) -> Iterator[Vectors]:
    return (row for block in blocks for row in block)


def main() -> None:
    """Builds and says how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("training", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--passages", type=int, required=True)
    parser.add_argument("--stand-in", action="store_true")
    given = parser.parse_args()
    texts = reports(given.training, given.passages)
    flat = [sentence for sentences in texts for sentence in sentences]
    blocks = stand_in_vectors(flat) if given.stand_in else [real_vectors(flat, given.cache)]
    took = make(given.index, texts, blocks)
    print(f"{len(flat)} passages: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in took.items()))


if __name__ == "__main__":
    main()
