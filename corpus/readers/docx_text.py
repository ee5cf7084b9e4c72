"""The text of Word paragraphs: results of fields without their codes, nothing of what was deleted or hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from xml.etree import ElementTree as ET

from corpus.readers.docx_numbering import W, is_on, value
from corpus.readers.ooxml import RELATIONSHIPS

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_TEXT_BOX = f"{W}txbxContent"

_DROPPED = {
    f"{W}{name}"
    for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "delInstrText", "rt", "fldData")
}
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_WINGDINGS = {
    "F0FE": "☑",
    "F052": "☑",
    "F0A8": "□",
    "F06F": "□",
    "F0A3": "□",
    "F0FC": "✓",
    "F050": "✓",
    "F0FB": "✗",
    "F06C": "●",
    "F06E": "■",
    "F075": "◆",
    "F0D8": "➢",
    "F0E0": "→",
}
"""Signs that forms and lists set in Wingdings fonts, by their `w:char`."""


@dataclass(slots=True)
class Inline:
    """What stands in one paragraph: its text, and what hangs on it."""

    text: str = ""
    boxes: list[ET.Element] = field(default_factory=list)
    """`txbxContent` elements, each once."""
    charts: list[str] = field(default_factory=list)
    """Relationship ids of charts."""
    notes: list[str] = field(default_factory=list)
    """Keys "footnote:3", "endnote:1" in the order of their references."""


class TextWalk:
    """Walks paragraphs in document order; fields may begin in one and end in a later one."""

    def __init__(self) -> None:
        self._fields: list[Literal["code", "result"]] = []

    def inline(self, paragraph: ET.Element) -> Inline:
        """Text, text boxes and notes of a `w:p`."""
        found = Inline()
        self._walk(paragraph, found)
        # A field's code never reaches into the next paragraph; a broken one must not swallow the document.
        self._fields = ["result" for _ in self._fields]
        return found

    def _walk(self, element: ET.Element, found: Inline) -> None:
        for child in element:
            tag = child.tag
            if tag in _DROPPED:
                continue
            if tag in {f"{W}t", _MATH_TEXT}:
                self._add(found, child.text or "")
            elif tag == f"{W}r":
                self._run(child, found)
            elif tag in _SIGNS:
                self._add(found, _SIGNS[tag])
            elif tag == f"{MC}AlternateContent":
                self._alternative(child, found)
            elif tag == _TEXT_BOX:
                found.boxes.append(child)
            elif not self._special(child, found):
                self._walk(child, found)

    def _run(self, run: ET.Element, found: Inline) -> None:
        if not is_on(run.find(f"{W}rPr/{W}vanish")):
            self._walk(run, found)

    def _special(self, child: ET.Element, found: Inline) -> bool:
        """Elements that stand for something else than their content; False if this is none of them."""
        if child.tag == f"{W}fldChar":
            self._field(child.get(f"{W}fldCharType", ""))
        elif child.tag == f"{W}sym":
            self._add(found, _symbol(child))
        elif child.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
            kind = child.tag.removeprefix(W).removesuffix("Reference")
            found.notes.append(f"{kind}:{child.get(f'{W}id', '')}")
        elif child.tag == _CHART:
            found.charts.append(child.get(f"{RELATIONSHIPS}id", ""))
        else:
            return False
        return True

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("code")
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _alternative(self, element: ET.Element, found: Inline) -> None:
        """The same thing for new and old programs: the first that has any text is taken."""
        before = (found.text, len(found.boxes), len(found.charts))
        for choice in element:
            self._walk(choice, found)
            if (found.text, len(found.boxes), len(found.charts)) != before:
                return

    def _add(self, found: Inline, text: str) -> None:
        if "code" not in self._fields:
            found.text += text


def _symbol(sym: ET.Element) -> str:
    code = sym.get(f"{W}char", "").upper()
    if "wingdings" in sym.get(f"{W}font", "").lower():
        return _WINGDINGS.get(code, "")
    return chr(int(code, 16)) if code and not code.startswith("F") else ""


def content(container: ET.Element) -> Iterator[ET.Element]:
    """The paragraphs and tables of a body, cell, note or text box; wrappers (`sdt`, `ins`, ...) opened."""
    for child in container:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from content(child[0] if len(child) else child)
        elif child.tag not in _DROPPED and child.tag != f"{W}tblPr":
            yield from content(child)


def is_deleted_mark(paragraph: ET.Element) -> bool:
    """Whether the paragraph's end was deleted, so that the next one continues it."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def style_id(paragraph: ET.Element) -> str:
    """The paragraph's own style, "" if it names none."""
    return value(paragraph.find(f"{W}pPr/{W}pStyle"))
