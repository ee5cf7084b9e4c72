"""Archives: each entry is read, with a readable and harmless name."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from corpus.records import Problem, Source

Read = Callable[[bytes, str], list[Source | Problem]]
MakeZip = Callable[..., bytes]

TEXT = "南湾市职业教育质量年报，在校生2.4万人。".encode()


def names(found: list[Source | Problem]) -> list[str]:
    return [item.name if isinstance(item, Source) else f"{item.code}:{item.file}" for item in found]


def test_entries_nested_archives_and_bad_files(read: Read, make_zip: MakeZip) -> None:
    """Good entries are sources, bad ones problems with their path; folders and system leftovers are nothing."""
    inner = make_zip({"乙.txt": TEXT, "空.txt": b""})
    data = make_zip(
        {
            "年报/甲.txt": TEXT,
            "年报/": b"",
            "里.zip": inner,
            "程序.bin": bytes(range(256)) * 40,
            "__MACOSX/._甲.txt": b"x",
            ".DS_Store": b"x",
            "~$甲.docx": b"x",
        }
    )
    assert names(read(data, "包.zip")) == [
        "包.zip/年报/甲.txt",
        "包.zip/里.zip/乙.txt",
        "empty:包.zip/里.zip/空.txt",
        "binary:包.zip/程序.bin",
    ]


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_chinese_names_without_the_utf8_flag(read: Read, codec: str) -> None:
    """Windows packs names in GBK and macOS in UTF-8, neither says so."""
    raw = "年报/南湾.txt".encode(codec)
    placeholder = "x" * len(raw)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(placeholder, TEXT)
    data = buffer.getvalue().replace(placeholder.encode(), raw)
    assert names(read(data, "a.zip")) == ["a.zip/年报/南湾.txt"]


@pytest.mark.parametrize("name", ["../../etc/甲.txt", "/etc/甲.txt", "..\\etc\\甲.txt", "./etc//甲\u202e\x07.txt"])
def test_names_stay_inside_the_archive(read: Read, make_zip: MakeZip, name: str) -> None:
    """Ways out, absolute paths, backslashes and control characters are taken out of names."""
    assert names(read(make_zip({name: TEXT}), "a.zip")) == ["a.zip/etc/甲.txt"]


def test_a_damaged_entry_does_not_stop_the_others(read: Read, make_zip: MakeZip) -> None:
    """One entry with a wrong checksum is a problem, the next one is read."""
    data = bytearray(make_zip([("甲.txt", TEXT), ("乙.txt", TEXT)]))
    at = data.index(b"PK\x01\x02")
    data[at + 16 : at + 20] = struct.pack("<I", 1)
    assert names(read(bytes(data), "a.zip")) == ["damaged:a.zip/甲.txt", "a.zip/乙.txt"]


def test_encrypted_entries_are_named(read: Read, make_zip: MakeZip) -> None:
    """An entry with the encryption flag is a problem."""
    data = bytearray(make_zip([("甲.txt", TEXT), ("乙.txt", TEXT)]))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert names(read(bytes(data), "a.zip")) == ["encrypted:a.zip/甲.txt", "a.zip/乙.txt"]


def test_sources_of_an_archive_have_their_own_digests(read: Read, make_zip: MakeZip) -> None:
    """The digest is that of the entry, so that the same report is the same in and out of an archive."""
    (packed,) = read(make_zip({"甲.txt": TEXT}), "a.zip")
    (plain,) = read(TEXT, "甲.txt")
    assert isinstance(packed, Source)
    assert isinstance(plain, Source)
    assert packed.digest == plain.digest
