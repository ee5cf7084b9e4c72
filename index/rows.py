"""Which row of a snapshot lies where: rows run through its reports, vectors lie in segments with holes between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.records import Candidate, Vectors
from index.seal import REPAIR
from index.segments import Mask, Segment

DEAD = -1


@dataclass(frozen=True, slots=True)
class VectorRows:
    """All vectors of a snapshot by their rows."""

    segments: tuple[Segment, ...]
    rows: tuple[NDArray[np.int32] | slice, ...] = field(repr=False)
    """For each segment the row at each position, `DEAD` for a hole; a slice where rows run through without one."""
    where: NDArray[np.int64] = field(repr=False)
    """(rows, 2): segment, position."""

    @classmethod
    def join(cls, segments: Sequence[Segment], serials: NDArray[np.int64], starts: NDArray[np.int64]) -> VectorRows:
        """Of a snapshot whose reports have these serials, in ascending order, the rows of report n from `starts[n]`.

        Raises:
            IndexDamaged: a report's vectors are missing or not as many as its passages.
        """
        where = np.full((int(starts[-1]), 2), DEAD, np.int64)
        rows = []
        for number, segment in enumerate(segments):
            found = _rows(segment, serials, starts)
            live = np.flatnonzero(found != DEAD)
            where[found[live]] = np.stack([np.full(len(live), number), live], axis=1)
            rows.append(_as_slice(found))
        if np.any(where[:, 0] == DEAD):
            raise IndexDamaged("Vectors of some passages are missing from the snapshot.", REPAIR)
        return cls(tuple(segments), tuple(rows), where)

    def nearest(self, query: Vectors, k: int, allowed: Mask | None = None) -> list[Candidate]:
        """The `k` rows of greatest inner product with `query`, best first, among the `allowed` (rows,)."""
        k = min(k, len(self.where))
        if k < 1:
            return []
        query = np.ascontiguousarray(query, dtype=np.float32)
        rows, scores = [], []
        for segment, own in zip(self.segments, self.rows, strict=True):
            found, products = segment.nearest(query, k, _allowed_here(own, allowed))
            rows.append(found + own.start if isinstance(own, slice) else own[found].astype(np.int64))
            scores.append(products)
        joined, all_scores = np.concatenate(rows), np.concatenate(scores)
        best = np.lexsort((joined, -all_scores))[:k]
        return list(map(Candidate, joined[best].tolist(), all_scores[best].tolist()))

    def vectors(self, rows: Sequence[int], dimension: int) -> Vectors:
        """(len(rows), dimension), as they were written."""
        found = np.empty((len(rows), dimension), np.float32)
        places = self.where[np.asarray(rows, np.int64)] if len(rows) else np.empty((0, 2), np.int64)
        for number, segment in enumerate(self.segments):
            here = np.flatnonzero(places[:, 0] == number)
            if len(here):
                found[here] = segment.vectors[places[here, 1]]
        return found


def _rows(segment: Segment, serials: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int32]:
    """The row at each position of a segment."""
    own, counts = segment.reports[:, 0], segment.reports[:, 1]
    at = np.searchsorted(serials, own)
    live = (at < len(serials)) & (np.append(serials, DEAD)[at] == own)
    at = np.where(live, at, 0)
    live &= np.diff(starts)[at] == counts if len(serials) else False
    first = np.where(live, starts[at] - (np.cumsum(counts) - counts), 0)
    rows: NDArray[np.int32] = np.where(
        np.repeat(live, counts), np.arange(len(segment)) + np.repeat(first, counts), DEAD
    )
    return rows.astype(np.int32)


def _as_slice(rows: NDArray[np.int32]) -> NDArray[np.int32] | slice:
    first = int(rows[0])
    through = first != DEAD and bool(np.array_equal(rows, np.arange(first, first + len(rows))))
    return slice(first, first + len(rows)) if through else rows


def _allowed_here(rows: NDArray[np.int32] | slice, allowed: Mask | None) -> Mask | None:
    if isinstance(rows, slice):
        return None if allowed is None else allowed[rows]
    mask: Mask = rows != DEAD
    return mask if allowed is None else mask & allowed[rows]
