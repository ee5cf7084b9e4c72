"""What one reader hands to the dispatcher, and small helpers that all readers share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.errors import ReadError
from corpus.records import Block, Problem

_CJK = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u2018-\u201d\u2026\u2014\u00b7"
_CJK_EDGE = re.compile(f"[{_CJK}\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Content:
    """A file's blocks in reading order; `problems` need no file name, the dispatcher adds it.

    `wrapped` as in `Source`.
    """

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    wrapped: bool = False


def fail(code: str, message: str, remedy: str) -> ReadError:
    """A `ReadError` to raise: the file can't be read at all."""
    return ReadError(message, remedy, code=code)


def join_lines(lines: Iterable[str]) -> str:
    """One line of several: Chinese meets Chinese without a space, everything else with one."""
    joined = ""
    for line in lines:
        part = line.strip()
        if not part:
            continue
        if joined:
            joined += "" if _CJK_EDGE.match(joined[-1]) and _CJK_EDGE.match(part[0]) else " "
        joined += part
    return joined
