"""From what a reader gives to what the report says: residue, tables of contents and page furniture go.

Blank lines stay: they part the rows of flattened tables and show where a page ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.contents import without_contents
from corpus.furniture import without_furniture
from corpus.records import Block
from corpus.residue import without_residue


def clean(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a report in their order, cleaned; none of them is joined or split here."""
    stripped = [replace(block, text=without_residue(block.text)) for block in blocks]
    return without_furniture(without_contents(stripped))
