"""The only file that imports rapidocr: the lines of text in a page's picture.

rapidocr and its engine are the extra `ocr`; its models come with it, so that nothing is fetched when it is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any

from corpus.readers.pdf_lines import Line
from corpus.readers.pdfium import Box, Picture

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PICTURE_SIDE = 2000
"""Pixels of a page's longer side: what rapidocr scales larger pictures down to; small print has 20 of them."""

_HEIGHT_SHARE = 0.75
_DESCENT = 0.2
"""Parts of a found box's height: the font size, and what hangs below the baseline."""

_SAME_SIZE = 0.12
"""Share by which the sizes of one font differ from line to line; twice that is another font."""

_HALF_PAIR = re.compile(r"\(([^()（）]*)）|（([^()（）]*)\)")
"""Brackets of which one was taken for a half-width one."""


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognise(picture: Picture) -> list[Line]:
    """Pieces of a page's lines, in points, origin at the lower left; none for a blank page."""
    result = _engine()(picture.pixels)
    if result.txts is None or result.boxes is None:
        return []
    height = len(picture.pixels)
    found = [
        _line(text, Box(*(float(v) * picture.points for v in _bounds(corners, height))))
        for text, corners in zip(result.txts, result.boxes.tolist(), strict=True)
        if text.strip()
    ]
    return list(_evened(found))


@cache
def _engine() -> Callable[[NDArray[np.uint8]], Any]:
    """The recogniser; its models are loaded when it is first called, which takes seconds."""
    rapidocr = import_module("rapidocr")  # by name: type checkers need not have the extra
    engine: Callable[[NDArray[np.uint8]], Any] = rapidocr.RapidOCR(
        params={"Global.log_level": "error", "Global.max_side_len": PICTURE_SIDE}
    )
    return engine


def _bounds(corners: Sequence[Sequence[float]], height: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in pixels from the lower left; a picture counts its rows from the top."""
    across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(across), height - max(down), max(across), height - min(down)


def _line(text: str, box: Box) -> Line:
    """Its font size is the smaller of what height and width say: a box has blank margins, a title wide gaps."""
    high = (box.top - box.bottom) * _HEIGHT_SHARE
    wide = (box.right - box.left) / max(1.0, sum(0.5 if char.isascii() else 1.0 for char in text))
    return Line(_HALF_PAIR.sub(r"（\1\2）", text.strip()), box, min(high, wide), box.bottom + _DESCENT * high)


def _evened(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines of about the usual size get it, rounded to half points, so that they count as one font."""
    usual = median(line.size for line in lines) if lines else 0.0
    for line in lines:
        size = usual if abs(line.size - usual) <= _SAME_SIZE * usual else line.size
        yield Line(line.text, line.box, round(2 * size) / 2, line.baseline)
