r"""Makes the sample reports of `corpus/samples/reports` from their sources in `corpus/samples/source`.

    python benchmarks/make_samples.py            everything
    python benchmarks/make_samples.py s06 s07    those whose names begin so

A source is named after what it becomes, plus ".md": `s06_qilu_school_2023.docx.md`. A .pdf is made from the
.docx by LibreOffice (`soffice` on the PATH, Noto CJK fonts), the others need nothing but this file and
python-docx. The same source gives the same .txt, .html and .docx, byte for byte; LibreOffice dates its files.

A source begins with settings (`encoding: gb18030`), ends them with `---`, and goes on line by line:

    # title          the report's title, may stand on two lines
    = line           centred: publisher, date
    ## 一、|title     heading of depth 1 (### 2, #### 3); the bar parts number and title, as Word numbers by itself
                     where the setting `numbers` gives its patterns ("一、 （一） 1.")
    @ caption        of a table or figure
    |a|b|            table row; `<` merges with the cell to the left, `^` with the one above; `|-` ends the header;
                     a "\n" breaks the line inside a cell
    % a | b          buttons of a web page, left out elsewhere
    anything else    a paragraph; a blank line stays in a .txt
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
EPOCH = (2024, 1, 1, 0, 0, 0)
"""The date of every member of a .docx, so that the same source gives the same bytes."""

Kind = Literal["title", "centred", "heading", "caption", "row", "rule", "buttons", "body"]
MARKS: dict[str, Kind] = {"#": "title", "=": "centred", "@": "caption", "%": "buttons"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source; `number` and `depth` belong to headings, `cells` to rows and buttons."""

    kind: Kind
    text: str = ""
    number: str = ""
    depth: int = 0
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A source: the name of the file it becomes, its settings and lines."""

    name: str
    settings: dict[str, str]
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Everything a reader of the finished file sees, buttons left out."""
        return "\n".join(
            "\n".join(line.cells) or line.number + line.text for line in self.lines if line.kind != "buttons"
        )


def load(path: Path) -> Source:
    """The source at `path` ("….docx.md")."""
    head, _, body = path.read_text(encoding="utf-8").partition("---\n")
    settings = dict(re.findall(r"^(\w+): (.+)$", head, re.MULTILINE))
    return Source(path.name.removesuffix(".md"), settings, tuple(_line(text) for text in body.splitlines()))


def _line(text: str) -> Line:
    if text.startswith("|-"):
        return Line("rule")
    if text.startswith("|"):
        return Line("row", cells=tuple(text[1:].removesuffix("|").replace(r"\n", "\n").split("|")))
    if heading := re.match(r"(##+) (?:([^|]*)\|)?(.*)", text):
        return Line("heading", heading[3], heading[2] or "", len(heading[1]) - 1)
    kind = MARKS.get(text[:1]) if text[1:2] == " " else None
    if kind == "buttons":
        return Line(kind, cells=tuple(part.strip() for part in text[2:].split("|")))
    return Line(kind, text[2:]) if kind else Line("body", text)


def _blocks(source: Source) -> Iterator[Line | list[Line]]:
    """Lines, and the rows of a table together."""
    for table, lines in groupby(source.lines, key=lambda line: line.kind in ("row", "rule")):
        if table:
            yield list(lines)
        else:
            yield from lines


def _header_rows(rows: list[Line]) -> int:
    return next((at for at, line in enumerate(rows) if line.kind == "rule"), 0)


# ── text ─────────────────────────────────────────────────────────────────────────────────────────────


def as_text(source: Source) -> bytes:
    """A .txt as office programs export it: tables one cell a line, tab first, rows parted by blank lines."""
    width = int(source.settings.get("wrap", "0"))
    lines: list[str] = []
    for block in _blocks(source):
        if isinstance(block, list):
            for row in (line for line in block if line.kind == "row"):
                lines += [f"\t{'' if cell == '^' else cell}" for cell in row.cells if cell != "<"] + [""]
            lines.append("")
        elif block.kind != "buttons":
            text = block.number + block.text
            wrap = width and block.kind == "body"
            lines += textwrap.wrap(text, width, break_long_words=True) if wrap and text else [text]
    return ("\n".join(lines) + "\n").encode(source.settings.get("encoding", "utf-8"))


# ── web page ─────────────────────────────────────────────────────────────────────────────────────────

PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>body{{font-family:sans-serif;max-width:48em;margin:auto}} td,th{{border:1px solid}}</style>
<script>function fontSize(n){{document.body.style.fontSize=n+'px'}}</script>
</head>
<body>
{body}
</body>
</html>
"""


def as_html(source: Source) -> bytes:
    """A web page; with `headings: bold` its headings are bold paragraphs, as Word exports them."""
    title = "".join(line.text for line in source.lines if line.kind == "title")
    body = [_html_table(b) if isinstance(b, list) else _html_line(b, source.settings) for b in _blocks(source)]
    return PAGE.format(title=html.escape(title), body="\n".join(filter(None, body))).encode("utf-8")


def _html_line(line: Line, settings: dict[str, str]) -> str:
    text = html.escape(line.number + line.text, quote=False)
    if line.kind == "buttons":
        links = "".join(f'<a href="javascript:void(0)">{html.escape(cell)}</a> ' for cell in line.cells)
        return f'<div class="tools">{links}</div>'
    if not text:
        return ""
    tags = {"title": "h1", "heading": f"h{line.depth + 1}"}
    if settings.get("headings") == "bold":
        return f"<p><b>{text}</b></p>" if line.kind in tags else f"<p>{text}</p>"
    if line.kind in ("centred", "caption"):
        return f'<p align="center">{text}</p>'
    tag = tags.get(line.kind, "p")
    return f"<{tag}>{text}</{tag}>"


def _html_table(block: list[Line]) -> str:
    head, rows = _header_rows(block), [line.cells for line in block if line.kind == "row"]
    out = []
    for r, row in enumerate(rows):
        tag = "th" if r < head else "td"
        cells = [
            f"<{tag}{_span('colspan', wide)}{_span('rowspan', high)}>{_html_cell(row[c])}</{tag}>"
            for c, wide, high in _spans(rows, r)
        ]
        out.append(f"<tr>{''.join(cells)}</tr>")
    return "<table>\n" + "\n".join(out) + "\n</table>"


def _html_cell(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""


def _spans(rows: list[tuple[str, ...]], r: int) -> Iterator[tuple[int, int, int]]:
    """(column, columns it spans, rows it spans) of every cell that begins in row `r`."""
    for c, cell in enumerate(rows[r]):
        if cell not in ("<", "^"):
            wide = 1 + next((n for n, x in enumerate(rows[r][c + 1 :]) if x != "<"), len(rows[r]) - c - 1)
            high = 1 + next((n for n, row in enumerate(rows[r + 1 :]) if row[c] != "^"), len(rows) - r - 1)
            yield c, wide, high


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────────

NUMBER_FORMATS = {"一": "chineseCountingThousand", "1": "decimal"}
NUMBERING_ID = 900
"""Of the list that numbers headings; the ids of python-docx's template end far below."""


def as_docx(source: Source, target: Path) -> None:
    """A Word file with heading styles, real tables, and automatic numbers where the source asks for them."""
    import docx

    document = docx.Document()
    _fonts(document, source.settings.get("font", "宋体"))
    patterns = source.settings.get("numbers", "").split()
    if patterns:
        _define_numbers(document, patterns)
    for block in _blocks(source):
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
        for c, wide, high in _spans(rows, r):
            cell = table.cell(r, c).merge(table.cell(r + high - 1, c + wide - 1))
            cell.text = row[c]
    _repeat_header(table, _header_rows(block))


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


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────


def as_pdf(source: Source, target: Path) -> None:
    """The Word file, printed by LibreOffice in a profile of its own; CJK fonts are embedded as subsets."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("A .pdf is made by LibreOffice: install it (apt install libreoffice-writer-nogui).")
    settings = {"font": "Noto Sans CJK SC"} | source.settings
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / f"{target.stem}.docx"
        as_docx(Source(source.name, settings, source.lines), word)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(target.parent), str(word)]
        subprocess.run(convert, check=True, capture_output=True, timeout=180)  # noqa: S603 - our own arguments


def make(source: Source, folder: Path) -> Path:
    """Write the report of `source` into `folder`."""
    target = folder / source.name
    if target.suffix == ".docx":
        as_docx(source, target)
    elif target.suffix == ".pdf":
        as_pdf(source, target)
    else:
        target.write_bytes(as_html(source) if target.suffix == ".html" else as_text(source))
    return target


def main(prefixes: list[str]) -> None:
    """Make the reports whose names begin with one of `prefixes`, or all."""
    for path in sorted((SAMPLES / "source").glob("*.md")):
        if not prefixes or path.name.startswith(tuple(prefixes)):
            target = make(load(path), SAMPLES / "reports")
            print(f"{target.name}  {target.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
