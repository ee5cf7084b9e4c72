"""Which rows of a snapshot hold which words: postings count by report and number, a snapshot's rows run through all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.postings import Matches, PostingIndex
from index.records import Candidate
from index.seal import REPAIR

WIDE, MANY = 0.05, 1000
"""Share of the passages and number of reports allowed from which words are looked for everywhere first: naming 2,500
reports to tantivy costs more than finding the best 1,500 of a million passages."""


@dataclass(frozen=True, slots=True)
class WordRows:
    """The postings of a snapshot by row: reports have these serials, ascending, the rows of report n from `starts`."""

    postings: PostingIndex
    serials: NDArray[np.int64] = field(repr=False)
    starts: NDArray[np.int64] = field(repr=False)

    def best(self, terms: Mapping[str, float], k: int, allowed: NDArray[np.bool_] | None) -> list[Candidate]:
        """The `k` rows of greatest BM25 for weighted terms, best first; `allowed` (passages,) bool or None for all.

        Raises:
            IndexDamaged: the postings hold a report that the snapshot lacks.
        """
        if allowed is None:
            return self._candidates(self.postings.matching(terms, k))
        before = np.concatenate([[0], np.cumsum(allowed, dtype=np.int32)])
        inside = np.diff(before[self.starts])
        share = before[-1] / max(1, len(allowed))
        if share >= WIDE and np.count_nonzero(inside) >= MANY:
            found = self._candidates(self.postings.matching(terms, int(1.5 * k / share) + 1))
            among = [candidate for candidate in found if allowed[candidate.row]]
            if len(among) >= k:
                return among[:k]
        whole = int(np.diff(self.starts)[inside > 0].sum())
        named, asked = self.serials[inside > 0].tolist(), k + whole - int(before[-1])
        found = self._candidates(self.postings.matching(terms, asked, named))
        return [candidate for candidate in found if allowed[candidate.row]][:k]

    def _candidates(self, found: Matches) -> list[Candidate]:
        places = np.searchsorted(self.serials, found.reports)
        if np.any(places == len(self.serials)) or np.any(self.serials[places] != found.reports):
            raise IndexDamaged("The postings hold a report that the catalog lacks.", REPAIR)
        rows = self.starts[places] + found.numbers
        order = np.lexsort((rows, -found.scores))
        return list(map(Candidate, rows[order].tolist(), found.scores[order].tolist()))
