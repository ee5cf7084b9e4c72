"""Menus of a web page: blocks before and after its text that consist of nothing but links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.records import Block

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WORDS = re.compile(r"[^\W_]|[、，。；：]")
"""What stands between links of a sentence, but not between those of a menu."""

_TEXT_CHARACTERS = 20
"""A block of so many characters outside of links is text; menus have greetings and dates between their links."""

_MIN_LINKS = 2
"""Links that make a menu; a single one may be a title or an attachment."""


@dataclass(frozen=True, slots=True)
class Met:
    """A block as the walk met it."""

    block: Block
    links: int = 0
    """Links to somewhere else that it consists of; 0 where there are words outside of them."""


def has_words(text: str) -> bool:
    """Whether a text is more than the signs between links."""
    return _WORDS.search(text) is not None


def is_link(node: LexborNode) -> bool:
    """Whether an element leads to another page."""
    return node.tag == "a" and not (node.attributes.get("href") or "#").startswith("#")


def links_of_table(table: LexborNode) -> int:
    """Links that a table consists of, as in `Met`."""
    links = [node.text() for node in table.css("a") if is_link(node)]
    outside = len(_WORDS.findall(table.text())) - len(_WORDS.findall("".join(links)))
    return 0 if outside else len(links)


def without_menus(found: Sequence[Met]) -> list[Block]:
    """The blocks less the menus above the first heading or text and below the last text; all, if there is no text."""
    text = [at for at, met in enumerate(found) if _is_text(met)]
    if not text:
        return [met.block for met in found]
    first = next(at for at, met in enumerate(found) if at == text[0] or _is_heading(met))
    menus = {at for edge in (range(first), range(text[-1] + 1, len(found))) for at in _menus(found, edge)}
    return [met.block for at, met in enumerate(found) if at not in menus]


def _menus(found: Sequence[Met], edge: range) -> list[int]:
    linked = [at for at in edge if found[at].links and not _is_heading(found[at])]
    return linked if sum(found[at].links for at in linked) >= _MIN_LINKS else []


def _is_heading(met: Met) -> bool:
    return met.block.style in {"title", "heading"}


def _is_text(met: Met) -> bool:
    return not met.links and (met.block.grid is not None or len(met.block.text) >= _TEXT_CHARACTERS)
