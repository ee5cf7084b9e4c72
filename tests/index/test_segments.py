"""Snapshots share their files, and however an index came about it finds the same."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import add, build, remove
from index.errors import IndexDamaged
from index.local import LocalIndex, open_index
from index.merging import Size, merged_from
from index.records import Filters
from index.words import terms
from tests.index.conftest import LetterEncoder, Write, report_text

QUESTIONS = ("专任教师和双师型教师", "订单班覆盖学生", "初次就业率", "设备购置经费", "青禾第8职业学校")

Found = list[tuple[str, int, float]]


def results(index: LocalIndex) -> list[Found]:
    """What both retrievers find for some questions, with and without a filter, by report and passage."""
    reports = [report.id for report in index.reports()]
    masks = [None, index.select(Filters(reports=tuple(sorted(reports)[::2])))]
    found = []
    for question in QUESTIONS:
        vector = LetterEncoder().encode_queries([question])[0]
        for mask in masks:
            near = index.nearest(vector, len(index), mask)
            match = index.matching(dict.fromkeys(terms(question), 1.0), len(index), mask)
            for candidates in (near, match):
                passages = index.passages([candidate.row for candidate in candidates])
                scored = zip(passages, candidates, strict=True)
                found.append(
                    sorted((p.id, p.row - index.rows_of(p.report.id)[0], round(c.score, 3)) for p, c in scored)
                )
    return found


def agrees(index: LocalIndex) -> bool:
    """Every row is the same passage in the catalog, among the vectors and among the postings."""
    encoder = LetterEncoder()
    for row, passage in enumerate(index.passages(range(len(index)))):
        assert row in index.rows_of(passage.report.id)
        assert index.text(passage.report.id)[passage.start : passage.end] == passage.text
        vector = index.vectors([row])[0]
        assert any(c.row == row for c in index.nearest(vector, len(index)) if c.score > 0.999)
        first = dict.fromkeys(terms(passage.text), 1.0)
        assert row in {candidate.row for candidate in index.matching(first, len(index))}
    assert index.vectors(range(len(index))).shape == (len(index), encoder.dimension)
    return True


change = st.tuples(st.sampled_from(["add", "remove", "build"]), st.sets(st.integers(0, 7), min_size=1, max_size=4))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(change, min_size=1, max_size=6))
def test_any_history_finds_what_a_fresh_build_finds(changes: list[tuple[str, set[int]]]) -> None:
    """After additions, removals and builds in any order results and scores are those of one build of what is left."""
    with tempfile.TemporaryDirectory() as folder:
        pile, directory = Path(folder) / "reports", Path(folder) / "index"
        pile.mkdir()
        held: set[int] = set()
        build([pile], directory, encoder=LetterEncoder())
        for kind, numbers in changes:
            for number in numbers:
                (pile / f"{number}.txt").write_text(report_text(number), encoding="utf-8")
            if kind == "add":
                add([pile / f"{number}.txt" for number in sorted(numbers)], directory, encoder=LetterEncoder())
                held |= numbers
            elif kind == "remove":
                going = [f"{number}.txt" for number in sorted(numbers & held)]
                held -= numbers
                remove(going, directory)
            else:
                for number in held - numbers:
                    (pile / f"{number}.txt").unlink(missing_ok=True)
                held = set(numbers)
                chosen = [pile / f"{number}.txt" for number in sorted(held)]
                build(chosen, directory, encoder=LetterEncoder())
        fresh = Path(folder) / "fresh"
        build([pile / f"{number}.txt" for number in sorted(held)], fresh, encoder=LetterEncoder())
        with open_index(directory) as index, open_index(fresh) as other:
            assert {report.id for report in index.reports()} == {report.id for report in other.reports()}
            assert agrees(index)
            assert results(index) == results(other)


def test_holes_are_never_found(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With merging put off, removed reports stay on the disk and out of every result; their return costs nothing."""
    monkeypatch.setattr("index.merging.DEAD_SHARE", 1.0)
    monkeypatch.setattr("index.merging.SMALL", 0)
    monkeypatch.setattr("index.derive.DEAD_POSTINGS", 1.0)
    for number in range(12):
        write(number)
    build([reports], directory, encoder=encoder)
    remove(["003.txt", "007.txt", "000.txt"], directory)
    (segment,) = (directory / "snapshots").rglob("*.f32")
    with open_index(directory) as index:
        assert segment.stat().st_size > len(index) * encoder.dimension * 4
        assert agrees(index)
        assert index.manifest.removed > 0
        names = {passage.report.name for passage in index.passages(range(len(index)))}
        assert not names & {"003.txt", "007.txt", "000.txt"}
    before = segment.stat().st_ino
    encoder.seen.clear()
    add([reports / "003.txt"], directory, encoder=encoder)
    with open_index(directory) as index:
        assert agrees(index)
        assert "003.txt" in {report.name for report in index.reports()}
    assert before in {path.stat().st_ino for path in (directory / "snapshots").rglob("*.f32")}


def test_statistics_that_count_removed_reports_change_little(
    write: Write, reports: Path, directory: Path, tmp_path: Path, encoder: LetterEncoder
) -> None:
    """Up to the share at which postings are written anew, scores are those of a fresh build to 2 % of the best."""
    for number in range(40):
        write(number)
    build([reports], directory, encoder=encoder)
    gone = ["005.txt", "017.txt", "031.txt"]
    remove(gone, directory)
    for name in gone:
        (reports / name).unlink()
    build([reports], tmp_path / "fresh", encoder=encoder)
    with open_index(directory) as index, open_index(tmp_path / "fresh") as fresh:
        assert index.manifest.removed > fresh.manifest.removed == 0
        for question in QUESTIONS:
            wanted = dict.fromkeys(terms(question), 1.0)
            scores = [
                {one.passages([c.row])[0].id: c.score for c in one.matching(wanted, len(one))} for one in (index, fresh)
            ]
            assert scores[0] == pytest.approx(scores[1], abs=0.02 * max(scores[1].values()))


