"""Running heads, running feet and page numbers of a .pdf: what repeats at one height from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.pdf_lines import Line

_MARGIN = 0.12
"""Part of the page's height, at top and bottom, in which furniture stands."""

_SAME_HEIGHT = 6.0
"""Points by which the height may differ from page to page."""

_MIN_SHARE = 0.3
"""Share of pages a text must stand on; chapters have their own heads, left and right pages too."""

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-—–\s·•~第]*(\d{1,4})\s*页?[-—–\s·•~]*(?:[/,，]?\s*共?\s*\d{1,4}\s*页?)?")
_ROMAN_NUMBER = re.compile(r"[-—–\s·]*(?:[ivx]{1,6}|[IVX]{1,6})[-—–\s·]*")
"""Pages before the first: one may be all there is, and nothing else stands so alone."""

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Furniture:
    """What repeats in one file: texts without their digits, and how far page numbers run ahead of the pages."""

    repeated: frozenset[Key]
    offsets: frozenset[int]


def without_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The pages' lines less those that are furniture; `heights` are the pages', in points."""
    margins = [
        [line for line in lines if _in_margin(line, height)] for lines, height in zip(pages, heights, strict=True)
    ]
    found = _Furniture(_repeated(margins, heights), _offsets(margins))
    return [
        [line for line in lines if not (_in_margin(line, height) and _is_furniture(line, height, at, found))]
        for at, (lines, height) in enumerate(zip(pages, heights, strict=True))
    ]


def _repeated(margins: Sequence[Sequence[Line]], heights: Sequence[float]) -> frozenset[Key]:
    counts = Counter(
        key for lines, height in zip(margins, heights, strict=True) for key in {_key(line, height) for line in lines}
    )
    least = max(3, _MIN_SHARE * len(margins))
    return frozenset(key for key in counts if key[0] != "#" and counts[key] + _near(counts, key) >= least)


def _offsets(margins: Sequence[Sequence[Line]]) -> frozenset[int]:
    """Page number less place of the page in the file, where two pages agree on it or it is the natural one."""
    found = Counter(
        offset for at, lines in enumerate(margins) for offset in {_number(line) - at for line in lines} if offset < 1000
    )
    return frozenset(offset for offset, count in found.items() if count > 1) | {1}


def _is_furniture(line: Line, height: float, at: int, found: _Furniture) -> bool:
    if _ROMAN_NUMBER.fullmatch(line.text):
        return True
    return _number(line) - at in found.offsets or _key(line, height) in found.repeated


def _number(line: Line) -> int:
    """The page number that a line consists of; a million if it is none, far from any page."""
    match = _PAGE_NUMBER.fullmatch(line.text)
    return int(match[1]) if match else 1_000_000


def _in_margin(line: Line, height: float) -> bool:
    return line.box.bottom > height * (1 - _MARGIN) or line.box.top < height * _MARGIN


def _key(line: Line, height: float) -> Key:
    """Text without its numbers, and height from the nearer edge."""
    place = line.box.bottom if line.box.bottom < height / 2 else line.box.bottom - height
    return _DIGITS.sub("#", "".join(line.text.split())), round(place / _SAME_HEIGHT)


def _near(counts: Counter[Key], key: Key) -> int:
    """Those that rounding put one step away."""
    text, place = key
    return counts[text, place - 1] + counts[text, place + 1]
