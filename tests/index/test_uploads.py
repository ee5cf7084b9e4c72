"""Reports handed in lie in the index, under names that nobody can misuse, and outlast builds, copies and crashes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import add, build, remove
from index.local import open_index
from index.maintenance import backup, restore, verify
from index.uploads import LONGEST_NAME, keep_upload, safe_name, sweep, uploaded
from tests.index.conftest import LetterEncoder, Write, report_text


def hand_in(directory: Path, number: int, name: str, encoder: LetterEncoder) -> Path:
    path, _ = keep_upload(directory, name, io.BytesIO(report_text(number).encode()))
    add([path], directory, encoder=encoder)
    return path


def names(directory: Path) -> list[str]:
    with open_index(directory) as index:
        return sorted(report.name for report in index.reports())


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\年报 2022.docx", "年报 2022.docx"),
        ("..", "report"),
        ("", "report"),
        (".hidden.txt", "hidden.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("x/", "report"),
        (".docx", "docx"),
    ],
)
def test_names_lose_what_could_do_harm(name: str, stored: str) -> None:
    """Folders, control characters and leading dots go; what is left is what the user would call the file."""
    assert safe_name(name) == stored


@given(st.text(max_size=400))
def test_any_name_can_be_stored(name: str) -> None:
    """Whatever is sent, the name is one part of a path, no longer than a file system takes, and stays as it is."""
    stored = safe_name(name)
    assert Path(stored).name == stored
    assert stored not in {"", ".", ".."}
    assert len(stored.encode()) <= LONGEST_NAME
    assert safe_name(stored) == stored


def test_a_build_from_elsewhere_keeps_what_was_handed_in(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder
) -> None:
    """`build` makes the index hold its sources and the uploads, however often it runs."""
    write(1)
    build([reports], directory, encoder=encoder)
    hand_in(directory, 2, "二.txt", encoder)
    write(3)
    for _ in range(2):
        build([reports], directory, encoder=encoder)
        assert names(directory) == ["001.txt", "003.txt", "二.txt"]
    assert verify(directory).damage == ()


def test_what_was_removed_or_never_acknowledged_stays_away(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder
) -> None:
    """Neither a removed upload nor one that was broken off comes back with the next build, and both are swept away."""
    write(1)
    build([reports], directory, encoder=encoder)
    hand_in(directory, 2, "二.txt", encoder)
    keep_upload(directory, "三.txt", io.BytesIO(report_text(3).encode()))
    remove(["二.txt"], directory)
    build([reports], directory, encoder=encoder)
    assert names(directory) == ["001.txt"]
    waiting, _ = keep_upload(directory, "四.txt", io.BytesIO(report_text(4).encode()))
    sweep(directory, [waiting])
    assert uploaded(directory) == [waiting]
    sweep(directory)
    assert uploaded(directory) == []


def test_a_copy_carries_the_uploads(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder, tmp_path: Path
) -> None:
    """After backup and restore in another place a build still knows them."""
    write(1)
    build([reports], directory, encoder=encoder)
    hand_in(directory, 2, "二.txt", encoder)
    backup(directory, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "elsewhere")
    build([reports], tmp_path / "elsewhere", encoder=encoder)
    sweep(tmp_path / "elsewhere")
    assert names(tmp_path / "elsewhere") == ["001.txt", "二.txt"]
    assert len(uploaded(tmp_path / "elsewhere")) == 1


def test_the_same_bytes_are_kept_once(directory: Path) -> None:
    """The second time the file that is there is named, whatever the sender calls it now."""
    first, known = keep_upload(directory, "a.txt", io.BytesIO(b"x"))
    again, seen = keep_upload(directory, "b.txt", io.BytesIO(b"x"))
    assert (known, seen) == (False, True)
    assert again == first
