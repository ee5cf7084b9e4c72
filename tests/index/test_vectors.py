"""Nearest neighbours over segments against arithmetic."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexDamaged
from index.records import Vectors
from index.rows import VectorRows
from index.segments import open_segment, write_segment
from index.vectors import Lists, write_lists

WIDTH = 48


def unit(count: int, seed: int) -> Vectors:
    drawn = np.random.default_rng(seed).standard_normal((count, WIDTH)).astype(np.float32)
    rows: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return rows


@pytest.fixture
def vectors() -> Vectors:
    return unit(500, seed=1)


def join(folder: Path, counts: dict[int, int]) -> VectorRows:
    """All segments of a folder for reports of these serials and sizes."""
    names = sorted(path.stem for path in folder.glob("*.rows"))
    starts = np.cumsum([0, *counts.values()])
    return VectorRows.join([open_segment(folder, n, WIDTH) for n in names], np.array([*counts], np.int64), starts)


@pytest.fixture
def index(tmp_path: Path, vectors: Vectors) -> VectorRows:
    """Reports 3, 5 and 8 with 200, 250 and 50 passages; between them lie two that are gone, one of them in front."""
    write_segment(tmp_path, "1", [(2, unit(30, seed=7)), (3, vectors[:200]), (8, vectors[450:])])
    write_segment(tmp_path, "2", [(4, unit(60, seed=8)), (5, vectors[200:450])])
    return join(tmp_path, {3: 200, 5: 250, 8: 50})


def test_nearest_is_the_order_of_cosines(index: VectorRows, vectors: Vectors) -> None:
    """Rows and scores are those of sorting all inner products, whatever the order and the holes on the disk."""
    for query in unit(20, seed=2):
        cosines = vectors @ query
        best = np.argsort(-cosines)[:10]
        found = index.nearest(query, 10)
        assert [candidate.row for candidate in found] == best.tolist()
        assert [candidate.score for candidate in found] == pytest.approx(cosines[best].tolist(), abs=1e-5)


def test_a_filter_is_part_of_the_search(index: VectorRows, vectors: Vectors) -> None:
    """With few rows allowed, all of them are found and no other."""
    allowed = np.zeros(500, np.bool_)
    allowed[[3, 77, 499]] = True
    query = unit(1, seed=3)[0]
    order = sorted([3, 77, 499], key=lambda row: -float(vectors[row] @ query))
    assert [candidate.row for candidate in index.nearest(query, 10, allowed)] == order


def test_edges(index: VectorRows, tmp_path: Path) -> None:
    """Nothing allowed, nothing asked for, more asked for than there is, an index without vectors."""
    query = unit(1, seed=4)[0]
    assert index.nearest(query, 10, np.zeros(500, np.bool_)) == []
    assert index.nearest(query, 0) == []
    assert len(index.nearest(query, 10_000)) == 500
    (tmp_path / "empty").mkdir()
    write_segment(tmp_path / "empty", "1", [])
    assert join(tmp_path / "empty", {}).nearest(query, 5) == []


def test_rows_come_back_as_written(index: VectorRows, vectors: Vectors) -> None:
    """Bit for bit, in the order asked for."""
    assert np.array_equal(index.vectors([499, 0, 7, 320], WIDTH), vectors[[499, 0, 7, 320]])
    assert index.vectors([], WIDTH).shape == (0, WIDTH)


@pytest.mark.usefixtures("index")
def test_vectors_that_are_missing_or_too_few_are_damage(tmp_path: Path) -> None:
    """A report without vectors, one with another number of passages, a file of another size, no list file."""
    for counts in ({3: 200, 5: 250, 8: 50, 9: 1}, {3: 199, 5: 250, 8: 50}):
        with pytest.raises(IndexDamaged, match="missing"):
            join(tmp_path, counts)
    (tmp_path / "1.f32").write_bytes(b"cut short")
    with pytest.raises(IndexDamaged, match="another size"):
        join(tmp_path, {3: 200})
    (tmp_path / "1.ivf").write_bytes(b"nothing of the kind")
    with pytest.raises(IndexDamaged, match="can't be read"):
        Lists(tmp_path / "1.ivf")


@pytest.mark.parametrize("share", [None, 0.5, 0.02])
def test_lists_find_nearly_all(tmp_path: Path, share: float | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the ten nearest in clustered vectors lists find 99 in 100, with filters too, and give exact scores."""
    monkeypatch.setattr("index.segments.APPROXIMATE_FROM", 1000)
    monkeypatch.setattr("index.segments.EXACT_AT_MOST", 100)
    draw = np.random.default_rng(5)
    vectors = unit(300, seed=6)[draw.integers(0, 300, 40_000)] + 0.6 * unit(40_000, seed=7)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    write_segment(tmp_path, "1", [(1, vectors)])
    index = join(tmp_path, {1: 40_000})
    assert index.segments[0].lists is not None
    allowed = None if share is None else draw.random(40_000) < share
    found = 0
    for query in vectors[draw.integers(0, 40_000, 50)]:
        cosines = vectors @ query
        if allowed is not None:
            cosines[~allowed] = -2
        wanted = np.argsort(-cosines)[:10]
        near = index.nearest(query, 10, allowed)
        assert [c.score for c in near] == pytest.approx(cosines[[c.row for c in near]].tolist(), abs=1e-5)
        found += len({c.row for c in near} & set(wanted.tolist()))
    assert found >= 495


def test_lists_hold_every_vector(tmp_path: Path, vectors: Vectors) -> None:
    """As many as were written."""
    write_lists(tmp_path / "v", vectors)
    assert len(Lists(tmp_path / "v")) == 500
