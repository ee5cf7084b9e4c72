"""`index.records.Index` over one snapshot on this machine's disk."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.records import Section, Table
from index.catalog import Catalog
from index.contents import read_contents
from index.encoder import SentenceEncoder, load_maker
from index.errors import IndexDamaged, IndexMismatch
from index.filters import matches
from index.locks import hold, released_on_failure
from index.postings import PostingIndex
from index.records import Candidate, Encoder, Filters, Gist, StoredPassage, StoredReport, Vectors
from index.rows import VectorRows
from index.seal import REPAIR
from index.segments import Segment, open_segment, segment_names
from index.snapshot import (
    CATALOG,
    POSTINGS,
    READERS,
    SNAPSHOTS,
    VECTORS,
    Manifest,
    Pointer,
    read_manifest,
    require_pointer,
)
from index.soundness import Soundness
from index.stored import Listing, Member, members_digest, require_encoder
from index.troubles import Trouble
from index.wordrows import WordRows
from index.words import tokenizer_fingerprint

ATTEMPTS = 10
"""How often opening starts again because a writer switched and removed the snapshot in between."""

SELECTIONS = 32
"""Filters whose rows are remembered, a byte a passage each."""

REPORTS = 64
"""Reports whose sections and tables are kept parsed, some 200 kB each."""

TEXTS, PASSAGES = 16, 8_192
"""Canonical texts that are kept, some 100 kB each, and passages, some 2 kB each: read and checked once."""


def open_index(directory: Path) -> LocalIndex:
    """Opens the current snapshot and holds it: it stays readable until `close`, whatever a writer does.

    Raises:
        IndexMissing: there is no index.
        IndexMismatch: another format or tokenizer made it.
        IndexDamaged: a file is missing or changed.
    """
    for _ in range(ATTEMPTS):
        pointer = require_pointer(directory)
        readers = directory / SNAPSHOTS / pointer.name / READERS
        if readers.is_file():
            held = hold(readers)
            with released_on_failure(partial(os.close, held)):
                return LocalIndex(directory, pointer, held)
        if pointer == require_pointer(directory):
            break
    raise IndexDamaged(f"The snapshot {pointer.name} of {directory} is missing.", REPAIR)


class LocalIndex:
    """One snapshot, read-only; safe to use from many threads at once."""

    def __init__(self, directory: Path, pointer: Pointer, held: int) -> None:
        self._held = held
        self.directory = directory
        self.pointer = pointer
        self.manifest = _checked(directory, pointer)
        folder = directory / SNAPSHOTS / pointer.name
        self.soundness = Soundness(folder, self.manifest.files)
        self._catalog = Catalog(directory / CATALOG)
        entries = read_contents(folder)
        self._serials = np.array([entry.member.serial for entry in entries], np.int64)
        self._reports = tuple(_stored(entry.member, entry.listing) for entry in entries)
        self._starts = np.cumsum([0, *(report.passages for report in self._reports)])
        self._places = {report.id: place for place, report in enumerate(self._reports)}
        self._words = WordRows(PostingIndex(folder / POSTINGS), self._serials, self._starts)
        self._frequency = lru_cache(maxsize=65_536)(self._words.postings.document_frequency)
        self._select = lru_cache(maxsize=SELECTIONS)(self._selected)
        self._sections = lru_cache(maxsize=REPORTS)(self._catalog.sections)
        self._tables = lru_cache(maxsize=REPORTS)(self._catalog.tables)
        self._text = lru_cache(maxsize=TEXTS)(self._catalog.text)
        self._passage = lru_cache(maxsize=PASSAGES)(self._stored_passage)
        self._require_agreement()
        segments = [
            open_segment(folder / VECTORS, name, self.manifest.maker.dimension)
            for name in segment_names(folder / VECTORS)
        ]
        self._vectors = VectorRows.join(segments, self._serials, self._starts)
        self.soundness.start()

    def __repr__(self) -> str:
        return f"LocalIndex({self.snapshot!r}, reports={len(self._reports)}, passages={len(self)})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the snapshot, so that a writer may remove it."""
        self.soundness.close()
        self._catalog.close()
        os.close(self._held)

    @property
    def snapshot(self) -> str:
        """The snapshot's name; it changes when, and only when, what can be found changes."""
        return self.manifest.name

    @property
    def encoder(self) -> str:
        """Name of the encoder that made its vectors, as `index.encoder.load_encoder` takes it."""
        return self.manifest.maker.name

    @property
    def encoder_fingerprint(self) -> str:
        """`Encoder.fingerprint` of the encoder that made its vectors."""
        return self.manifest.maker.fingerprint

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The files that its vectors lie in."""
        return self._vectors.segments

    def load_encoder(self) -> SentenceEncoder:
        """The encoder that made it, prompts included.

        Raises:
            EncoderError: it can't be loaded.
            IndexMismatch: under its name there is another model now.
        """
        encoder = load_maker(self.manifest.maker)
        self.require(encoder)
        return encoder

    def require(self, encoder: Encoder) -> None:
        """Makes sure that questions are encoded as the passages were.

        Raises:
            IndexMismatch: it is another encoder, or it has other weights or prompts.
        """
        require_encoder(self.manifest.maker, encoder, self.directory)

    def __len__(self) -> int:
        return int(self._starts[-1])

    def reports(self) -> Sequence[StoredReport]:
        """All reports, in the order they were added."""
        return self._reports

    def select(self, filters: Filters) -> NDArray[np.bool_] | None:
        """(passages,) true where a passage may be found; None when everything may."""
        return self._select(filters) if filters else None

    def _selected(self, filters: Filters) -> NDArray[np.bool_]:
        kept = np.fromiter((matches(report, filters) for report in self._reports), np.bool_, len(self._reports))
        allowed = np.repeat(kept, np.diff(self._starts))
        allowed.flags.writeable = False
        return allowed

    def nearest(self, vector: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> list[Candidate]:
        """The `k` rows of greatest cosine to `vector` (dimension,), best first."""
        self.soundness.require()
        return self._vectors.nearest(vector, k, allowed)

    def matching(self, terms: Mapping[str, float], k: int, allowed: NDArray[np.bool_] | None = None) -> list[Candidate]:
        """The `k` rows of greatest BM25 for weighted terms (as `index.words.terms` cuts them), best first."""
        self.soundness.require()
        return self._words.best(terms, k, allowed)

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands, context included."""
        return self._frequency(term)

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """(len(rows), dimension), as they were encoded."""
        self.soundness.require()
        return self._vectors.vectors(rows, self.manifest.maker.dimension)

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """In the order of `rows`."""
        return [self._passage(row) for row in rows]

    def rows_of(self, report: str) -> range:
        """The rows of a report, in reading order."""
        place = self._place(report)
        return range(int(self._starts[place]), int(self._starts[place + 1]))

    def sections(self, report: str) -> Sequence[Section]:
        """Sections of a report by its id, in order."""
        return self._sections(self._serial(report))

    def tables(self, report: str) -> Sequence[Table]:
        """Tables of a report by its id, in order."""
        return self._tables(self._serial(report))

    def text(self, report: str) -> str:
        """Canonical text of a report."""
        return self._text(self._serial(report))

    def gists(self) -> dict[str, Gist]:
        """Names and headings of every report, by its id."""
        found = self._catalog.gists.of(self.snapshot)
        return {report.id: found[serial] for report, serial in zip(self._reports, self._serials.tolist(), strict=True)}

    def troubles(self) -> tuple[Trouble, ...]:
        """What went wrong with files when they were last read: what could not be read, and warnings of what was."""
        names = {report.name for report in self._reports}
        return tuple(one for one in self._catalog.troubles.all() if one.unread or one.problem.file in names)

    def _stored_passage(self, row: int) -> StoredPassage:
        if not 0 <= row < len(self):
            raise IndexError(f"row {row} of {len(self)}")
        place = bisect_right(self._starts, row) - 1
        number = row - int(self._starts[place])
        report, body = self._reports[place], self._catalog.passage(int(self._serials[place]), number)
        return StoredPassage(
            row=row,
            id=f"{report.id}-{number}",
            report=report,
            section=body.section,
            path=body.path,
            kind=body.kind,
            text=body.text,
            start=body.start,
            end=body.end,
            page=body.page,
            table=body.table,
        )

    def _place(self, report: str) -> int:
        if report not in self._places:
            raise KeyError(report)
        return self._places[report]

    def _serial(self, report: str) -> int:
        return int(self._serials[self._place(report)])

    def _require_agreement(self) -> None:
        members = self._catalog.members(self.snapshot)
        counts = {len(self), len(self._words.postings), self.manifest.passages}
        if len(counts) != 1 or members_digest(members) != self.manifest.members:
            raise IndexDamaged(f"Catalog and snapshot {self.snapshot} of {self.directory} don't agree.", REPAIR)


def _checked(directory: Path, pointer: Pointer) -> Manifest:
    manifest = read_manifest(directory, pointer)
    if manifest.tokenizer_fingerprint != tokenizer_fingerprint():
        raise IndexMismatch(
            f"The words of the index in {directory} were cut by another version of the tokenizer or its dictionary.",
            f"Run `wenbao build SOURCE... --index {directory}` again; nothing is encoded anew.",
        )
    return manifest


def _stored(member: Member, listing: Listing) -> StoredReport:
    return StoredReport(
        id=listing.id,
        name=member.name,
        digest=listing.digest,
        metadata=listing.metadata,
        characters=listing.characters,
        passages=listing.passages,
    )
