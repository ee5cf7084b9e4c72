"""The real reports beside the project: all of them can be read, the long .pdf in time."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from corpus.readers import read_sources
from corpus.records import Source

SHARED = Path(__file__).parents[3] / ".." / "shared" / "reports"

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason="no reports beside the project")]


def test_every_report_is_one_source() -> None:
    """No report beside the project is a problem, but for the long .pdf, which has a test of its own."""
    paths = [path for path in SHARED.rglob("*.*") if path.suffix != ".md" and path.stat().st_size < 2_000_000]
    assert len(paths) > 20
    for path in paths:
        (found,) = read_sources(path)
        assert isinstance(found, Source), found


def test_the_long_pdf_is_read_in_time(memory_below: Callable[[int], AbstractContextManager[None]]) -> None:
    """156 pages of tables in under 60 s of computing and 1 GB."""
    (path,) = [path for path in (SHARED / "office").glob("*.pdf") if path.stat().st_size > 2_000_000]
    start = time.process_time()
    with memory_below(1 << 30):
        (found,) = read_sources(path)
    assert isinstance(found, Source)
    assert sum(block.grid is not None for block in found.blocks) > 150
    assert time.process_time() - start < 60


def test_a_real_table_over_two_pages_is_whole() -> None:
    """The disclosure report's second table, cut by a page's end, has all its 28 rows and 10 columns."""
    (path,) = (SHARED / "office").glob("*2024.pdf")
    (found,) = read_sources(path)
    assert isinstance(found, Source)
    grid = [block.grid for block in found.blocks if block.grid][1]
    assert max(cell.row + cell.row_span for cell in grid.cells) == 28
    assert max(cell.column + cell.column_span for cell in grid.cells) == 10
