"""Word documents (.docx, .docm, .dotx): paragraphs with their numbers and headings, tables, text boxes, charts, notes.

Headers, footers, comments, field codes, deleted and hidden text are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from corpus.errors import ReadError
from corpus.readers.content import Content, fail, join_lines
from corpus.readers.docx_charts import read_chart
from corpus.readers.docx_numbering import Numbered, Numbering, W, integer
from corpus.readers.docx_styles import NumberRef, Styles, number_ref, outline_depth
from corpus.readers.docx_tables import cell_parts, only_cell, read_table
from corpus.readers.docx_text import Inline, TextWalk, content, is_deleted_mark, style_id
from corpus.readers.ooxml import Package
from corpus.records import Block, BlockStyle, Problem

_NOTE_KINDS = ("footnote", "endnote")
_LOST = {
    "styles": "Headings that are only marked by a style count as text",
    "numbering": "Automatic numbers are missing",
    "footnotes": "Footnotes are missing",
    "endnotes": "Endnotes are missing",
    "chart": "A chart's figures are missing",
}
"""What the text lacks when a part beside it is damaged."""


def read_docx(data: bytes, name: str) -> Content:  # noqa: ARG001 - readers have one shape
    """Blocks of the body; `line` counts body paragraphs and tables from 1."""
    package = Package(data)
    main = package.related("", "officeDocument")
    if main is None:
        raise fail("damaged", "The file has no document part.", "Open it in Word or WPS, save it anew and add that.")
    body = package.xml(main).find(f"{W}body")
    if body is None:
        return Content(())
    reader = _Reader(package, main)
    return Content(tuple(reader.blocks(body)), tuple(reader.problems))


@dataclass(slots=True)
class _Pending:
    """Text of a paragraph whose end was deleted, waiting for the paragraph that continues it."""

    text: str = ""
    number: Numbered | None = None
    notes: list[str] = field(default_factory=list)


class _Reader:
    """One document's styles, counters and notes, and where the walk is."""

    def __init__(self, package: Package, main: str) -> None:
        self.problems: list[Problem] = []
        self._package = package
        self._styles = Styles(self._part(package.related(main, "styles"), "styles"))
        self._numbering = Numbering(self._part(package.related(main, "numbering"), "numbering"))
        self._notes = {
            f"{kind}:{note.get(f'{W}id', '')}": note
            for kind in _NOTE_KINDS
            for note in _children(self._part(package.related(main, f"{kind}s"), f"{kind}s"), f"{W}{kind}")
        }
        self._charts = dict(package.relations(main, "chart"))
        self._walk = TextWalk()
        self._pending = _Pending()

    def blocks(self, body: ET.Element) -> Iterator[Block]:
        """The body's paragraphs and tables in order."""
        for line, item in enumerate(content(body), 1):
            yield from self._item(item, line)

    def _part(self, name: str | None, kind: str) -> ET.Element | None:
        """A part beside the document; None if there is none or, with a problem, if it is damaged."""
        if name is None:
            return None
        try:
            return self._package.xml(name)
        except ReadError as error:
            if error.code != "damaged":
                raise
            lost = f"The file's part {name} is damaged. {_LOST[kind]}."
            self.problems.append(Problem("damaged-part", f"{lost} Open it in Word or WPS and save it anew."))
            return None

    def _item(self, item: ET.Element, line: int) -> Iterator[Block]:
        if item.tag == f"{W}p":
            yield from self._paragraph(item, line)
            return
        frame = only_cell(item)
        if frame is not None:
            for inner in content(frame):
                yield from self._item(inner, line)
            return
        hung = Inline()
        grid = read_table(item, lambda cell: join_lines(cell_parts(cell, lambda p: self._cell_paragraph(p, hung))))
        if any(cell.text for cell in grid.cells):
            yield Block("", line, grid=grid)
        yield from self._hanging(hung, line)

    def _paragraph(self, paragraph: ET.Element, line: int) -> Iterator[Block]:
        inline = self._walk.inline(paragraph)
        number = self._number(paragraph)
        held = self._pending
        inline.text, inline.notes = held.text + inline.text, held.notes + inline.notes
        number = held.number or number
        if is_deleted_mark(paragraph):
            self._pending = _Pending(inline.text, number, inline.notes)
            inline.notes = []
        else:
            self._pending = _Pending()
            yield from self._text_blocks(paragraph, inline.text, number, line)
        yield from self._hanging(inline, line)

    def _text_blocks(self, paragraph: ET.Element, text: str, number: Numbered | None, line: int) -> Iterator[Block]:
        """One block, or one for each line of a body paragraph with line breaks in it."""
        if not text.strip():
            return
        style, depth = self._style(paragraph)
        lines = [text] if style == "body" else [join_lines(text.split("\n"))]
        if style == "body":
            lines = [part for part in text.split("\n") if part.strip()]
        for at, part in enumerate(lines):
            if at == 0 and number:
                yield Block(number.number + number.gap + part.lstrip(), line, None, style, depth, number.number)
            else:
                yield Block(part, line, style=style, depth=depth)

    def _style(self, paragraph: ET.Element) -> tuple[BlockStyle, int | None]:
        named = style_id(paragraph)
        if self._styles.is_title(named):
            return "title", None
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        depth = self._styles.depth(named) if outline is None else outline_depth(outline)
        return ("body", None) if depth is None else ("heading", depth)

    def _number(self, paragraph: ET.Element) -> Numbered | None:
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        named = style_id(paragraph)
        ref = number_ref(properties)
        if ref is None:
            ref = self._styles.numbering(named)
            level = None if properties is None else properties.find(f"{W}ilvl")
            if ref and level is not None:
                ref = replace(ref, level=integer(level))
        if ref is None or ref.num_id == "0":
            return None
        return self._numbering.number(*self._resolve(ref, named))

    def _resolve(self, ref: NumberRef, named: str) -> tuple[str, int]:
        """The list that holds the levels, and the level."""
        num_id = ref.num_id
        link = self._numbering.style_link(num_id)
        linked = self._styles.numbering(link) if link else None
        num_id = linked.num_id if linked else num_id
        if ref.level is not None:
            return num_id, ref.level
        ids = tuple(at for at, _ in self._styles.chain(named))
        return num_id, self._numbering.level_of_style(num_id, ids) or 0

    def _cell_paragraph(self, paragraph: ET.Element, hung: Inline) -> str:
        inline = self._walk.inline(paragraph)
        hung.boxes += inline.boxes
        hung.charts += inline.charts
        hung.notes += inline.notes
        number = self._number(paragraph)
        return (number.number + number.gap if number else "") + inline.text

    def _hanging(self, inline: Inline, line: int) -> Iterator[Block]:
        """Text boxes, charts and notes, after the paragraph they belong to."""
        for box in inline.boxes:
            for item in content(box):
                yield from (_restyled(block, "textbox") for block in self._item(item, line))
        for name in filter(None, map(self._charts.get, inline.charts)):
            chart = self._part(name, "chart")
            grid = None if chart is None else read_chart(chart)
            if grid:
                yield Block("", line, grid=grid)
        for key in inline.notes:
            note = self._notes.pop(key, None)
            if note is not None:
                text = join_lines(self._walk.inline(p).text for p in content(note))
                if text:
                    yield Block(text, line, style="footnote")


def _restyled(block: Block, style: BlockStyle) -> Block:
    """Body text becomes text of this style; a table or heading stays what it is."""
    return replace(block, style=style) if block.style == "body" and block.grid is None else block


def _children(root: ET.Element | None, tag: str) -> list[ET.Element]:
    return [] if root is None else [note for note in root.findall(tag) if not _is_separator(note)]


def _is_separator(note: ET.Element) -> bool:
    """Whether a note is only the rule that Word draws above notes, or its notice of continuation."""
    return note.get(f"{W}type", "normal") != "normal"
