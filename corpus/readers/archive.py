"""Archives (.zip): their entries one by one, within caps, names made readable and harmless."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import ReadError
from corpus.readers.content import fail
from corpus.readers.limits import MAX_FILE_BYTES, MAX_PACKAGE_BYTES, MIB
from corpus.readers.ooxml import open_zip
from corpus.records import Problem

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._|~\$)", re.IGNORECASE)
"""What operating systems and Word leave beside the files."""

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and marks that turn the direction of text."""


@dataclass(slots=True)
class Budget:
    """Expanded bytes that one file on disk may still take, its nested archives counted in."""

    left: int = MAX_PACKAGE_BYTES


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive; `name` is its path inside."""

    name: str
    data: bytes


def entries(data: bytes, budget: Budget) -> Iterator[Entry | Problem]:
    """All files in an archive; one that can't be unpacked is a `Problem` with the entry's name.

    Raises `ReadError` "damaged", "bomb" or "empty" for the archive as a whole.
    """
    with open_zip(data) as archive:
        infos = [(info, entry_name(info)) for info in archive.infolist() if not info.is_dir()]
        infos = [(info, name) for info, name in infos if name and not _JUNK.search(name)]
        if not infos:
            raise fail("empty", "The archive has no files in it.", "Pack the reports into it and add it again.")
        for info, name in infos:
            try:
                yield Entry(name, _unpack(archive, info, budget))
            except ReadError as error:
                yield Problem(error.code, str(error), name)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
                yield Problem("damaged", f"The entry can't be unpacked ({error}). Pack it anew and add that.", name)


def entry_name(info: zipfile.ZipInfo) -> str:
    """The entry's path: Chinese names of Windows and macOS decoded, no way out of the archive, no control signs."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        name = _decode_name(name)
    parts = (_UNSAFE.sub("", part).strip() for part in name.replace("\\", "/").split("/"))
    return "/".join(part for part in parts if part not in {"", ".", ".."})


def _decode_name(name: str) -> str:
    """Without the UTF-8 flag `zipfile` takes names for code page 437; the bytes are UTF-8 or GBK as a rule."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise fail("encrypted", "The entry is protected by a password.", "Unpack it yourself and add the file.")
    if info.file_size > MAX_FILE_BYTES:
        raise fail(
            "too-large",
            f"The entry has {info.file_size // MIB} MiB, at most {MAX_FILE_BYTES // MIB} MiB are read.",
            "Split it into its reports.",
        )
    if info.file_size > budget.left:
        raise fail(
            "bomb",
            f"The archive and those inside it would expand to more than {MAX_PACKAGE_BYTES // MIB} MiB.",
            "Unpack it yourself and add the reports.",
        )
    budget.left -= info.file_size
    return archive.read(info)
