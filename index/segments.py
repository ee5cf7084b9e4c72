"""Vectors in segments: files that never change and are carried from snapshot to snapshot.

    vectors/NAME.f32     unit vectors of several reports one after the other, float32
    vectors/NAME.rows    for each of these reports its serial and its number of passages, int64
    vectors/NAME.ivf     large segments only: lists to search (index.vectors)

A report that is no longer there leaves its vectors as a hole, masked in every search, until `index.merging` finds it
worth writing the segment anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.records import Vectors
from index.seal import REPAIR
from index.vectors import Lists, write_lists

VECTORS, ROWS, LISTS = ".f32", ".rows", ".ivf"

APPROXIMATE_FROM = 50_000
"""Passages from which a segment has lists: comparing 50,000 one by one takes 8 ms, through lists 100,000 take 2."""

EXACT_AT_MOST = 20_000
"""Allowed passages of a segment that are compared one by one, 3 ms at most, rather than through lists."""

SPARE = 4
"""Candidates taken from lists for each one wanted, before the exact vectors decide."""

SPARE_AT_LEAST = 200
"""Candidates for the few that are wanted: of 97,661 vectors, the ten nearest were .983 among 40 and .993 among 200."""

Positions = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment; a *position* is the place of a vector in it."""

    name: str
    reports: NDArray[np.int64] = field(repr=False)
    """(reports, 2): serial, passages."""
    vectors: Vectors = field(repr=False)
    """(n, dimension), mapped into memory."""
    lists: Lists | None = field(repr=False, default=None)

    def __len__(self) -> int:
        return len(self.vectors)

    def nearest(self, query: Vectors, k: int, allowed: Mask | None = None) -> tuple[Positions, Vectors]:
        """The `k` positions of greatest inner product with `query` (dimension,), and these products, in no order."""
        few = allowed is not None and np.count_nonzero(allowed) <= EXACT_AT_MOST
        if self.lists is not None and not few:
            return _best(*self._scored(self.lists.near(query, max(SPARE * k, SPARE_AT_LEAST), allowed), query), k)
        if few and allowed is not None:
            return _best(*self._scored(np.flatnonzero(allowed), query), k)
        positions, scores = np.arange(len(self)), self.vectors @ query
        return _best(positions, scores, k) if allowed is None else _best(positions[allowed], scores[allowed], k)

    def _scored(self, positions: Positions, query: Vectors) -> tuple[Positions, Vectors]:
        return positions, self.vectors[positions] @ query


def segment_names(folder: Path) -> list[str]:
    """The segments in a folder, in the order they were made."""
    return sorted(path.stem for path in folder.glob(f"*{ROWS}"))


def open_segment(folder: Path, name: str, dimension: int) -> Segment:
    """A segment of a folder.

    Raises:
        IndexDamaged: its files don't agree.
    """
    reports = np.fromfile(folder / f"{name}{ROWS}", np.int64).reshape(-1, 2)
    path, count = folder / f"{name}{VECTORS}", int(reports[:, 1].sum())
    if not path.is_file() or path.stat().st_size != 4 * count * dimension:
        raise IndexDamaged(f"{path} is missing or has another size than its rows.", REPAIR)
    vectors = np.memmap(path, np.float32, "r", shape=(count, dimension))
    lists = folder / f"{name}{LISTS}"
    return Segment(name, reports, np.asarray(vectors), Lists(lists) if lists.is_file() else None)


def write_segment(folder: Path, name: str, blocks: Iterable[tuple[int, Vectors]]) -> None:
    """Writes the vectors of reports, each given by its serial; nothing where there are none."""
    reports, path, dimension = [], folder / f"{name}{VECTORS}", 1
    with path.open("wb") as file:
        for serial, vectors in blocks:
            if len(vectors):
                reports.append((serial, len(vectors)))
                dimension = vectors.shape[1]
                file.write(np.ascontiguousarray(vectors, np.float32).data)
    if not reports:
        path.unlink()
        return
    np.array(reports, np.int64).tofile(folder / f"{name}{ROWS}")
    if (count := sum(passages for _, passages in reports)) >= APPROXIMATE_FROM:
        write_lists(folder / f"{name}{LISTS}", np.memmap(path, np.float32, "r", shape=(count, dimension)))


def kept(segment: Segment, serials: Iterable[int]) -> Iterable[tuple[int, Vectors]]:
    """The vectors of those reports of a segment that are among `serials`, report by report."""
    wanted, start = set(serials), 0
    for serial, count in segment.reports.tolist():
        if serial in wanted:
            yield serial, segment.vectors[start : start + count]
        start += count


def _best(positions: Positions, scores: Vectors, k: int) -> tuple[Positions, Vectors]:
    if len(scores) <= k:
        return positions, scores
    chosen = np.argpartition(-scores, k - 1)[:k]
    return positions[chosen], scores[chosen]


def serials_of(segments: Sequence[Segment]) -> set[int]:
    """Every report that has vectors in these segments, holes included."""
    return {int(serial) for segment in segments for serial in segment.reports[:, 0]}
