"""Nearest neighbours against arithmetic."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexDamaged
from index.records import Vectors
from index.vectors import VectorIndex, write_vectors


def unit(count: int, seed: int) -> Vectors:
    drawn = np.random.default_rng(seed).standard_normal((count, 48)).astype(np.float32)
    rows: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return rows


@pytest.fixture
def vectors() -> Vectors:
    return unit(500, seed=1)


@pytest.fixture
def index(tmp_path: Path, vectors: Vectors) -> VectorIndex:
    write_vectors(tmp_path / "v", 48, [vectors[:200], vectors[200:]])
    return VectorIndex(tmp_path / "v")


def test_nearest_is_the_order_of_cosines(index: VectorIndex, vectors: Vectors) -> None:
    """Rows and scores are those of sorting all inner products."""
    for query in unit(20, seed=2):
        cosines = vectors @ query
        best = np.argsort(-cosines)[:10]
        found = index.nearest(query, 10)
        assert [candidate.row for candidate in found] == best.tolist()
        assert [candidate.score for candidate in found] == pytest.approx(cosines[best].tolist(), abs=1e-5)


def test_a_filter_is_part_of_the_search(index: VectorIndex, vectors: Vectors) -> None:
    """With few rows allowed, all of them are found and no other."""
    allowed = np.zeros(500, np.bool_)
    allowed[[3, 77, 499]] = True
    query = unit(1, seed=3)[0]
    order = sorted([3, 77, 499], key=lambda row: -float(vectors[row] @ query))
    assert [candidate.row for candidate in index.nearest(query, 10, allowed)] == order


def test_edges(index: VectorIndex, tmp_path: Path) -> None:
    """Nothing allowed, nothing asked for, more asked for than there is, an index without vectors."""
    query = unit(1, seed=4)[0]
    assert index.nearest(query, 10, np.zeros(500, np.bool_)) == []
    assert index.nearest(query, 0) == []
    assert len(index.nearest(query, 10_000)) == 500
    write_vectors(tmp_path / "empty", 48, [])
    assert VectorIndex(tmp_path / "empty").nearest(query, 5) == []


def test_rows_come_back_as_written(index: VectorIndex, vectors: Vectors) -> None:
    """Bit for bit, in the order asked for."""
    assert np.array_equal(index.rows([499, 0, 7]), vectors[[499, 0, 7]])
    assert index.rows([]).shape == (0, 48)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    """What is no vector file is refused as damage."""
    (tmp_path / "v").write_bytes(b"nothing of the kind")
    with pytest.raises(IndexDamaged, match="can't be read"):
        VectorIndex(tmp_path / "v")
