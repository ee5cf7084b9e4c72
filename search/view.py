"""One snapshot with what search keeps beside it in memory: folded passages and how often phrases occur."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from heapq import nsmallest
from math import log
from zlib import crc32

from corpus.fold import fold
from corpus.mentions import Mention
from corpus.names import Register
from index.records import Encoder, Gist, Index, StoredPassage, Vectors
from index.words import phrase_terms
from search.understand.lexicon import lexicon
from search.understand.mending import Mending
from search.understand.pinyin import PinyinNames
from search.understand.subjects import school_names, subjects_of
from search.understand.translate import Translator

PAGES = 20_000
"""Passages kept folded, about 2 kB each."""
SENTENCES = 8_192
"""Sentences whose vectors are kept, 1.5 kB each: making one takes 2 to 5 ms."""

MOST_READ = 5_000
"""Passages of an index whose running text is searched for names in pinyin: 0.6 s once, 30 ms a name."""

SHINGLE, SKETCH = 5, 32
"""Characters of a shingle; hashes kept of a passage, enough to tell 0.85 from 0.6 in common."""

_SENTENCE = re.compile(r"[^。！？!?;；\n]+")
_FIGURE = re.compile(r"[\d一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Page:
    """A passage as it is compared with a question; everything folded."""

    passage: StoredPassage
    text: str = field(repr=False)
    headings: str
    """The headings it stands under."""
    source: str
    """Title, year, publisher, school and region of its report."""
    sentences: tuple[tuple[str, bool], ...] = field(repr=False)
    """Its sentences, and whether there is a figure in each."""
    sketch: frozenset[int] = field(repr=False)
    """The smallest hashes of its shingles: passages that say the same share most of them (Broder 1997)."""


class View:
    """An index and its encoder; safe to use from many threads, gone when the snapshot is replaced."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        self.index = index
        self.encoder = encoder
        self.frequency = lru_cache(maxsize=65_536)(self._frequency)
        self.rarity = lru_cache(maxsize=65_536)(self._rarity)
        self.mentions = lru_cache(maxsize=1_024)(self._mentions)
        self.vector = lru_cache(maxsize=SENTENCES)(self._vector)
        self.page = lru_cache(maxsize=PAGES)(self._page)
        self.source = lru_cache(maxsize=None)(self._source)
        self.subjects = subjects_of(index.reports())
        self._reports = {report.id: report for report in index.reports()}

    @cached_property
    def names(self) -> Register:
        """Schools and companies that the reports name, put together when first asked for."""
        return Register.from_sightings([gist.names for gist in self._gists.values()])

    @cached_property
    def pinyin(self) -> PinyinNames:
        """Names in headings, titles and regions by their pinyin."""
        gists = self._gists.values()
        headings = (heading for gist in gists for heading in gist.headings)
        names = (name.text for gist in gists for name in gist.names)
        return PinyinNames(
            [*map(fold, headings), *map(fold, names), *map(self.source, self._reports), *self.subjects.names]
        )

    @cached_property
    def running(self) -> PinyinNames:
        """The same for running text, where there is little enough of it to be searched whole."""
        rows = range(len(self.index)) if len(self.index) <= MOST_READ else ()
        return PinyinNames([fold(passage.text) for passage in self.index.passages(rows)], running=True)

    @cached_property
    def mending(self) -> Mending:
        """Mends slips in questions, by the words and names of these reports."""
        aliases = (name for entry in self.names.entries for alias in entry.aliases for name in school_names(alias))
        return Mending(
            [*self.subjects.names, *aliases],
            occurs=lambda phrase: self.frequency(phrase) > 0,
            pronounced=self.pronounced,
        )

    @cached_property
    def translator(self) -> Translator:
        """Translates English questions into the words of these reports."""
        return Translator(lexicon(), self.frequency, self.pronounced)

    @cached_property
    def _gists(self) -> Mapping[str, Gist]:
        return self.index.gists()

    def pronounced(self, word: str) -> tuple[str, ...]:
        """Chinese names that a lower-case word may be the pinyin of: those in headings, else those in running text."""
        return self.pinyin.find(word) or self.running.find(word)

    def _rarity(self, term: str) -> float:
        """The idf of an index term as BM25 has it."""
        return self.rarity_of(self.index.document_frequency(term))

    def rarity_of(self, df: int) -> float:
        """The idf of what stands in `df` passages."""
        return log(1 + (len(self.index) - df + 0.5) / (df + 0.5))

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        """Schools, companies and places that a question or a part of one names."""
        return tuple(self.names.mentions(text))

    def _vector(self, text: str) -> Vectors:
        """The vector (dimension,) of a question or sentence, encoded as questions are; passages may bring in torch."""
        vector: Vectors = self.encoder.encode_queries([text])[0]
        return vector

    def _frequency(self, phrase: str) -> int:
        """In how many passages all the terms of a folded phrase may stand; 0 where one of them never does."""
        return min((self.index.document_frequency(term) for term in phrase_terms(phrase)), default=0)

    def _page(self, row: int) -> Page:
        passage = self.index.passages([row])[0]
        text = fold(passage.text)
        sentences = tuple((sentence, bool(_FIGURE.search(sentence))) for sentence in _SENTENCE.findall(text))
        headings, source = fold(" ".join(passage.path)), self.source(passage.report.id)
        return Page(passage, text, headings, source, sentences, _sketch(text))

    def _source(self, report: str) -> str:
        metadata = self._reports[report].metadata
        found = (metadata.title, metadata.publisher, metadata.school)
        said = [one.value for one in found if one is not None]
        if metadata.year is not None:
            said.append(f"{metadata.year.value}年")
        if metadata.region is not None:
            said += metadata.region.value.names
        return fold(" ".join(said))


def _sketch(text: str) -> frozenset[int]:
    plain = "".join(text.split()).encode("utf-32-le")
    width = 4 * SHINGLE
    shingles = {plain[at : at + width] for at in range(0, max(4, len(plain) - width + 4), 4)}
    return frozenset(nsmallest(SKETCH, map(crc32, shingles)))
