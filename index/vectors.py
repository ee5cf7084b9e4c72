"""Nearest neighbours: the only file that knows faiss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged, IndexFault
from index.records import Candidate, Vectors
from index.seal import REPAIR

if TYPE_CHECKING:
    import faiss


def write_vectors(path: Path, dimension: int, blocks: Iterable[Vectors]) -> None:
    """Writes unit vectors, given in blocks of (n, dimension) in the order of their rows."""
    import faiss

    index = faiss.IndexFlatIP(dimension)
    for block in blocks:
        index.add(block)
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        raise IndexFault(f"The vectors can't be written: {error}", "Free some space on the disk.") from error


class VectorIndex:
    """The vectors of one snapshot, mapped into memory."""

    def __init__(self, path: Path) -> None:
        self._index = _read(path)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def nearest(self, vector: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> list[Candidate]:
        """The `k` rows of greatest inner product with `vector` (dimension,), best first; fewer if fewer are allowed."""
        import faiss

        k = min(k, len(self))
        if k < 1:
            return []
        parameters = faiss.SearchParameters()
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits.size, faiss.swig_ptr(bits))
            parameters.sel = selector
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        scores, rows = self._index.search(query, k, params=parameters)
        return [Candidate(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]

    def rows(self, rows: Sequence[int]) -> Vectors:
        """(len(rows), dimension), as they were written."""
        if not len(rows):
            return np.empty((0, self.dimension), np.float32)
        found: Vectors = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return found


def _read(path: Path) -> faiss.Index:
    import faiss

    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise IndexDamaged(f"The vectors in {path} can't be read: {error}", REPAIR) from error
