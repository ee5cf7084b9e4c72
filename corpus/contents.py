"""Leave out tables of contents, also those whose titles are gone and only the page numbers are left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.records import Block

_HEADING = re.compile(r"\s*(?:目\s*[录錄次]|图\s*目\s*录|表\s*目\s*录|图表目录|CONTENTS|Contents|Table of Contents)\s*")
_NUMBER = r"[-–—]?\s?(?:\d{1,4}|[ivxIVX]{1,5})\s?[-–—]?\s*"
_PAGE_NUMBER = re.compile(rf".{{0,80}}?(?:\s*[.．·•…‥]{{2,}}\s*|\t\s*|\s{{2,}}|—{{2,}}\s*|-{{4,}}\s*){_NUMBER}")
_LEADER = re.compile(rf".{{0,80}}?(?:[.．·•]{{4,}}|…{{2,}}|‥{{2,}})\s*(?:{_NUMBER})?")
_MAX_ENTRY = 60
_ENOUGH = 3
_MOST_FRAGMENTS = 3


def without_contents(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without tables of contents; their headings ("目录") go with them."""
    counts = Counter(_key(block.text) for block in blocks)
    kept: list[Block] = []
    at = 0
    while at < len(blocks):
        end = _end_of_contents(blocks, at, counts)
        if end is None:
            kept.append(blocks[at])
            at += 1
        else:
            at = end
    return kept


def _end_of_contents(blocks: Sequence[Block], at: int, counts: Counter[str]) -> int | None:
    """The first block behind the contents that begin at `at`, None when none begin."""
    text = blocks[at].text
    if _HEADING.fullmatch(text):
        end = _behind_entries(blocks, at + 1, counts)
        return end if end > at + 1 else None
    if _LEADER.fullmatch(text):
        end = _behind_entries(blocks, at, counts)
        return end if sum(map(_is_entry, blocks[at:end])) >= _ENOUGH else None
    return None


def _behind_entries(blocks: Sequence[Block], at: int, counts: Counter[str]) -> int:
    """Entries end in a page number or come again as headings; a few fragments of cut titles may stand between.

    Where a line is seen for the second time, the report itself begins.
    """
    end, fragments = at, 0
    seen: set[str] = set()
    numbered = False
    for n in range(at, len(blocks)):
        text = blocks[n].text.strip()
        if not text:
            continue
        key, entry = _key(text), _is_entry(blocks[n])
        again = not numbered and len(text) <= _MAX_ENTRY and counts[key] > 1 and key not in seen
        seen.add(key)
        if entry or again:
            numbered = numbered or entry
            end, fragments = n + 1, 0
        elif numbered and len(text) <= _MAX_ENTRY // 2 and fragments < _MOST_FRAGMENTS:
            fragments += 1
        else:
            break
    return end


def _is_entry(block: Block) -> bool:
    text = block.text.rstrip()
    if len(text) > 4 * _MAX_ENTRY or block.grid is not None:
        return False
    return _PAGE_NUMBER.fullmatch(text) is not None or _LEADER.fullmatch(text) is not None


def _key(text: str) -> str:
    return re.sub(r"[\s.．、·…]+", "", text[: 2 * _MAX_ENTRY])
