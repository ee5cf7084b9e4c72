"""The records and the protocol between the index and those who search it.

A *row* is a passage's number inside one snapshot, 0 to n-1: FAISS ids, BM25 documents and catalog rows are the
same number. Rows mean nothing outside the snapshot they were read from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.names import Sighting
from corpus.records import Metadata, PassageKind, Section, Table

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which reports may be searched; an empty field lets everything through, fields are joined by "and".

    `years` are report years; `regions` are full or short names at any level, a report matches when its province,
    city or county does; `reports` are report ids.
    """

    years: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.years, self.regions, self.schools, self.levels, self.kinds, self.reports))


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as the catalog lists it, without its text."""

    id: str
    name: str
    digest: str
    metadata: Metadata
    characters: int
    passages: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what a reader wants to see beside it."""

    row: int
    id: str
    """Stable name: report id, hyphen, the passage's number in its report ("0a1b2c3d4e5f-12")."""
    report: StoredReport
    section: int
    path: tuple[str, ...]
    """Headings from the top down to the section it stands in."""
    kind: PassageKind
    text: str = field(repr=False)
    start: int
    end: int
    page: int | None
    table: int | None


class Candidate(NamedTuple):
    """A row with the score one retriever gave it: cosine for vectors, BM25 for words."""

    row: int
    score: float


@dataclass(frozen=True, slots=True)
class Gist:
    """The names of schools and companies in a report and the titles of its sections, each title once."""

    names: tuple[Sighting, ...]
    headings: tuple[str, ...]


class Encoder(Protocol):
    """Text to unit vectors; queries and passages may carry different prompts."""

    @property
    def name(self) -> str:
        """What the user calls it: "wenbao-zh-en" or the model's hub name or folder."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Hexadecimal hash of weights, tokenizer and prompts: equal fingerprints give equal vectors."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """float32, (len(texts), dimension), rows of length 1, in the order of `texts`."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As `encode_passages`, with the query prompt."""
        ...


class Index(Protocol):
    """One snapshot, read-only: what every backend offers to `search`."""

    @property
    def snapshot(self) -> str:
        """The snapshot's name; it changes when, and only when, what can be found changes."""
        ...

    @property
    def encoder_fingerprint(self) -> str:
        """`Encoder.fingerprint` of the encoder that made its vectors."""
        ...

    def __len__(self) -> int:
        """Number of passages."""
        ...

    def reports(self) -> Sequence[StoredReport]:
        """All reports, in the order they were added."""
        ...

    def select(self, filters: Filters) -> NDArray[np.bool_] | None:
        """(passages,) true where a passage may be found; None when everything may."""
        ...

    def nearest(self, vector: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> list[Candidate]:
        """The `k` rows of greatest cosine to `vector` (dimension,), best first."""
        ...

    def matching(self, terms: Mapping[str, float], k: int, allowed: NDArray[np.bool_] | None = None) -> list[Candidate]:
        """The `k` rows of greatest BM25 for weighted terms (as `index.words.terms` cuts them), best first."""
        ...

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands, context included."""
        ...

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """(len(rows), dimension), as they were encoded."""
        ...

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """In the order of `rows`."""
        ...

    def rows_of(self, report: str) -> range:
        """The rows of a report, in reading order."""
        ...

    def sections(self, report: str) -> Sequence[Section]:
        """Sections of a report by its id, in order."""
        ...

    def tables(self, report: str) -> Sequence[Table]:
        """Tables of a report by its id, in order."""
        ...

    def text(self, report: str) -> str:
        """Canonical text of a report."""
        ...

    def gists(self) -> Mapping[str, Gist]:
        """Names and headings of every report, by its id."""
        ...
