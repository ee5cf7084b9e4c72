"""Makes the sample reports of `corpus/samples/reports` from their sources in `corpus/samples/source`.

    python -m benchmarks.make_samples            everything
    python -m benchmarks.make_samples s06 s07    those whose names begin so

A source is named after what it becomes, plus ".md": `s06_qilu_school_2023.docx.md`; `sample_source` tells how it is
written. A .pdf is made from the .docx by LibreOffice (`soffice` on the PATH, Noto CJK fonts), the others need nothing
but python-docx. The same source gives the same .txt, .html and .docx, byte for byte; LibreOffice dates its files.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.sample_docx import as_docx
from benchmarks.sample_source import Line, Source, blocks, header_rows, load, spans

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"

# ── text ─────────────────────────────────────────────────────────────────────────────────────────────


def as_text(source: Source) -> bytes:
    """A .txt as office programs export it: tables one cell a line, tab first, rows parted by blank lines."""
    width = int(source.settings.get("wrap", "0"))
    lines: list[str] = []
    for block in blocks(source):
        if isinstance(block, list):
            for row in (line for line in block if line.kind == "row"):
                lines += [f"\t{'' if cell == '^' else cell}" for cell in row.cells if cell != "<"] + [""]
            lines.append("")
        elif block.kind != "buttons":
            text = block.number + block.text
            wrap = width and block.kind == "body"
            lines += _wrap(text, width) if wrap else [text]
    return ("\n".join(lines) + "\n").encode(source.settings.get("encoding", "utf-8"))


def _wrap(text: str, width: int) -> list[str]:
    """Lines of `width` columns, an ASCII character taking one and any other two, as a terminal breaks them.

    Numbers and words stay whole.
    """
    lines, room = [""], width
    for piece in re.findall(r"[!-~]+|.", text):
        columns = sum(1 if character.isascii() else 2 for character in piece)
        if columns > room:
            lines.append("")
            room = width
        lines[-1] += piece
        room -= columns
    return lines


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
    """A web page; what stands above the title is its navigation.

    With `headings: bold` its headings are bold paragraphs, as Word exports them.
    """
    title = "".join(line.text for line in source.lines if line.kind == "title")
    body = [_html_table(b) if isinstance(b, list) else _html_line(b, source.settings) for b in blocks(source)]
    above = next(at for at, line in enumerate(source.lines) if line.kind == "title")
    body = ["<nav>", *body[:above], "</nav>", *body[above:]]
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
    head, rows = header_rows(block), [line.cells for line in block if line.kind == "row"]
    out = []
    for r, row in enumerate(rows):
        tag = "th" if r < head else "td"
        cells = [
            f"<{tag}{_span('colspan', wide)}{_span('rowspan', high)}>{_html_cell(row[c])}</{tag}>"
            for c, wide, high in spans(rows, r)
        ]
        out.append(f"<tr>{''.join(cells)}</tr>")
    return "<table>\n" + "\n".join(out) + "\n</table>"


def _html_cell(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""


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
