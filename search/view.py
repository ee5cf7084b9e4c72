"""One snapshot with what search keeps beside it in memory: folded passages and how often phrases occur."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from corpus.fold import fold
from index.records import Encoder, Index, StoredPassage
from index.words import term_spans
from search.understand.subjects import subjects_of

PAGES = 20_000
"""Passages kept folded, about 2 kB each."""


@dataclass(frozen=True, slots=True)
class Page:
    """A passage as it is compared with a question; everything folded."""

    passage: StoredPassage
    text: str = field(repr=False)
    headings: str
    """The headings it stands under."""
    source: str
    """Title, year, publisher, school and region of its report."""


class View:
    """An index and its encoder; safe to use from many threads, gone when the snapshot is replaced."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        self.index = index
        self.encoder = encoder
        self.frequency = lru_cache(maxsize=65_536)(self._frequency)
        self.page = lru_cache(maxsize=PAGES)(self._page)
        self.source = lru_cache(maxsize=None)(self._source)
        self.subjects = subjects_of(index.reports())
        self._reports = {report.id: report for report in index.reports()}

    def _frequency(self, phrase: str) -> int:
        """In how many passages all the terms of a folded phrase may stand; 0 where one of them never does."""
        terms = [term for term, _, _ in term_spans(phrase)]
        return min((self.index.document_frequency(term) for term in terms), default=0)

    def _page(self, row: int) -> Page:
        passage = self.index.passages([row])[0]
        return Page(passage, fold(passage.text), fold(" ".join(passage.path)), self.source(passage.report.id))

    def _source(self, report: str) -> str:
        metadata = self._reports[report].metadata
        found = (metadata.title, metadata.publisher, metadata.school)
        said = [one.value for one in found if one is not None]
        if metadata.year is not None:
            said.append(f"{metadata.year.value}年")
        if metadata.region is not None:
            said += metadata.region.value.names
        return fold(" ".join(said))
