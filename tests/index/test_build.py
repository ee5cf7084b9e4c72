"""What build, add and remove do to an index, and what they leave undone."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.build import add, build, remove
from index.errors import IndexFault, IndexMismatch, IndexMissing
from index.local import open_index
from index.locks import writing
from index.progress import Stage
from index.words import terms
from tests.index.conftest import LetterEncoder, Write


def names(directory: Path) -> list[str]:
    with open_index(directory) as index:
        return sorted(report.name for report in index.reports())


def found(directory: Path, question: str) -> set[str]:
    """Names of the reports that either retriever finds anything in."""
    with open_index(directory) as index:
        near = index.nearest(LetterEncoder().encode_queries([question])[0], len(index))
        match = index.matching(dict.fromkeys(terms(question), 1.0), len(index))
        return {passage.report.name for passage in index.passages([c.row for c in (*near, *match)])}


def test_what_is_built_can_be_found(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> None:
    """Both retrievers find a passage by its own words, and every row belongs to its report's text."""
    for number in range(5):
        write(number)
    summary = build([reports], directory, encoder=encoder)
    assert summary.added == tuple(f"{number:03d}.txt" for number in range(5))
    with open_index(directory) as index:
        assert (len(index), len(index.reports())) == (summary.passages, 5)
        for row, passage in enumerate(index.passages(range(len(index)))):
            assert passage.row == row
            assert index.text(passage.report.id)[passage.start : passage.end] == passage.text
            assert row in index.rows_of(passage.report.id)
        target = next(p for p in index.passages(range(len(index))) if "专任教师121人" in p.text)
        assert index.matching({"121": 1.0}, 1)[0].row == target.row
        own = index.vectors([target.row])[0]
        assert index.nearest(own, 1)[0].row == target.row
        assert np.linalg.norm(own) == pytest.approx(1.0, abs=1e-5)


