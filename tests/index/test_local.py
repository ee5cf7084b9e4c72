"""One snapshot: filters, stability under writers, threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.build import build, remove
from index.errors import IndexDamaged, IndexMismatch
from index.local import open_index
from index.records import Filters
from tests.index.conftest import LetterEncoder, Write


@pytest.fixture
def built(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> Path:
    for number in range(8):
        write(number, year=2020 + number % 3)
    build([reports], directory, encoder=encoder)
    return directory


def test_filters_choose_reports(built: Path) -> None:
    """A mask is true for exactly the passages of the reports that pass; no filter is no mask."""
    with open_index(built) as index:
        assert index.select(Filters()) is None
        wanted = index.reports()[2]
        mask = index.select(Filters(reports=(wanted.id,)))
        assert mask is not None
        assert np.flatnonzero(mask).tolist() == list(index.rows_of(wanted.id))
        nothing = index.select(Filters(years=(1900,)))
        assert nothing is not None
        assert not nothing.any()


def test_a_filter_never_costs_a_result(built: Path) -> None:
    """Filtered search gives what filtering the whole ranking would, for whole reports and for any other mask."""
    question = LetterEncoder().encode_queries(["专任教师和就业率"])[0]
    terms = {"教师": 1.0, "就业率": 1.0, "学校": 0.3}
    draw = np.random.default_rng(7)
    with open_index(built) as index:
        near, match = index.nearest(question, len(index)), index.matching(terms, len(index))
        whole = index.select(Filters(reports=tuple(report.id for report in index.reports()[1::3])))
        assert whole is not None
        for mask in (whole, draw.random(len(index)) < 0.3, np.zeros(len(index), np.bool_)):
            assert index.nearest(question, 5, mask) == [c for c in near if mask[c.row]][:5]
            wanted = [c for c in match if mask[c.row]][:5]
            assert [c.score for c in index.matching(terms, 5, mask)] == pytest.approx([c.score for c in wanted])
            assert all(mask[c.row] for c in index.matching(terms, 5, mask))


def test_a_reader_keeps_its_snapshot(built: Path) -> None:
    """While a writer removes and adds, an open index answers as before; a new one sees the change."""
    before = open_index(built)
    gone = before.reports()[0]
    wanted = before.passages(range(len(before)))
    for name in [report.name for report in before.reports()[:4]]:
        remove([name], built)
    assert before.passages(range(len(before))) == wanted
    assert before.text(gone.id).startswith("青禾第0职业学校")
    assert before.matching({"队伍": 1.0}, 3)
    with open_index(built) as after:
        assert gone.id not in {report.id for report in after.reports()}
    before.close()


def test_old_snapshots_go_when_nobody_reads_them(built: Path) -> None:
    """One stays while it is read and is removed by the next change after that, with what only it needed."""
    reader = open_index(built)
    remove(["000.txt"], built)
    assert len(list((built / "snapshots").iterdir())) == 2
    reader.close()
    size = (built / "catalog.sqlite").stat().st_size
    remove(["001.txt"], built)
    assert len(list((built / "snapshots").iterdir())) == 1
    assert (built / "catalog.sqlite").stat().st_size <= size


def test_many_threads_read_at_once(built: Path) -> None:
    """Every thread gets the same passages as one alone."""
    with open_index(built) as index:
        alone = index.passages(range(len(index)))
        with ThreadPoolExecutor(8) as pool:
            rounds = list(pool.map(lambda _: index.passages(range(len(index))), range(32)))
        assert all(passages == alone for passages in rounds)


def test_another_tokenizer_is_refused(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason and the command that mends it are named; building again mends it without encoding."""
    monkeypatch.setattr("index.local.tokenizer_fingerprint", lambda: "other")
    with pytest.raises(IndexMismatch, match=r"tokenizer.*wenbao build"):
        open_index(built)


def test_another_format_is_refused(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both formats are named."""
    monkeypatch.setattr("index.snapshot.FORMAT", 99)
    with pytest.raises(IndexMismatch, match=r"format \d+, this wenbao reads format 99"):
        open_index(built)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted in /proc")
def test_an_index_that_cannot_be_opened_is_not_held(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that tries again and again keeps no file open for its failures."""
    monkeypatch.setattr("index.snapshot.FORMAT", 99)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        with pytest.raises(IndexMismatch):
            open_index(built)
    assert len(list(Path("/proc/self/fd").iterdir())) <= before


def test_a_missing_snapshot_is_damage(built: Path) -> None:
    """The pointer names a folder that is gone: said so, with the remedy."""
    (folder,) = (built / "snapshots").iterdir()
    folder.rename(built / "elsewhere")
    with pytest.raises(IndexDamaged, match="restore"):
        open_index(built)