def sums(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_change_leaves_the_old_snapshot_untouched(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a reader holds it every byte stays; the new one shares files with it and reads as it should."""
    monkeypatch.setattr("index.merging.SMALL", 0)
    for number in range(20):
        write(number)
    build([reports], directory, encoder=encoder)
    (old,) = (directory / "snapshots").iterdir()
    before = sums(old)
    with open_index(directory) as held:
        wanted = results(held)
        remove(["003.txt"], directory)
        add([write(30)], directory, encoder=encoder)
        assert sums(old) == before
        assert results(held) == wanted
        inodes = {path.stat().st_ino for path in old.rglob("*") if path.is_file()}
        (new,) = (folder for folder in (directory / "snapshots").iterdir() if folder != old)
        shared = [path.name for path in new.rglob("*") if path.stat().st_ino in inodes]
        assert any(name.endswith(".f32") for name in shared)
        assert any(name.endswith(".idx") for name in shared)
    with open_index(directory) as index:
        assert agrees(index)


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has no hard links."""

    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("index.files.os.link", refused)


@pytest.mark.usefixtures("no_links")
def test_without_links_files_are_copied(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> None:
    """On a file system that has no hard links an addition works all the same."""
    write(1)
    build([reports], directory, encoder=encoder)
    add([write(2)], directory, encoder=encoder)
    with open_index(directory) as index:
        assert agrees(index)
        assert len(index.reports()) == 2


def test_damage_in_a_large_file_is_found_after_opening(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files beyond what is checked at once are checked meanwhile; then every search refuses with the remedy."""
    monkeypatch.setattr("index.soundness.AT_ONCE", 0)
    for number in range(4):
        write(number)
    build([reports], directory, encoder=encoder)
    question = LetterEncoder().encode_queries(["教师"])[0]
    with open_index(directory) as index:
        index.soundness.wait(60)
        assert index.nearest(question, 3)
    (vectors,) = (directory / "snapshots").rglob("*.f32")
    data = bytearray(vectors.read_bytes())
    data[1000] ^= 8
    vectors.write_bytes(data)
    with open_index(directory) as index:
        index.soundness.wait(60)
        for search in (
            lambda: index.nearest(question, 3),
            lambda: index.matching({"教师": 1.0}, 3),
            lambda: index.vectors([0]),
        ):
            with pytest.raises(IndexDamaged, match=r"(?s)checksum.*wenbao restore"):
                search()
    shutil.rmtree(directory)


def test_damaged_vectors_are_not_copied_into_a_new_segment(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder
) -> None:
    """An addition that joins segments takes the vectors of a damaged one from the catalog."""
    write(1)
    build([reports], directory, encoder=encoder)
    with open_index(directory) as index:
        wanted = index.vectors(range(len(index)))
    (vectors,) = (directory / "snapshots").rglob("*.f32")
    data = bytearray(vectors.read_bytes())
    data[40] ^= 8
    vectors.write_bytes(data)
    add([write(2)], directory, encoder=encoder)
    with open_index(directory) as index:
        assert len(index.segments) == 1
        assert np.array_equal(index.vectors(range(len(wanted))), wanted)
        assert agrees(index)


@pytest.mark.usefixtures("no_links")
def test_damaged_vectors_that_are_carried_stay_known_as_damaged(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where files are copied rather than linked, a damaged one does not get the checksum of its damage."""
    monkeypatch.setattr("index.merging.SMALL", 0)
    for number in range(8):
        write(number)
    build([reports], directory, encoder=encoder)
    (vectors,) = (directory / "snapshots").rglob("*.f32")
    data = bytearray(vectors.read_bytes())
    data[40] ^= 8
    vectors.write_bytes(data)
    add([write(20)], directory, encoder=encoder)
    with pytest.raises(IndexDamaged, match="checksum"):
        open_index(directory)


@pytest.mark.parametrize(
    ("sizes", "new", "first"),
    [
        ([], 50, 0),
        ([(100_000, 100_000)], 60, 1),
        ([(100_000, 100_000), (60, 60)], 60, 1),
        ([(100_000, 100_000), (30_000, 30_000)], 20_000, 1),
        ([(99_000, 99_000), (30_000, 30_000)], 20_000, 0),
        ([(100_000, 74_000)], 0, 0),
        ([(100_000, 76_000)], 0, 1),
        ([(100_000, 100_000), (9_000, 9_000), (500, 500)], 0, 3),
    ],
)
def test_what_is_merged(sizes: list[tuple[int, int]], new: int, first: int) -> None:
    """Small ones are joined, large ones once what is newer has half their size, any once a quarter is holes."""
    assert merged_from([Size(*size) for size in sizes], new) == first


def test_segments_stay_few() -> None:
    """A thousand additions of 1 to 2,000 passages: never more than eight segments, each passage written a few times."""
    draw, written, added = np.random.default_rng(3), 0, 0
    sizes: list[int] = []
    for new in draw.integers(1, 2_000, 1000).tolist():
        first = merged_from([Size(size, size) for size in sizes], new)
        sizes = [*sizes[:first], sum(sizes[first:]) + new]
        written, added = written + sizes[-1], added + new
        assert len(sizes) <= 8
    assert written < 12 * added
