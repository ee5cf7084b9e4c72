"""From lines to paragraphs: what a page's end or a hard wrap has cut is joined again."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.flow import Draft, Item, Origin, Paragraph
from corpus.records import Block


def paragraphs(blocks: Iterable[Block | Draft]) -> list[Item]:
    """Blank blocks go, the rest become paragraphs; tables pass through."""
    found: list[Item] = []
    apart = False
    for block in blocks:
        if isinstance(block, Draft):
            found.append(block)
        elif text := " ".join(block.text.split()):
            found.append(_paragraph(block, text, apart=apart))
        apart = isinstance(block, Block) and not block.text.strip()
    return found


def _paragraph(block: Block, text: str, *, apart: bool) -> Paragraph:
    indent = block.text[: len(block.text) - len(block.text.lstrip())]
    origins = (Origin(0, block.line, block.page),)
    return Paragraph(text, origins, block.style, block.depth, block.number, indent, apart)
