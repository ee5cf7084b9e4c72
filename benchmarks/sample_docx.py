"""Writes a sample report as a Word file."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.sample_source import Line, Source, blocks, header_rows, spans

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

EPOCH = (2024, 1, 1, 0, 0, 0)
"""The date of every member of a .docx, so that the same source gives the same bytes."""
NUMBER_FORMATS = {"一": "chineseCountingThousand", "1": "decimal"}
NUMBERING_ID = 900
"""Of the list that numbers headings; the ids of python-docx's template end far below."""


def as_docx(source: Source, target: Path) -> None:
    """A Word file with heading styles, real tables, and automatic numbers where the source asks for them."""
    import docx

    document = docx.Document()
    _fonts(document, source.settings.get("font", "宋体"))
    _describe(document, source)
    patterns = source.settings.get("numbers", "").split()
    if patterns:
        _define_numbers(document, patterns)
    for block in blocks(source):
        if isinstance(block, list):
            _docx_table(document, block)
        elif block.kind != "buttons" and block.number + block.text:
            _docx_line(document, block, numbered=bool(patterns))
    if running := source.settings.get("running"):
        _running(document, running)
    target.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(target))
    _settle(target)


def _fonts(document: Document, name: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for style in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(attribute), name)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    document.styles["Normal"].font.size = Pt(11)


def _describe(document: Document, source: Source) -> None:
    """Language and properties, in place of those of python-docx's template."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    document.core_properties.author = "wenbao"
    document.core_properties.comments = "示例，内容均为虚构"
    document.core_properties.title = "".join(line.text for line in source.lines if line.kind == "title")


def _docx_line(document: Document, line: Line, *, numbered: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if line.kind == "heading":
        automatic = numbered and line.number
        heading = document.add_heading(line.text if automatic else line.number + line.text, level=line.depth)
        if automatic:
            _number(heading, line.depth)
        return
    paragraph = document.add_paragraph(line.text, style="Title" if line.kind == "title" else None)
    if line.kind in ("title", "centred", "caption"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _define_numbers(document: Document, patterns: list[str]) -> None:
    """A multi-level list: pattern "（一）" at depth 2 becomes Word's "（%2）" in Chinese numerals."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    levels = ""
    for level, pattern in enumerate(patterns):
        sign = "一" if "一" in pattern else "1"
        first = level + 1 - pattern.count(sign) + 1
        text = "".join(f"%{first + at}{part}" for at, part in enumerate(pattern.split(sign)[1:]))
        text = pattern.split(sign)[0] + text
        gap = "nothing" if pattern[-1] in "、.）" else "space"
        levels += (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{NUMBER_FORMATS[sign]}"/>'
            f'<w:suff w:val="{gap}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        )
    root = document.part.numbering_part.element
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERING_ID}">{levels}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    number = f'<w:num {nsdecls("w")} w:numId="{NUMBERING_ID}"><w:abstractNumId w:val="{NUMBERING_ID}"/></w:num>'
    root.append(parse_xml(number))


def _number(heading: Paragraph, depth: int) -> None:
    properties = heading._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - no public way to number
    properties.get_or_add_ilvl().val = depth - 1
    properties.get_or_add_numId().val = NUMBERING_ID


def _docx_table(document: Document, block: list[Line]) -> None:
    rows = [line.cells for line in block if line.kind == "row"]
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for r, row in enumerate(rows):
        for c, wide, high in spans(rows, r):
            cell = table.cell(r, c).merge(table.cell(r + high - 1, c + wide - 1))
            cell.text = row[c]
    _repeat_header(table, header_rows(block))


def _repeat_header(table: Table, rows: int) -> None:
    from docx.oxml import OxmlElement

    for row in list(table.rows)[:rows]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no public way to repeat it


def _running(document: Document, text: str) -> None:
    """A line atop every page and the page's number below."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    section = document.sections[0]
    section.header.paragraphs[0].text = text
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("- ")
    footer._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>'))  # noqa: SLF001 - fields have no API
    footer.add_run(" -")


def _settle(path: Path) -> None:
    """Give every member of a .docx the same date."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
