"""Scans, read with the extra `ocr`; skipped where it, Pillow or a Chinese font is missing."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.read import read_source
from corpus.readers import read_sources
from corpus.records import Problem, Source

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

pytest.importorskip("rapidocr")
pytest.importorskip("onnxruntime")
pytest.importorskip("PIL")

Font = Callable[[int], "FreeTypeFont"]

ROOT = Path(__file__).parents[3]
DPI = 150

TITLE = "云汀市第二职业学校质量年报"
LINES = [
    "一、学校概况",
    "\u3000\u3000云汀市第二职业学校现有在校生2310人，专任教师168人，其中双师型教师",
    "占比达到72.5%，比上年提高3个百分点，学校占地面积12.6万平方米。",
    "（一）专业设置",
    "\u3000\u3000学校开设数控技术应用、电子商务等18个专业，当年新增工业机器人技术应",
    "用专业，与栖鹭精密机械有限公司共建实训基地3个。",
]


@pytest.fixture(scope="session")
def font() -> Font:
    """A Chinese font of the machine in any size, in pixels."""
    from PIL import ImageFont

    match = shutil.which("fc-match")
    if match is None:
        pytest.skip("fontconfig is not installed")
    found = subprocess.run([match, "-f", "%{file}\t%{index}\t%{lang}", ":lang=zh-cn"], capture_output=True, check=True)
    file, index, languages = found.stdout.decode().split("\t")
    if "zh-cn" not in languages:
        pytest.skip("no Chinese font is installed")
    return lambda size: ImageFont.truetype(file, size, index=int(index))


@pytest.fixture(scope="session")
def scan(font: Font) -> bytes:
    """Two pages: a title in large type and text, then text alone."""
    return scanned([(TITLE, LINES), ("", LINES)], font)


def scanned(pages: Sequence[tuple[str, Sequence[str]]], font: Font) -> bytes:
    """A .pdf of pages that are pictures of a title and lines."""
    from PIL import Image, ImageDraw

    pictures = []
    for title, lines in pages:
        picture = Image.new("L", (595 * DPI // 72, 842 * DPI // 72), 250)
        draw = ImageDraw.Draw(picture)
        draw.text((300, 150), title, font=font(44), fill=20)
        for at, line in enumerate(lines):
            draw.text((170, 280 + 48 * at), line, font=font(25), fill=20)
        pictures.append(picture)
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", resolution=DPI, save_all=True, append_images=pictures[1:])
    return buffer.getvalue()


def alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@pytest.fixture(scope="session")
def source(scan: bytes, tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The scan, read once: it takes seconds a page."""
    path = tmp_path_factory.mktemp("ocr") / "a.pdf"
    path.write_bytes(scan)
    (found,) = read_sources(path)
    assert isinstance(found, Source)
    return found


def test_a_scan_is_read(source: Source) -> None:
    """Its lines are blocks with pages, indents and headings as in a text layer; a problem says how they were read."""
    assert [block.page for block in source.blocks] == [1] * 7 + [2] * 6
    assert (
        alike("".join(b.text.strip() for b in source.blocks), (TITLE + "".join(LINES) * 2).replace("\u3000", "")) > 0.97
    )
    assert [block.style for block in source.blocks] == ["heading"] + ["body"] * 12
    indented = [block.text.startswith("\u3000\u3000") for block in source.blocks[1:]]
    assert indented == [line.startswith("\u3000") for line in LINES] * 2
    assert [(p.code, p.message.split(" are ")[0]) for p in source.problems] == [("recognised", "Pages 1-2")]


def test_a_scan_gives_a_report(source: Source) -> None:
    """Wrapped lines are joined, sections found and passages cut with their pages, as for any .pdf."""
    report = read_source(source)
    assert [(s.level, s.title) for s in report.sections if s.kind == "heading"][:2] == [
        (1, "学校概况"),
        (2, "专业设置"),
    ]
    assert "其中双师型教师占比达到72.5%" in report.text
    assert {passage.page for passage in report.passages} == {1, 2}


def test_nothing_is_fetched(font: Font, tmp_path: Path) -> None:
    """Recognition works with every outgoing connection and name lookup fatal, and writes nothing to the terminal."""
    guard = (
        "import sys\n"
        "def refuse(event, args):\n"
        "    if event in {'socket.connect', 'socket.getaddrinfo'}: raise SystemExit('outgoing ' + repr(args))\n"
        "sys.addaudithook(refuse)\n"
        "from pathlib import Path\n"
        "from corpus.readers import read_sources\n"
        "(source,) = read_sources(Path(sys.argv[1]))\n"
        "sys.exit(source.problems[0].code != 'recognised')\n"
    )
    (tmp_path / "a.pdf").write_bytes(scanned([(TITLE, [])], font))
    command = [sys.executable, "-c", guard, str(tmp_path / "a.pdf")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_only_so_many_pages_are_recognised(
    scan: bytes, read_one: Callable[[bytes, str], Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the cap pages are left out, and the problem says to split the file."""
    monkeypatch.setattr("corpus.readers.pdf_pages.MAX_OCR_PAGES", 1)
    source = read_one(scan, "a.pdf")
    assert {block.page for block in source.blocks} == {1}
    assert [problem.code for problem in source.problems] == ["scan", "recognised"]
    assert "split it" in source.problems[0].message


def test_a_picture_without_text(make_pdf: Callable[..., bytes], read_problem: Callable[[bytes, str], Problem]) -> None:
    """Where nothing is recognised the file is a scan that could not be read."""
    picture = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q\n"
    problem = read_problem(make_pdf([picture]), "a.pdf")
    assert problem.code == "scan"
    assert "could be recognised" in problem.message
