"""What the catalog remembers beside reports: names and headings, and files that could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.names import sightings
from corpus.records import Problem
from index.build import add, build, remove
from index.errors import IndexFault
from index.local import open_index
from tests.index.conftest import LetterEncoder, Write


def unread(directory: Path) -> list[str]:
    with open_index(directory) as index:
        return [trouble.problem.file for trouble in index.troubles() if trouble.unread]


def test_gists_are_those_of_the_texts(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> None:
    """Names are those that the texts give, headings those of the sections; an added report has its own."""
    write(1)
    build([reports], directory, encoder=encoder)
    add([write(2)], directory, encoder=encoder)
    with open_index(directory) as index:
        gists = index.gists()
        assert list(gists) == [report.id for report in index.reports()]
        for report in index.reports():
            assert gists[report.id].names == sightings(index.text(report.id))
            assert set(gists[report.id].headings) == {section.title for section in index.sections(report.id)}


def test_a_file_that_could_not_be_read_is_remembered(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder
) -> None:
    """With its path and problem, until it is read well, gone from the folder, or removed by its name."""
    write(1)
    bad = reports / "bad.txt"
    bad.write_bytes(b"")
    build([reports], directory, encoder=encoder)
    with open_index(directory) as index:
        (trouble,) = index.troubles()
        assert (trouble.path, trouble.unread, trouble.problem.file) == (str(bad.absolute()), True, "bad.txt")
        assert trouble.problem.message
    add([write(2)], directory, encoder=encoder)
    assert unread(directory) == ["bad.txt"]
    write(3, name="bad.txt")
    add([bad], directory, encoder=encoder)
    assert unread(directory) == []
    for name in ("bad.txt", "worse.txt"):
        (reports / name).write_bytes(b"")
    build([reports], directory, encoder=encoder)
    assert unread(directory) == ["bad.txt", "worse.txt"]
    assert remove(["bad.txt"], directory).reports == 2
    assert unread(directory) == ["worse.txt"]
    for name in ("bad.txt", "worse.txt"):
        (reports / name).unlink()
    build([reports], directory, encoder=encoder)
    assert unread(directory) == []
    with pytest.raises(IndexFault, match=r"worse\.txt"):
        remove(["worse.txt"], directory)


def test_a_warning_goes_with_its_report(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> None:
    """What went wrong with a report that was read is told as long as the report is there."""
    path = write(1)
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030") + b"\xff\xff")
    build([reports], directory, encoder=encoder)
    with open_index(directory) as index:
        assert [(t.problem.code, t.unread) for t in index.troubles()] == [("encoding", False)]
        assert isinstance(index.troubles()[0].problem, Problem)
    remove(["001.txt"], directory)
    with open_index(directory) as index:
        assert index.troubles() == ()
