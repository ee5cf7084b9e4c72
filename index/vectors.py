"""Approximate nearest neighbours for large segments: the only file that knows faiss.

Vectors lie in lists around centres (IVF); the lists nearest to a question are searched. Of a vector's difference from
its centre two numbers together take 4 bits, and what a question's product with them can be is looked up in the
processor's registers (product quantisation and FastScan, André et al. 2015): a quarter of the memory that 8 bits a
number took, and five to eight times as fast. What the lists give is scored again with the exact vectors by
`index.segments`.
"""

from __future__ import annotations

from math import ceil, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged, IndexFault
from index.records import Vectors
from index.seal import REPAIR

if TYPE_CHECKING:
    import faiss

ROWS_PER_LIST = 500
"""Of 1,000,000 passages 2,000 lists: finding the nearest lists costs as much as searching four of them."""

SAMPLE_PER_LIST = 50
"""Vectors that the centres are trained on, for each of them; faiss asks for 39 at least."""

PROBES_PER_ROOT = 10
"""Lists searched for each square root of their number: 140 of 195, 448 of 2,000.

recall@10 and milliseconds of one core, 97,661 vectors of passages and sentences by an encoder that
evens out its directions, which spreads neighbours over more lists: 84 of 195 lists .968, 0.3 ms, 112 .984, 0.4 ms,
140 .993, 0.5 ms, 168 .998, 0.6 ms. In 8 bits a number 56 lists took 2.2 ms.
"""

NUMBERS_PER_CODE = 2
"""Numbers of a vector that a code of 4 bits stands for; a vector of odd length has a code for each."""


def write_lists(path: Path, vectors: Vectors) -> None:
    """Sorts (n, dimension) unit vectors into lists; takes about a minute for a million on two cores."""
    import faiss

    count, dimension = vectors.shape
    lists = max(1, count // ROWS_PER_LIST)
    centres = faiss.IndexFlatIP(dimension)
    codes = dimension // NUMBERS_PER_CODE if dimension % NUMBERS_PER_CODE == 0 else dimension
    index = faiss.IndexIVFPQFastScan(centres, dimension, lists, codes, 4, faiss.METRIC_INNER_PRODUCT)
    chosen = np.random.default_rng(0).choice(count, min(count, lists * SAMPLE_PER_LIST), replace=False)
    index.train(np.ascontiguousarray(vectors[np.sort(chosen)]))
    for start in range(0, count, 65_536):
        index.add(np.ascontiguousarray(vectors[start : start + 65_536]))
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        raise IndexFault(f"The vectors can't be written: {error}", "Free some space on the disk.") from error


class Lists:
    """The lists of one segment, mapped into memory."""

    def __init__(self, path: Path) -> None:
        self._index = _read(path)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def near(self, query: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """Positions of about the `k` nearest to `query` (dimension,), among the `allowed` (n,), in no order.

        With few of them allowed more lists are searched: a tenth of a million had recall 1.000 in three times as many.
        """
        import faiss

        total, share = int(self._index.nlist), 1.0
        selector: faiss.IDSelector | None = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits.size, faiss.swig_ptr(bits))
            share = max(1, int(np.count_nonzero(allowed))) / len(allowed)
        parameters = faiss.SearchParametersIVF()
        parameters.nprobe = probes(total, share)
        if selector is not None:
            parameters.sel = selector
        _, found = self._index.search(query.reshape(1, -1), min(k, len(self)), params=parameters)
        positions: NDArray[np.int64] = found[0][found[0] >= 0]
        return positions


def probes(lists: int, share: float = 1.0) -> int:
    """How many of so many lists are searched when this share of the vectors is allowed."""
    return min(lists, ceil(PROBES_PER_ROOT * sqrt(lists / share)))


def _read(path: Path) -> faiss.IndexIVF:
    import faiss

    try:
        return cast("faiss.IndexIVF", faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))
    except RuntimeError as error:
        raise IndexDamaged(f"The vectors in {path} can't be read: {error}", REPAIR) from error
