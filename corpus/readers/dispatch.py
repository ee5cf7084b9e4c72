"""From a file's bytes to its `Source`, or to the one `Problem` that says why there is none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from corpus.errors import ReadError
from corpus.readers.archive import Budget, entries
from corpus.readers.content import Content, fail
from corpus.readers.doc import read_doc
from corpus.readers.docx import read_docx
from corpus.readers.html import read_html
from corpus.readers.limits import MAX_ARCHIVE_DEPTH, MAX_FILE_BYTES, MIB
from corpus.readers.mhtml import read_mhtml
from corpus.readers.pdf import read_pdf
from corpus.readers.sheet import read_csv, read_workbook
from corpus.readers.sniff import Kind, sniff
from corpus.readers.text import read_text
from corpus.records import Block, Grid, Problem, Source

_READERS: dict[Kind, Callable[[bytes, str], Content]] = {
    "text": read_text,
    "docx": read_docx,
    "doc": read_doc,
    "pdf": read_pdf,
    "html": read_html,
    "mhtml": read_mhtml,
    "sheet": read_workbook,
    "csv": read_csv,
}

_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f\ue000-\uf8ff\ufeff\ufffe\uffff\ud800-\udfff\U000f0000-\U0010ffff]"
)
"""Control and private-use characters, lone surrogates and stray byte order marks: no font shows them."""


def read_bytes(data: bytes, name: str) -> Iterator[Source | Problem]:
    """One `Source` or `Problem` for a file, one for each entry of an archive; never raises for bad content."""
    yield from _read(data, name, Budget(), depth=0)


def too_large(size: int, name: str) -> Problem:
    """The file has more than `MAX_FILE_BYTES`."""
    message = (
        f"The file has {size // MIB} MiB, at most {MAX_FILE_BYTES // MIB} MiB are read. Split it into its reports."
    )
    return Problem("too-large", message, name)


def _read(data: bytes, name: str, budget: Budget, *, depth: int) -> Iterator[Source | Problem]:
    """`depth` counts the archives that the file lies in."""
    try:
        kind = sniff(data, name)
        if kind == "archive":
            yield from _archive(data, name, budget, depth=depth)
        else:
            yield _source(_READERS[kind](data, name), data, name)
    except ReadError as error:
        yield Problem(error.code, str(error), name)
    except Exception as error:  # noqa: BLE001 - the parsers of ten formats raise anything on damaged files
        message = f"The file is damaged: its reader stopped with {type(error).__name__} ({error})."
        yield Problem("damaged", f"{message} Open it in its program, save it anew and add that.", name)


def _archive(data: bytes, name: str, budget: Budget, *, depth: int) -> Iterator[Source | Problem]:
    if depth >= MAX_ARCHIVE_DEPTH:
        raise fail(
            "bomb",
            f"Archives lie in archives more than {MAX_ARCHIVE_DEPTH} deep.",
            "Unpack it yourself and add the reports.",
        )
    for entry in entries(data, budget):
        if isinstance(entry, Problem):
            yield replace(entry, file=f"{name}/{entry.file}")
        else:
            yield from _read(entry.data, f"{name}/{entry.name}", budget, depth=depth + 1)


def _source(content: Content, data: bytes, name: str) -> Source:
    cleaned = _Cleaner()
    blocks = tuple(map(cleaned.block, content.blocks))
    if not any(block.grid or block.text.strip() for block in blocks):
        raise fail("no-text", "The file has no text in it.", "Check that it is the right file.")
    problems = (*content.problems, *cleaned.problems())
    return Source(
        name=name,
        digest=hashlib.sha256(data).hexdigest(),
        blocks=blocks,
        problems=tuple(replace(problem, file=name) for problem in problems),
        wrapped=content.wrapped,
    )


@dataclass(slots=True)
class _Cleaner:
    """Takes out characters that nothing can show, and counts them."""

    dropped: int = 0

    def block(self, block: Block) -> Block:
        """The block, usually the same object."""
        if block.grid is not None:
            return replace(block, grid=self._grid(block.grid))
        if not _UNREADABLE.search(block.text):
            return block
        return replace(block, text=self._text(block.text))

    def problems(self) -> Iterator[Problem]:
        """One problem with the count, if there is anything to tell."""
        if self.dropped:
            message = f"{self.dropped} unreadable characters (NUL, control or private use) were left out."
            yield Problem("odd-characters", message)

    def _grid(self, grid: Grid) -> Grid:
        if not any(_UNREADABLE.search(cell.text) for cell in grid.cells):
            return grid
        return replace(grid, cells=tuple(replace(cell, text=self._text(cell.text)) for cell in grid.cells))

    def _text(self, text: str) -> str:
        cleaned, count = _UNREADABLE.subn("", text)
        self.dropped += count
        return cleaned
