"""Words and where they stand, ranked by BM25: the only file that knows tantivy.

The terms are cut by `index.words` before they come here; tantivy is told to part them at blanks and nothing else.
Its BM25 is that of Lucene: k1 1.2, b 0.75, idf ln(1 + (N - n + 0.5) / (n + 0.5)).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.context import CONTEXT_WEIGHT
from index.errors import IndexDamaged, IndexFault
from index.records import Candidate
from index.seal import REPAIR

if TYPE_CHECKING:
    import tantivy

HEAP = 64_000_000
"""Bytes that the writer may fill before it lays down a segment."""

WEIGHTS = {"body": 1.0, "context": CONTEXT_WEIGHT}


@dataclass(frozen=True, slots=True)
class Posting:
    """One passage's terms, under the row it has in the snapshot and the report it belongs to."""

    row: int
    report: int
    body: Sequence[str]
    context: Sequence[str]


def write_postings(folder: Path, postings: Iterable[Posting]) -> None:
    """Writes a new index into an empty folder."""
    import tantivy

    index = tantivy.Index(_schema(), str(folder))
    writer = index.writer(HEAP, 1)
    for posting in postings:
        document = tantivy.Document()
        document.add_unsigned("row", posting.row)
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

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def matching(self, terms: Mapping[str, float], k: int, reports: Sequence[int] | None = None) -> list[Candidate]:
        """The `k` rows of greatest weighted BM25, best first, in the given reports only (None: in all)."""
        import tantivy

        if not terms or k < 1 or not len(self):
            return []
        query = self._any([(term, weight) for term, weight in terms.items() if weight > 0])
        if reports is not None:
            inside = tantivy.Query.term_set_query(self._schema, "report", list(reports))
            must = tantivy.Occur.Must
            query = tantivy.Query.boolean_query(
                [(must, query), (must, tantivy.Query.const_score_query(inside, 0.0))],
            )
        hits = self._searcher.search(query, min(k, len(self)), count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return [Candidate(int(row or 0), float(score)) for (score, _), row in zip(hits, rows, strict=True)]

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands, context included."""
        result = self._searcher.search(self._any([(term, 1.0)]), 1)
        return int(result.count or 0)  # type: ignore[attr-defined]  # the stubs forget it

    def _any(self, terms: Sequence[tuple[str, float]]) -> tantivy.Query:
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
        ]
        return tantivy.Query.boolean_query(parts)


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for field in WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("row", fast=True)
    builder.add_unsigned_field("report", indexed=True)
    return builder.build()


def _open(folder: Path, schema: tantivy.Schema) -> tantivy.Index:
    import tantivy

    try:
        return tantivy.Index(schema, str(folder))
    except (ValueError, OSError) as error:
        raise IndexDamaged(f"The postings in {folder} can't be read: {error}", REPAIR) from error
