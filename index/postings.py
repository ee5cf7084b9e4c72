"""Words and where they stand, ranked by BM25: the only file that knows tantivy.

The terms are cut by `index.words` before they come here; tantivy is told to part them at blanks and nothing else.
Its BM25 is that of Lucene: k1 1.2, b 0.75, idf ln(1 + (N - n + 0.5) / (n + 0.5)).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.context import CONTEXT_WEIGHT
from index.errors import IndexDamaged, IndexFault
from index.seal import REPAIR

if TYPE_CHECKING:
    import tantivy

HEAP = 64_000_000
"""Bytes that the writer may fill before it lays down a segment."""

WEIGHTS = {"body": 1.0, "context": CONTEXT_WEIGHT}

KEPT = 65_536
"""Words of which is kept whether they stand in a field, some 10 MB at most."""

QUERIES = 16
"""Queries that are kept: a question searches everywhere and once more in the reports that it is about."""

LARGEST_REPORT = 1 << 24
"""Passages that a report may have: a key is serial * this + number."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One passage's terms, under its number in the report it belongs to."""

    report: int
    number: int
    body: Sequence[str]
    context: Sequence[str]


@dataclass(frozen=True, slots=True)
class Matches:
    """Passages found, best first: arrays of the same length."""

    reports: NDArray[np.int64]
    """Serials."""
    numbers: NDArray[np.int64]
    scores: NDArray[np.float64]


def write_postings(folder: Path, postings: Iterable[Posting], removed: Iterable[int] = ()) -> None:
    """Changes the index in a folder, or makes one in an empty folder: takes out reports, then adds postings.

    Files that were there are never written again, `meta.json` is replaced by a rename: they may be links to files of
    another snapshot.
    """
    import tantivy

    schema = _schema()
    writer = _open(folder, schema).writer(HEAP, 1)
    for report in removed:
        # by query, as deletion by term passes over numbers without a word (tantivy 0.27)
        writer.delete_documents_by_query(tantivy.Query.term_query(schema, "report", report))
    for posting in postings:
        document = tantivy.Document()
        document.add_unsigned("key", posting.report * LARGEST_REPORT + posting.number)
        document.add_unsigned("report", posting.report)
        document.add_text("body", " ".join(posting.body))
        document.add_text("context", " ".join(posting.context))
        writer.add_document(document)
    try:
        writer.commit()
        writer.wait_merging_threads()
    except (ValueError, OSError) as error:
        raise IndexFault(f"The postings can't be written: {error}", "Free some space on the disk.") from error


class PostingIndex:
    """The postings of one snapshot."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._searcher = _open(folder, self._schema).searcher()
        self._count = int(self._searcher.num_docs)
        self._stands = lru_cache(maxsize=KEPT)(self._searcher.doc_freq)
        self._any = lru_cache(maxsize=QUERIES)(self._made)

    def __len__(self) -> int:
        return self._count

    def matching(self, terms: Mapping[str, float], k: int, reports: Sequence[int] | None = None) -> Matches:
        """The `k` passages of greatest weighted BM25, in the given reports only (None: in all)."""
        import tantivy

        wanted = tuple((term, weight) for term, weight in terms.items() if weight > 0)
        if not wanted or k < 1 or not len(self):
            return Matches(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        query = self._any(wanted)
        if reports is not None:
            inside = tantivy.Query.term_set_query(self._schema, "report", list(reports))
            must = tantivy.Occur.Must
            query = tantivy.Query.boolean_query(
                [(must, query), (must, tantivy.Query.const_score_query(inside, 0.0))],
            )
        hits = self._searcher.search(query, min(k, len(self)), count=False).hits
        keys = np.array(self._searcher.fast_field_values("key", [address for _, address in hits]), np.int64)
        return Matches(keys // LARGEST_REPORT, keys % LARGEST_REPORT, np.array([score for score, _ in hits]))

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands, context included."""
        result = self._searcher.search(self._made([(term, 1.0)]), 1)
        return int(result.count or 0)  # type: ignore[attr-defined]  # the stubs forget it

    def _made(self, terms: Sequence[tuple[str, float]]) -> tantivy.Query:
        import tantivy

        parts = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, field, term, index_option="freq"), weight * own
                ),
            )
            for term, weight in terms
            for field, own in WEIGHTS.items()
            if self._stands(field, term)  # one that never does keeps tantivy from skipping what can't be among the best
        ]
        return tantivy.Query.boolean_query(parts)


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for field in WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("key", fast=True)
    builder.add_unsigned_field("report", indexed=True)
    return builder.build()


def _open(folder: Path, schema: tantivy.Schema) -> tantivy.Index:
    import tantivy

    try:
        return tantivy.Index(schema, str(folder))
    except (ValueError, OSError) as error:
        raise IndexDamaged(f"The postings in {folder} can't be read: {error}", REPAIR) from error
