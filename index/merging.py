"""When small segments and segments with holes are written anew.

Sizes grow geometrically from the newest segment to the oldest, so that there are few of them and each vector is
written a few times only in its life, as in a log-structured merge tree (O'Neil et al. 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SMALL = 10_000
"""Passages below which segments are always joined: 15 MB are written in less time than a report takes to read."""

FACTOR = 2
"""A segment stays as long as it is this many times as large as everything newer."""

DEAD_SHARE = 0.25
"""Holes in a segment from which it is written anew: what searching them costs then is a third."""

DEAD_POSTINGS = 0.1
"""Removed passages among the postings from which these are written anew.

Until then they still count in BM25's statistics; tests/index/test_segments.py holds scores to 2 % of the best.
"""


@dataclass(frozen=True, slots=True)
class Size:
    """Passages of a segment, and how many of them are still wanted."""

    rows: int
    live: int


def merged_from(sizes: Sequence[Size], new: int) -> int:
    """Of segments, oldest first, the number of the first to be merged with all newer ones and the `new` passages.

    `len(sizes)` when none is; then what is new becomes a segment of its own.
    """
    first, tail = len(sizes), new
    for number in reversed(range(len(sizes))):
        size = sizes[number]
        if _is_worth_it(size, tail):
            first, tail = number, sum(one.live for one in sizes[number:]) + new
    return first


def _is_worth_it(size: Size, tail: int) -> bool:
    holes = size.rows - size.live > DEAD_SHARE * size.rows
    small = size.live + tail <= SMALL and tail > 0
    return holes or small or (tail > 0 and size.live < FACTOR * tail)
