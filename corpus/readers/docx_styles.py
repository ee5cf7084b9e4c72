"""Paragraph styles: which are headings, of which level, and which carry a list's number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from corpus.readers.docx_numbering import W, integer, is_on, value

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = {"title", "标题"}
_MAX_CHAIN = 20
"""Styles based on styles; a longer chain is a circle."""


@dataclass(frozen=True, slots=True)
class NumberRef:
    """A paragraph's place in a list; `level` None: the list says which level the style has."""

    num_id: str
    level: int | None


class Styles:
    """styles.xml, asked by style id."""

    def __init__(self, root: ET.Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        paragraph = [style for style in found if style.get(f"{W}type") == "paragraph"]
        self._default = next((s.get(f"{W}styleId", "") for s in paragraph if s.get(f"{W}default") in {"1", "true"}), "")

    def chain(self, style_id: str) -> list[tuple[str, ET.Element]]:
        """The style and those it is based on, nearest first; an unnamed one is the default style."""
        found: list[tuple[str, ET.Element]] = []
        at = style_id or self._default
        while at in self._styles and len(found) < _MAX_CHAIN:
            found.append((at, self._styles[at]))
            at = value(self._styles[at].find(f"{W}basedOn"))
        return found

    def is_title(self, style_id: str) -> bool:
        """Whether the style itself is Word's "Title"."""
        return any(value(s.find(f"{W}name")).lower() in _TITLE_NAMES for _, s in self.chain(style_id)[:1])

    def depth(self, style_id: str) -> int | None:
        """Heading level, 1 at the top; None for body text."""
        for _, style in self.chain(style_id):
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                return outline_depth(outline)
            heading = _HEADING_NAME.fullmatch(value(style.find(f"{W}name")).strip())
            if heading:
                return int(heading[1])
        return None

    def numbering(self, style_id: str) -> NumberRef | None:
        """The list that a style puts its paragraphs in."""
        for _, style in self.chain(style_id):
            ref = number_ref(style.find(f"{W}pPr/{W}numPr"))
            if ref:
                return ref
        return None

    def is_hidden(self, style_id: str) -> bool:
        """Whether text of this style is not shown."""
        return any(is_on(style.find(f"{W}rPr/{W}vanish")) for _, style in self.chain(style_id)[:1])


def outline_depth(outline: ET.Element) -> int | None:
    """`outlineLvl` 0 to 8 is heading level 1 to 9; 9 says that it is body text."""
    level = integer(outline, 9)
    return level + 1 if 0 <= level < 9 else None


def number_ref(properties: ET.Element | None) -> NumberRef | None:
    """The list and level of a `numPr`; list "0" takes an inherited number away."""
    num = None if properties is None else properties.find(f"{W}numId")
    if properties is None or num is None:
        return None
    level = properties.find(f"{W}ilvl")
    return NumberRef(value(num), None if level is None else integer(level))
