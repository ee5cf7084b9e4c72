"""Plain text and Markdown: every line is a block, as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.readers.content import Content, fail
from corpus.readers.encoding import decode
from corpus.readers.limits import MAX_TEXT_BYTES, MIB
from corpus.records import Block

_LINE_END = re.compile(r"\r\n|\n|\r")
_ATX_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")


def read_text(data: bytes, name: str) -> Content:
    """Every line, blank ones and tab-only ones too; lines end at line feed, carriage return or both only."""
    check_size(data)
    decoded = decode(data)
    lines = _LINE_END.split(decoded.text)
    if lines[-1] == "":
        lines.pop()
    markdown = name.lower().endswith((".md", ".markdown"))
    blocks = _markdown(lines) if markdown else (Block(line, n) for n, line in enumerate(lines, 1))
    return Content(tuple(blocks), decoded.problems)


def check_size(data: bytes) -> None:
    """Raises `ReadError` "too-large" above `MAX_TEXT_BYTES`."""
    if len(data) > MAX_TEXT_BYTES:
        raise fail(
            "too-large",
            f"The text has {len(data) // MIB} MiB, at most {MAX_TEXT_BYTES // MIB} MiB are read.",
            "Split it into its reports.",
        )


def _markdown(lines: list[str]) -> Iterator[Block]:
    """As text, but `## heading` states its level."""
    fenced = False
    for n, line in enumerate(lines, 1):
        fenced ^= _FENCE.match(line) is not None
        heading = None if fenced else _ATX_HEADING.fullmatch(line)
        if heading and heading[2]:
            yield Block(heading[2], n, style="heading", depth=len(heading[1]))
        else:
            yield Block(line, n)
