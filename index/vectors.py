"""Approximate nearest neighbours for large segments: the only file that knows faiss.

Vectors lie in lists around centres (IVF), each number in 8 bits; the lists nearest to a question are searched. What
they give is scored again with the exact vectors by `index.segments`.
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

PROBES_PER_ROOT = 4
"""Lists searched for each square root of their number: 57 of 200, 179 of 2,000.

recall@10, milliseconds of one core: 100,000 real vectors, 48 lists 0.994, 1.6 ms, 96 lists 1.000, 2.6 ms; 1,000,000
means of token rows, which crowd together more than real vectors do, 96 lists 0.986, 4.8 ms, 160 lists 0.991, 7.0 ms,
256 lists 0.998, 9.7 ms.
"""


def write_lists(path: Path, vectors: Vectors) -> None:
    """Sorts (n, dimension) unit vectors into lists; takes about a minute for a million on two cores."""
    import faiss

    count, dimension = vectors.shape
    lists = max(1, count // ROWS_PER_LIST)
    centres = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFScalarQuantizer(
        centres, dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
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
