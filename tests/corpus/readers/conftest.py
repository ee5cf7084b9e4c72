"""Small files of our own in every format, made from scratch, and the reader under test."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from corpus.readers import read_sources
from corpus.records import Grid, Problem, Source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)

Read = Callable[..., "list[Source | Problem]"]
MakeDocx = Callable[..., bytes]
MakePdf = Callable[..., bytes]
MakeZip = Callable[..., bytes]


@pytest.fixture
def memory_below() -> Callable[[int], AbstractContextManager[None]]:
    """Checks that what stands under it takes less than some bytes at its peak, above what was taken before."""

    def resident(name: str) -> int:
        found = re.search(rf"{name}:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
        assert found
        return int(found[1]) << 10

    @contextmanager
    def check(most: int) -> Iterator[None]:
        before = resident("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # proc(5): resets the peak
        yield
        assert resident("VmHWM") - before < most

    return check


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Writes bytes to a file of this name and reads it back."""

    def call(data: bytes, name: str) -> list[Source | Problem]:
        path = tmp_path / name
        path.write_bytes(data)
        return list(read_sources(path))

    return call


@pytest.fixture
def read_one(read: Read) -> Callable[[bytes, str], Source]:
    """As `read`, for a file that must give one source."""

    def call(data: bytes, name: str) -> Source:
        (found,) = read(data, name)
        assert isinstance(found, Source), found
        return found

    return call


@pytest.fixture
def read_problem(read: Read) -> Callable[[bytes, str], Problem]:
    """As `read`, for a file that must give nothing but one problem."""

    def call(data: bytes, name: str) -> Problem:
        (found,) = read(data, name)
        assert isinstance(found, Problem), found
        assert found.file == name
        assert found.message.endswith(".")
        return found

    return call


@pytest.fixture
def rows() -> Callable[[Grid], list[list[str]]]:
    """A grid as rows of texts; a merged cell repeats its text over its span."""

    def call(grid: Grid) -> list[list[str]]:
        height = max(cell.row + cell.row_span for cell in grid.cells)
        width = max(cell.column + cell.column_span for cell in grid.cells)
        table = [["?"] * width for _ in range(height)]
        for cell in grid.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    assert table[row][column] == "?", "two cells in one place"
                    table[row][column] = cell.text
        return table

    return call


@pytest.fixture
def make_zip() -> MakeZip:
    """A zip archive of (name, bytes)."""

    def call(entries: Mapping[str, bytes] | Sequence[tuple[str, bytes]]) -> bytes:
        pairs = entries.items() if isinstance(entries, Mapping) else entries
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in pairs:
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return buffer.getvalue()

    return call


@pytest.fixture
def make_docx(make_zip: MakeZip) -> MakeDocx:
    """A .docx of raw XML: the body's content, and parts by name ("numbering", "styles", "footnotes")."""

    def call(body: str, **parts: str) -> bytes:
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{word}.{name}+xml"/>' for name in parts
        )
        relations = "".join(
            f'<Relationship Id="r{n}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
        )
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        files = {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{word}.document.main+xml"/>{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{relations}</Relationships>',
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
            **{f"word/{name}.xml": f"<w:{name} {NAMESPACES}>{xml}</w:{name}>" for name, xml in parts.items()},
        }
        return make_zip({name: f'<?xml version="1.0" encoding="UTF-8"?>{xml}'.encode() for name, xml in files.items()})

    return call


@pytest.fixture
def make_pdf() -> MakePdf:
    """A .pdf with a Chinese text layer; a page is its drawing operators, made by `show` and `rule` or raw."""

    def call(
        pages: Sequence[str], *, outline: Sequence[tuple[str, int]] = (), encrypt: bool = False, page: str = ""
    ) -> bytes:
        objects = {
            3: "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
            4: "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
            "/Supplement 2>>/DW 1000/FontDescriptor 5 0 R>>",
            5: "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
            "/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
        }
        kids = []
        for at, drawing in enumerate(pages):
            number = 10 + 2 * at
            kids.append(f"{number} 0 R")
            objects[number] = (
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]{page}/Resources<</Font<</F 3 0 R>>>>"
                f"/Contents {number + 1} 0 R>>"
            )
            objects[number + 1] = f"<</Length {len(drawing.encode('latin-1'))}>>stream\n{drawing}\nendstream"
        objects[2] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
        objects[1] = "<</Type/Catalog/Pages 2 0 R" + ("/Outlines 6 0 R>>" if outline else ">>")
        first = 10 + 2 * len(pages)
        for at, (title, to) in enumerate(outline):
            following = f"/Next {first + at + 1} 0 R" if at + 1 < len(outline) else ""
            code = "FEFF" + title.encode("utf-16-be").hex().upper()
            objects[first + at] = f"<</Title<{code}>/Parent 6 0 R/Dest[{10 + 2 * to} 0 R /Fit]{following}>>"
        if outline:
            objects[6] = f"<</First {first} 0 R/Last {first + len(outline) - 1} 0 R/Count {len(outline)}>>"
        if encrypt:
            objects[7] = f"<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>"
        return _pdf_file(objects, "/Encrypt 7 0 R/ID[<00><00>]" if encrypt else "")

    return call


def _pdf_file(objects: Mapping[int, str], trailer: str) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = {}
    for number in sorted(objects):
        offsets[number] = len(out)
        out += f"{number} 0 obj\n{objects[number]}\nendobj\n".encode("latin-1")
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        out += f"{number} 1\n{offset:010d} 00000 n \n".encode()
    size = max(objects) + 1
    return out + f"trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode()


@pytest.fixture
def show() -> Callable[..., str]:
    """Operators that write a text at a place, in points from the lower left."""

    def call(x: float, y: float, text: str, size: float = 12) -> str:
        return f"BT /F {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"

    return call


@pytest.fixture
def ruled(show: Callable[..., str]) -> Callable[..., str]:
    """Operators that draw a table with all its rules, its upper left corner at (x, y)."""

    def call(x: float, y: float, cells: Sequence[Sequence[str]], *, width: float = 120, height: float = 24) -> str:
        drawn = ""
        bottom, right = y - height * len(cells), x + width * len(cells[0])
        for at in range(len(cells) + 1):
            drawn += f"{x} {y - at * height} m {right} {y - at * height} l S\n"
        for at in range(len(cells[0]) + 1):
            drawn += f"{x + at * width} {y} m {x + at * width} {bottom} l S\n"
        for row, texts in enumerate(cells):
            for column, text in enumerate(texts):
                if text:
                    drawn += show(x + column * width + 6, y - (row + 1) * height + 7, text)
        return drawn

    return call
