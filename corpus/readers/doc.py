"""Old Word files (.doc), .rtf and .odt: turned into .docx by LibreOffice, or into text by antiword or catdoc."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from corpus.errors import ReadError
from corpus.readers.content import Content, fail
from corpus.readers.docx import read_docx
from corpus.readers.limits import CONVERT_SECONDS
from corpus.readers.text import read_text
from corpus.records import Problem

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR = 512
_FIB_MAGIC = b"\xec\xa5"
_FIB_FLAGS = 10
_FIB_ENCRYPTED = 0x0100
"""[MS-DOC] 2.5.2, FibBase: bit F, fEncrypted."""

_INSTALL = "Install LibreOffice (Debian: apt install libreoffice-writer-nogui), or save the file as .docx and add that."


def read_doc(data: bytes, name: str) -> Content:
    """As `read_docx`; plain lines when only antiword or catdoc is there.

    Raises `ReadError` "encrypted", "damaged" or "no-converter".
    """
    if _is_encrypted(data):
        raise fail("encrypted", "The file is protected by a password.", "Remove the password and add it again.")
    with tempfile.TemporaryDirectory(prefix="wenbao-") as folder:
        source = Path(folder, f"source{_suffix(data)}")
        source.write_bytes(data)
        converted = _with_libreoffice(source)
        if converted is not None:
            return read_docx(converted, name)
        text = _with_antiword(source) if data.startswith(_OLE) else None
    if text is None:
        raise fail("no-converter", "No program that reads this old Word format was found.", _INSTALL)
    note = Problem("plain-conversion", f"Headings and tables of this old Word file are read as plain text. {_INSTALL}")
    content = read_text(text, "")
    return replace(content, problems=(*content.problems, note))


def _suffix(data: bytes) -> str:
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"PK"):
        return ".odt"
    return ".doc" if data.startswith(_OLE) else ".xml"


def _is_encrypted(data: bytes) -> bool:
    """Whether the main stream of a .doc, which begins at a sector's start, says so."""
    if not data.startswith(_OLE):
        return False
    for at in range(_SECTOR, len(data), _SECTOR):
        if data.startswith(_FIB_MAGIC, at):
            return bool(int.from_bytes(data[at + _FIB_FLAGS : at + _FIB_FLAGS + 2], "little") & _FIB_ENCRYPTED)
    return False


def _with_libreoffice(source: Path) -> bytes | None:
    """The .docx that LibreOffice makes of it; None when LibreOffice is not there."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    profile = source.parent / "profile"
    target = source.with_suffix(".docx")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    _run([*command, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent), str(source)])
    if not target.exists():
        raise fail("damaged", "LibreOffice can't open the file.", "Open it in Word or WPS, save it as .docx, add that.")
    return target.read_bytes()


def _with_antiword(source: Path) -> bytes | None:
    """UTF-8 text of a .doc; None when neither program is there."""
    antiword, catdoc = shutil.which("antiword"), shutil.which("catdoc")
    if antiword:
        text = _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)])
    elif catdoc:
        text = _run([catdoc, "-d", "utf-8", "-w", str(source)])
    else:
        return None
    if not text.strip():
        raise fail("damaged", "The old Word file can't be opened.", _INSTALL)
    return text


def _run(command: list[str]) -> bytes:
    """Standard output of a program; raises `ReadError` "damaged" when it hangs, with all its children stopped."""
    process = subprocess.Popen(  # noqa: S603 - fixed programs, arguments of our own
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        output, _ = process.communicate(timeout=CONVERT_SECONDS)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise _hung(command[0]) from error
    return output


def _hung(program: str) -> ReadError:
    message = f"{Path(program).name} was stopped after {CONVERT_SECONDS} s on this file."
    return fail("damaged", message, "Open it in Word or WPS, save it as .docx and add that.")
