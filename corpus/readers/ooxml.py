"""Office files are zip packages of XML parts: opened with caps, DOCTYPEs and entities refused."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NoReturn
from xml.etree import ElementTree as ET

from corpus.errors import ReadError
from corpus.readers.content import fail
from corpus.readers.limits import MAX_ENTRIES, MAX_PACKAGE_BYTES, MAX_PART_BYTES, MAX_RATIO, MIB, RATIO_FREE_BYTES

RELATIONSHIPS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument|drawingml)/")


class _NoDoctype(ET.TreeBuilder):
    """Builds a tree, but stops at a DOCTYPE, before anything it declares is looked at."""

    def doctype(self, *_: str | None) -> NoReturn:
        raise fail(
            "doctype",
            "The file declares a DOCTYPE or entities inside its XML, which office programs never write.",
            "It may be an attack; if you trust it, open it in an office program, save it anew and add that.",
        )


def parse_xml(data: bytes) -> ET.Element:
    """The root element; raises `ReadError` "doctype" or "damaged". Strict OOXML names become the usual ones."""
    parser = ET.XMLParser(target=_NoDoctype())  # noqa: S314 - stops at any DOCTYPE, so there are no entities
    try:
        parser.feed(_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data))
        root: ET.Element = parser.close()
    except ET.ParseError as error:
        raise _damaged(f"A part of it is no well-formed XML: {error}") from error
    return root


def _damaged(reason: str) -> ReadError:
    return fail(
        "damaged", f"The file is cut off or damaged ({reason}).", "Open it in its program, save it anew and add that."
    )


def open_zip(data: bytes) -> zipfile.ZipFile:
    """An archive within the caps on entries, expanded bytes and ratio; raises `ReadError` "damaged" or "bomb"."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise _damaged(str(error)) from error
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    if len(infos) > MAX_ENTRIES or size > MAX_PACKAGE_BYTES or any(map(_is_bomb, infos)):
        raise fail(
            "bomb",
            f"The file would expand to {len(infos)} parts and {size // MIB} MiB; read are at most {MAX_ENTRIES} parts, "
            f"{MAX_PACKAGE_BYTES // MIB} MiB and {MAX_RATIO} times the packed size.",
            "Unpack it yourself and add the reports.",
        )
    return archive


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > RATIO_FREE_BYTES and info.file_size > MAX_RATIO * max(1, info.compress_size)


class Package:
    """The parts of an office file and the relationships between them."""

    def __init__(self, data: bytes) -> None:
        self._zip = open_zip(data)
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def names(self) -> Iterator[str]:
        """All part names, as the file has them."""
        yield from self._names.values()

    def read(self, name: str) -> bytes:
        """A part's bytes; raises `ReadError` "encrypted", "too-large" or "damaged"."""
        info = self._zip.getinfo(self._names[name.lower()])
        if info.flag_bits & 1:
            raise fail("encrypted", "The file is protected by a password.", "Remove the password and add it again.")
        if info.file_size > MAX_PART_BYTES:
            raise fail(
                "too-large",
                f"{name} has {info.file_size // MIB} MiB, at most {MAX_PART_BYTES // MIB} MiB are read.",
                "Split the document into its reports.",
            )
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise _damaged(f"{name}: {error}") from error

    def xml(self, name: str) -> ET.Element:
        """A part's root element."""
        return parse_xml(self.read(name))

    def related(self, part: str, kind: str) -> str | None:
        """Name of the first part that `part` ("" for the package) points to with a relationship of this kind."""
        return next((target for _, target in self.relations(part, kind)), None)

    def relations(self, part: str, kind: str) -> Iterator[tuple[str, str]]:
        """(relationship id, part name) for all that exist in the file."""
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels not in self:
            return
        for relation in self.xml(rels).iter(f"{_PACKAGE}Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            if relation.get("Type", "").rsplit("/", 1)[-1] == kind and target in self:
                yield relation.get("Id", ""), target