def test_building_again_changes_nothing(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> None:
    """The same files give the same snapshot, and nothing goes through the encoder."""
    write(1)
    write(2)
    first = build([reports], directory, encoder=encoder)
    encoder.seen.clear()
    again = build([reports], directory, encoder=encoder)
    assert again.snapshot == first.snapshot
    assert (again.added, again.updated, again.removed, again.encoded, encoder.seen) == ((), (), (), 0, [])


def test_a_change_costs_its_own_size(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> None:
    """After one new, one changed and one deleted file only what is new in them is encoded."""
    for number in range(6):
        write(number)
    build([reports], directory, encoder=encoder)
    encoder.seen.clear()
    write(6)
    changed = reports / "003.txt"
    changed.write_text(changed.read_text(encoding="utf-8").replace("订单班", "冠名班"), encoding="utf-8")
    (reports / "000.txt").unlink()
    summary = build([reports], directory, encoder=encoder)
    assert (summary.added, summary.updated, summary.removed) == (("006.txt",), ("003.txt",), ("000.txt",))
    with open_index(directory) as index:
        new = len(index.rows_of(next(r.id for r in index.reports() if r.name == "006.txt")))
    assert summary.encoded == len(encoder.seen)
    assert [text for text in encoder.seen if "冠名班" in text]
    assert new < len(encoder.seen) <= new + 2
    assert found(directory, "冠名班") >= {"003.txt"}


def test_a_renamed_file_is_the_same_report(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moving a file changes the name that is shown; it is neither read nor encoded again."""
    path = write(1)
    build([reports], directory, encoder=encoder)
    encoder.seen.clear()
    (reports / "2021").mkdir()
    path.rename(reports / "2021" / "青禾.txt")
    monkeypatch.setattr("index.gather.read_path", pytest.fail)
    summary = build([reports], directory, encoder=encoder)
    assert (summary.encoded, encoder.seen) == (0, [])
    assert names(directory) == ["青禾.txt"]


def test_duplicates_are_told_and_kept_once(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder
) -> None:
    """A copy, and the same text in another encoding, are named with the report they repeat."""
    path = write(1)
    shutil.copy(path, reports / "copy.txt")
    (reports / "gb.txt").write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    summary = build([reports], directory, encoder=encoder)
    assert summary.reports == 1
    assert {(duplicate.name, duplicate.of) for duplicate in summary.duplicates} == {
        ("copy.txt", "001.txt"),
        ("gb.txt", "001.txt"),
    }


def test_a_bad_file_stops_nothing(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> None:
    """It is a problem in the summary, each time; the others are indexed."""
    write(1)
    (reports / "empty.txt").write_bytes(b"")
    for _ in range(2):
        summary = build([reports], directory, encoder=encoder)
        assert [problem.file for problem in summary.problems] == ["empty.txt"]
        assert summary.reports == 1


def test_adding_and_removing(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> None:
    """An added report is found at once, a removed one never again, by whatever is asked."""
    write(1)
    build([reports], directory, encoder=encoder)
    add([write(2)], directory, encoder=encoder)
    assert names(directory) == ["001.txt", "002.txt"]
    assert "002.txt" in found(directory, "白石第2职业学校")
    summary = remove(["002.txt"], directory)
    assert summary.removed == ("002.txt",)
    assert names(directory) == ["001.txt"]
    assert "002.txt" not in found(directory, "白石第2职业学校")
    with open_index(directory) as index:
        report = index.reports()[0].id
    assert remove([report], directory).reports == 0
    assert found(directory, "云溪第1职业学校") == set()


def test_adding_a_newer_version_replaces_the_old(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder
) -> None:
    """The stale text of a file that was added again is gone."""
    path = write(1)
    build([reports], directory, encoder=encoder)
    path.write_text(path.read_text(encoding="utf-8").replace("订单班", "冠名班"), encoding="utf-8")
    summary = add([path], directory, encoder=encoder)
    assert (summary.reports, summary.updated) == (1, ("001.txt",))
    with open_index(directory) as index:
        assert "订单班" not in index.text(index.reports()[0].id)


def test_removing_what_is_not_there(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> None:
    """One unknown name, and nothing is removed at all."""
    write(1)
    build([reports], directory, encoder=encoder)
    with pytest.raises(IndexFault, match=r"nobody\.txt"):
        remove(["001.txt", "nobody.txt"], directory)
    assert names(directory) == ["001.txt"]


def test_another_encoder(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> None:
    """Adding with it is refused, opening for it is refused, building with it encodes everything anew."""
    path = write(1)
    build([reports], directory, encoder=encoder)
    other = LetterEncoder(version="2")
    with pytest.raises(IndexMismatch, match="letters"):
        add([path], directory, encoder=other)
    with open_index(directory) as index, pytest.raises(IndexMismatch, match="wenbao build"):
        index.require(other)
    summary = build([reports], directory, encoder=other)
    assert summary.encoded == summary.passages
    with open_index(directory) as index:
        index.require(other)


def test_an_interrupted_build_goes_on(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was encoded before the interruption is not encoded again, and nothing is found before the end."""
    monkeypatch.setattr("index.writer.ENCODED_AT_ONCE", 4)
    for number in range(4):
        write(number)

    def interrupt(stage: Stage, done: int, total: int) -> None:
        if stage == "encoding" and done >= total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([reports], directory, encoder=encoder, progress=interrupt)
    with pytest.raises(IndexMissing):
        open_index(directory)
    before = len(encoder.seen)
    summary = build([reports], directory, encoder=encoder)
    assert before > 0
    assert before + summary.encoded == summary.passages
    assert sorted(encoder.seen) == sorted(set(encoder.seen))


def test_two_writers_at_once(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> None:
    """The second is told that the first is at work, and the index stays what it was."""
    write(1)
    build([reports], directory, encoder=encoder)
    write(2)
    with writing(directory), pytest.raises(IndexFault, match="Another process") as caught:
        build([reports], directory, encoder=encoder)
    assert caught.value.code == "index-busy"
    assert names(directory) == ["001.txt"]


def test_there_must_be_an_index_to_add_to(write: Write, directory: Path, encoder: LetterEncoder) -> None:
    """Adding to nothing, removing from nothing and opening nothing name the command that makes an index."""
    path = write(1)
    for attempt in (
        lambda: add([path], directory, encoder=encoder),
        lambda: remove(["x"], directory),
        lambda: open_index(directory),
    ):
        with pytest.raises(IndexMissing, match="wenbao build"):
            attempt()


def test_an_index_of_nothing(reports: Path, write: Write, directory: Path, encoder: LetterEncoder) -> None:
    """An empty folder gives an index that opens and finds nothing; reports can be added to it."""
    assert build([reports], directory, encoder=encoder).reports == 0
    assert found(directory, "教师") == set()
    add([write(1)], directory, encoder=encoder)
    assert names(directory) == ["001.txt"]
