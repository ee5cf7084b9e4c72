"""One snapshot with what search keeps beside it in memory: folded passages and how often phrases occur."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import log

from corpus.fold import fold
from corpus.names import Register, Sighting, sightings
from index.records import Encoder, Index, StoredPassage
from index.words import term_spans
from search.understand.pinyin import PinyinNames
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
    """An index and its encoder; safe to use from many threads, gone when the snapshot is replaced.

    `before` is the view of the snapshot before: what it knows of reports that are still there is taken over.
    """

    def __init__(self, index: Index, encoder: Encoder, before: View | None = None) -> None:
        self.sighted: dict[str, tuple[Sighting, ...]] = dict(before.sighted) if before else {}
        self.index = index
        self.encoder = encoder
        self.frequency = lru_cache(maxsize=65_536)(self._frequency)
        self.page = lru_cache(maxsize=PAGES)(self._page)
        self.source = lru_cache(maxsize=None)(self._source)
        self.subjects = subjects_of(index.reports())
        self._reports = {report.id: report for report in index.reports()}

    @cached_property
    def names(self) -> Register:
        """Schools and companies that the reports name, collected when first asked for: 2 s a million characters."""
        for report in self._reports:
            if report not in self.sighted:
                self.sighted[report] = sightings(self.index.text(report))
        return Register.from_sightings([self.sighted[report] for report in self._reports])

    @cached_property
    def pinyin(self) -> PinyinNames:
        """Names in headings, titles and regions by their pinyin."""
        headings = (section.title for report in self._reports for section in self.index.sections(report))
        return PinyinNames([*map(fold, headings), *map(self.source, self._reports), *self.subjects.names])

    def pronounced(self, word: str) -> tuple[str, ...]:
        """Chinese names that a lower-case word may be the pinyin of."""
        return self.pinyin.find(word)

    def rarity(self, term: str) -> float:
        """The idf of an index term as BM25 has it."""
        n, df = len(self.index), self.index.document_frequency(term)
        return log(1 + (n - df + 0.5) / (df + 0.5))

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
