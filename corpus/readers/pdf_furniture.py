"""Running heads, running feet and page numbers of a .pdf: what repeats at one height from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.readers.pdf_lines import Line

_MARGIN = 0.12
"""Part of the page's height, at top and bottom, in which furniture stands."""

_SAME_HEIGHT = 6.0
"""Points by which the height may differ from page to page."""

_MIN_SHARE = 0.3
"""Share of pages a text must stand on; chapters have their own heads, left and right pages too."""

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-—–\s·•~第]*(\d{1,4}|[ivxIVX]{1,6})\s*页?[-—–\s·•~]*(?:[/,，]?\s*共?\s*\d{1,4}\s*页?)?")

Key = tuple[str, int]


def without_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The pages' lines less those that are furniture; `heights` are the pages', in points."""
    counts = Counter(
        key for lines, height in zip(pages, heights, strict=True) for key in {_key(line, height) for line in lines}
    )
    least = max(2, _MIN_SHARE * len(pages))
    repeated = {key for key in counts if counts[key] + _near(counts, key) >= least}
    return [
        [line for line in lines if not _is_furniture(line, height, repeated, len(pages))]
        for lines, height in zip(pages, heights, strict=True)
    ]


def _is_furniture(line: Line, height: float, repeated: set[Key], pages: int) -> bool:
    if not _in_margin(line, height):
        return False
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    return pages > 2 and _key(line, height) in repeated


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
