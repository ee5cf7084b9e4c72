"""How much of their wording two reports share, told from a small sketch of each.

A sketch is the smallest hashes of a text's shingles: of two sketches the smallest hashes together that are in both
estimate the share of shingles in common (Broder 1997, "On the resemblance and containment of documents").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.fold import fold
from index.database import Database

SCHEMA = "CREATE TABLE IF NOT EXISTS sketches (serial INTEGER PRIMARY KEY, sketch BLOB NOT NULL);"

SHINGLE = 6
"""Characters, white space left out."""

KEPT = 128
"""Hashes of a sketch: the standard error of a likeness of 0.9 is 0.03."""

LOOKED_UP = 8
"""Smallest hashes by which candidates are found: two reports of likeness 0.8 share none of them once in 100,000."""

ALIKE = 0.8
"""Likeness from which a report is told to be nearly another.

Eight reports with every tenth figure changed were 0.86 to 0.99 like themselves; of 37 reports, among them three years
of one city, no two were more than 0.11 alike.
"""

Sketch = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two reports by their serials, and the share of their wording that they have in common, 0 to 1."""

    report: int
    other: int
    share: float


def sketch_of(text: str) -> Sketch:
    """The `KEPT` smallest hashes of a text's shingles, ascending, fewer if it has fewer."""
    plain = "".join(fold(text).split())
    codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    if len(codes) < SHINGLE:
        return np.zeros(0, np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(codes, SHINGLE)
    mixed = np.zeros(len(windows), np.uint64)
    for column in windows.T:
        mixed = _mix(mixed ^ column)
    return np.unique(mixed)[:KEPT]


def likeness(one: Sketch, other: Sketch) -> float:
    """The estimated share of shingles in common."""
    together = np.union1d(one, other)[: max(len(one), len(other))]
    both = np.intersect1d(one, other, assume_unique=True)
    return float(np.isin(together, both).mean()) if len(together) else 0.0


class Sketches:
    """The sketches of one catalog."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def keep(self, serial: int, text: str) -> None:
        """Stores the sketch of a report unless it is there."""
        if self._db.row("SELECT 1 FROM sketches WHERE serial = ?", serial) is None:
            self._db.run("INSERT INTO sketches VALUES (?, ?)", serial, sketch_of(text).tobytes())

    def forget(self, serial: int) -> None:
        """Removes the sketch of a report that goes."""
        self._db.run("DELETE FROM sketches WHERE serial = ?", serial)

    def alike(self, new: Iterable[int], all_of: Iterable[int]) -> Iterator[Likeness]:
        """For each new report the most alike of all those before it in `all_of`, where there is one."""
        rows: dict[int, bytes] = dict(self._db.rows("SELECT serial, sketch FROM sketches"))
        known = {serial: np.frombuffer(rows[serial], np.uint64) for serial in all_of if serial in rows}
        wanted, places = set(new), defaultdict[int, list[int]](list)
        for serial, sketch in known.items():
            first = sketch[:LOOKED_UP].tolist()
            if serial in wanted:
                near = {other for value in first for other in places[value]}
                shares = [Likeness(serial, other, likeness(sketch, known[other])) for other in sorted(near)]
                yield from sorted((one for one in shares if one.share >= ALIKE), key=lambda one: -one.share)[:1]
            for value in first:
                places[value].append(serial)


def _mix(values: Sketch) -> Sketch:
    """Spreads 64-bit values (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = (values + np.uint64(0x9E3779B97F4A7C15)) & np.uint64(0xFFFFFFFFFFFFFFFF)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
