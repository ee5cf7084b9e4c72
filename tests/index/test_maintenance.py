"""Damage is found, backups bring everything back."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.build import build, remove
from index.errors import IndexDamaged, IndexFault, IndexMissing
from index.local import open_index
from index.locks import writing
from index.maintenance import backup, restore, stats, verify
from index.records import StoredPassage
from index.snapshot import KEYS
from tests.index.conftest import LetterEncoder, Write


@pytest.fixture
def built(write: Write, reports: Path, directory: Path, encoder: LetterEncoder) -> Path:
    for number in range(3):
        write(number)
    build([reports], directory, encoder=encoder)
    return directory


def content(directory: Path) -> tuple[list[StoredPassage], list[str], bytes]:
    """Everything that a reader can get out of an index."""
    with open_index(directory) as index:
        rows = range(len(index))
        texts = [repr((index.text(r.id), index.sections(r.id), index.tables(r.id))) for r in index.reports()]
        return index.passages(rows), texts, index.vectors(rows).tobytes()


def flip(path: Path, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)


def test_a_sound_index_is_sound(built: Path) -> None:
    """Nothing to report, and the counts of what was read."""
    found = verify(built)
    assert (found.damage, found.reports) == ((), 3)


def test_a_flipped_bit_in_any_file_of_the_snapshot_is_found(built: Path, tmp_path: Path) -> None:
    """Opening refuses, whichever file and bit it is, and names the file and the remedy."""
    shutil.copytree(built, tmp_path / "copy")
    draw = np.random.default_rng(5)
    for path in sorted(p for p in (built / "snapshots").rglob("*") if p.is_file() and p.stat().st_size):
        whole = path.read_bytes()
        for bit in draw.integers(0, len(whole) * 8, 5):
            flip(path, int(bit))
            with pytest.raises(IndexDamaged, match="wenbao restore"):
                open_index(built)
            path.write_bytes(whole)
    assert content(built) == content(tmp_path / "copy")


def test_a_flipped_bit_in_the_pointer_is_found(built: Path) -> None:
    """Every single bit of it."""
    pointer = built / "current"
    whole = pointer.read_bytes()
    for bit in range(len(whole.rstrip()) * 8):
        flip(pointer, bit)
        with pytest.raises(IndexDamaged):
            open_index(built)
        pointer.write_bytes(whole)


def test_a_flipped_bit_in_the_catalog_never_gives_a_wrong_answer(built: Path) -> None:
    """Either it is found, or it stood where nothing is kept and everything reads as before."""
    catalog = built / "catalog.sqlite"
    whole, wanted = catalog.read_bytes(), content(built)
    found = 0
    for bit in np.random.default_rng(6).integers(0, len(whole) * 8, 150):
        flip(catalog, int(bit))
        try:
            assert content(built) == wanted
        except IndexFault:
            found += 1
        catalog.write_bytes(whole)
    assert found > 20
    assert content(built) == wanted


def test_verify_reads_the_whole_catalog(built: Path) -> None:
    """A vector that only a rebuild would need is checked too."""
    catalog = built / "catalog.sqlite"
    with open_index(built) as index:
        vector = index.vectors([0])[0].tobytes()
    data = catalog.read_bytes()
    assert data.count(vector) == 1
    flip(catalog, (data.index(vector) + 10) * 8)
    (damage,) = verify(built).damage
    assert "vector" in damage


def test_a_missing_file_is_named(built: Path) -> None:
    """By verify and by opening."""
    (vectors,) = built.rglob("*.f32")
    vectors.unlink()
    assert "is missing" in verify(built).damage[0]
    with pytest.raises(IndexDamaged, match=r"\.f32 is missing"):
        open_index(built)


def test_a_backup_brings_everything_back(built: Path, tmp_path: Path) -> None:
    """After removals a restored backup holds what it held, and is an index like any other."""
    wanted = content(built)
    copy = backup(built, tmp_path / "backup")
    assert verify(copy).damage == ()
    remove(["000.txt", "001.txt"], built)
    assert content(built) != wanted
    restore(copy, built)
    assert content(built) == wanted
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "index", "reports"]
    remove(["002.txt"], built)
    assert verify(built).reports == 2


def test_a_backup_replaces_a_damaged_index(built: Path, tmp_path: Path) -> None:
    """And makes one where there is none."""
    wanted = content(built)
    copy = backup(built, tmp_path / "backup")
    (built / "catalog.sqlite").write_bytes(b"gone")
    restore(copy, built)
    assert content(built) == wanted
    restore(copy, tmp_path / "elsewhere")
    assert content(tmp_path / "elsewhere") == wanted


def test_keys_are_backed_up_and_never_go_back(built: Path, tmp_path: Path) -> None:
    """A restored index keeps the keys in force; where there were none it takes those of the backup."""
    (built / KEYS).write_text("[1, 2]", encoding="utf-8")
    copy = backup(built, tmp_path / "backup")
    (built / KEYS).write_text("[1]", encoding="utf-8")
    restore(copy, built)
    assert (built / KEYS).read_text(encoding="utf-8") == "[1]"
    restore(copy, tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / KEYS).read_text(encoding="utf-8") == "[1, 2]"


def test_a_backup_is_taken_beside_readers_and_writers(built: Path, tmp_path: Path) -> None:
    """Neither an open reader nor a held write lock stops it."""
    with open_index(built), writing(built):
        backup(built, tmp_path / "backup")
    assert content(tmp_path / "backup") == content(built)


def test_what_restore_and_backup_refuse(built: Path, tmp_path: Path) -> None:
    """A damaged backup, an index that is read, a target that exists, nothing to copy: nothing is changed."""
    wanted = content(built)
    copy = backup(built, tmp_path / "backup")
    with pytest.raises(IndexFault, match="exists already"):
        backup(built, copy)
    with pytest.raises(IndexMissing):
        backup(tmp_path / "nowhere", tmp_path / "other")
    with open_index(built), pytest.raises(IndexFault, match="being read"):
        restore(copy, built)
    (vectors,) = copy.rglob("*.f32")
    flip(vectors, 4_000)
    with pytest.raises(IndexDamaged, match="backup"):
        restore(copy, built)
    assert content(built) == wanted


def test_building_mends_a_damaged_index(built: Path, reports: Path, encoder: LetterEncoder) -> None:
    """A damaged snapshot is derived again from the catalog, without encoding; a damaged catalog from the reports."""
    wanted = content(built)
    (vectors,) = built.rglob("*.f32")
    flip(vectors, 4_000)
    encoder.seen.clear()
    build([reports], built, encoder=encoder)
    assert content(built) == wanted
    assert encoder.seen == []
    (built / "catalog.sqlite").write_bytes(b"gone")
    build([reports], built, encoder=encoder)
    assert content(built) == wanted


def test_stats_say_how_large_it_is(built: Path) -> None:
    """Counts as the index has them, sizes as the disk has them."""
    found = stats(built)
    with open_index(built) as index:
        assert (found.reports, found.passages) == (len(index.reports()), len(index))
        assert found.characters == sum(len(index.text(report.id)) for report in index.reports())
    assert found.catalog_bytes == (built / "catalog.sqlite").stat().st_size
    assert found.snapshot_bytes > found.passages * found.dimension * 4
    assert (found.encoder, found.snapshots) == ("letters", 1)


def test_a_full_disk_and_a_closed_folder(
    built: Path, reports: Path, write: Write, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that fails is told as such, the old state stays, and the next attempt succeeds."""
    wanted = content(built)
    write(7)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("index.files.os.fsync", full)
        with pytest.raises(IndexFault, match="No space left"):
            build([reports], built, encoder=encoder)
    assert content(built) == wanted
    assert build([reports], built, encoder=encoder).reports == 4
