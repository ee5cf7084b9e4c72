"""Files that can't be read: one problem each, with a code, in bounded time and memory; nothing is raised."""

from __future__ import annotations

import hashlib
import io
import time
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.readers import read_sources
from corpus.records import Problem, Source

Read = Callable[[bytes, str], list[Source | Problem]]
ReadProblem = Callable[[bytes, str], Problem]
MakeDocx = Callable[..., bytes]
MakePdf = Callable[..., bytes]
MakeZip = Callable[..., bytes]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
PARAGRAPH = "<w:p><w:r><w:t>正文</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("code", "name", "data"),
    [
        ("empty", "a.txt", b""),
        ("empty", "a.docx", b" \r\n\t"),
        ("empty", "a.txt", b"\0" * 5000),
        ("binary", "a.txt", bytes(range(256)) * 20),
        ("binary", "a.csv", bytes(range(255, -1, -1)) * 20),
        ("unknown-type", "a.rar", b"Rar!\x1a\x07\x00" + bytes(100)),
        ("unknown-type", "a.txt", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("unknown-type", "a.doc", OLE + "PowerPoint Document".encode("utf-16-le")),
        ("encrypted", "a.docx", OLE + "EncryptedPackage".encode("utf-16-le") + b"\0\0"),
        (
            "encrypted",
            "a.doc",
            OLE + b"\xec\xa5".ljust(10, b"\0") + b"\0\x01" + "WordDocument".encode("utf-16-le") + b"\0\0",
        ),
        ("damaged", "a.pdf", b"%PDF-1.7\nnothing else"),
        ("damaged", "a.zip", b"PK\x03\x04" + bytes(100)),
        ("no-text", "a.html", b"<html><body><script>x</script></body></html>"),
    ],
)
def test_codes(read_problem: ReadProblem, code: str, name: str, data: bytes) -> None:
    """Each kind of bad file has its own code."""
    assert read_problem(data, name).code == code


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    """What can't be opened is reported, not raised; `name` is what the user calls it."""
    found = [*read_sources(tmp_path / "none.txt"), *read_sources(tmp_path, name="夹")]
    assert [(p.code, p.file) for p in found if isinstance(p, Problem)] == [
        ("unreadable", "none.txt"),
        ("unreadable", "夹"),
    ]


def test_encrypted_pdf(make_pdf: MakePdf, read_problem: ReadProblem) -> None:
    """A .pdf that asks for a password."""
    assert read_problem(make_pdf([""], encrypt=True), "a.pdf").code == "encrypted"


def test_pdf_without_text(make_pdf: MakePdf, read_problem: ReadProblem) -> None:
    """Blank pages are not a scan."""
    assert read_problem(make_pdf(["", ""]), "a.pdf").code == "no-text"


def test_documents_without_text(make_docx: MakeDocx, read_problem: ReadProblem) -> None:
    """An empty Word document."""
    assert read_problem(make_docx(""), "a.docx").code == "no-text"


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels", "word/styles.xml"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_doctypes_in_word_parts_are_refused(
    make_docx: MakeDocx, make_zip: MakeZip, read_problem: ReadProblem, part: str, codec: str
) -> None:
    """A DOCTYPE in any part that is read stops the reader before its entities count, in any encoding."""
    with zipfile.ZipFile(io.BytesIO(make_docx(PARAGRAPH, styles=""))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts[part].decode().split("?>", 1)[1]
    parts[part] = f'<?xml version="1.0" encoding="{codec}"?>{BOMB}{xml}'.encode(codec)
    assert read_problem(make_zip(parts), "a.docx").code == "doctype"


def _xlsx(*, row: int = 0, column: int = 0) -> dict[str, bytes]:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "甲")
    sheet.write(row, column, "乙")
    book.close()
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_doctypes_in_workbooks_are_refused(make_zip: MakeZip, read_problem: ReadProblem, codec: str) -> None:
    """The same in a workbook's parts."""
    parts = _xlsx()
    xml = parts["xl/workbook.xml"].decode().split("?>", 1)[1]
    parts["xl/workbook.xml"] = f'<?xml version="1.0" encoding="{codec}"?>{BOMB}{xml}'.encode(codec)
    assert read_problem(make_zip(parts), "a.xlsx").code == "doctype"


def test_a_far_off_cell_takes_no_memory(make_zip: MakeZip, read_problem: ReadProblem) -> None:
    """Two cells at opposite corners of a sheet would be 17 thousand million cells when laid out."""
    assert read_problem(make_zip(_xlsx(row=1_048_575, column=16_383)), "a.xlsx").code == "too-large"


def test_zip_bombs_are_refused(make_zip: MakeZip, read_problem: ReadProblem, make_docx: MakeDocx) -> None:
    """Too high a ratio, in an archive or a document, is refused without unpacking."""
    zeros = bytes(50 << 20)
    start = time.perf_counter()
    assert read_problem(make_zip({"a.txt": zeros}), "a.zip").code == "bomb"
    with zipfile.ZipFile(io.BytesIO(make_docx(PARAGRAPH))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert read_problem(make_zip(parts | {"word/media/a.bmp": zeros}), "a.docx").code == "bomb"
    assert time.perf_counter() - start < 20


def test_too_many_entries_are_refused(make_zip: MakeZip, read_problem: ReadProblem) -> None:
    """An archive of 5,001 files."""
    assert read_problem(make_zip([(f"{n}.txt", b"x") for n in range(5001)]), "a.zip").code == "bomb"


def test_archives_too_deep_are_refused(make_zip: MakeZip, read: Read) -> None:
    """Three levels are read, the fourth is reported by its path."""
    data = make_zip({"正文.txt": "年报".encode()})
    for name in ("d.zip", "c.zip"):
        data = make_zip({name: data})
    (source,) = read(data, "b.zip")
    assert isinstance(source, Source)
    (problem,) = read(make_zip({"b.zip": data}), "a.zip")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.file) == ("bomb", "a.zip/b.zip/c.zip/d.zip")


def test_nested_archives_share_one_budget(make_zip: MakeZip, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nested archives expand to is added up."""
    noise = b"".join(hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(2_000))
    monkeypatch.setattr("corpus.readers.archive.Budget.__init__", lambda self: setattr(self, "left", 150_000))
    data = make_zip({name: make_zip({"x": noise}) for name in ("a.zip", "b.zip")})
    assert [item.code for item in read(data, "t.zip") if isinstance(item, Problem)] == ["binary", "bomb"]


def test_a_huge_file_is_not_read(tmp_path: Path, read_problem: ReadProblem) -> None:
    """A sparse file of 1 GB is refused by its size alone; a text of 65 MiB by the cap on text."""
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    start = time.perf_counter()
    (problem,) = read_sources(path)
    assert isinstance(problem, Problem)
    assert problem.code == "too-large"
    assert time.perf_counter() - start < 1
    assert read_problem(b"ab\n" * (22 << 20), "a.txt").code == "too-large"


def test_one_line_of_ten_megabytes(read: Read) -> None:
    """A single line of 10 MB is one block."""
    start = time.perf_counter()
    (source,) = read(("职业教育" * 900_000).encode(), "a.txt")
    assert isinstance(source, Source)
    assert len(source.blocks) == 1
    assert time.perf_counter() - start < 10


def test_a_table_of_ten_thousand_rows(
    make_docx: MakeDocx, read: Read, memory_below: Callable[[int], AbstractContextManager[None]]
) -> None:
    """10,000 rows of 8 columns in Word's verbose XML are read, below 1 GB."""
    cell = '<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:jc w:val="center"/>'
    cell += '</w:pPr><w:r><w:rPr><w:sz w:val="21"/></w:rPr><w:t>{}</w:t></w:r></w:p></w:tc>'
    rows = "".join("<w:tr>" + "".join(cell.format(r * c) for c in range(8)) + "</w:tr>" for r in range(10_000))
    start = time.perf_counter()
    with memory_below(1 << 30):
        (source,) = read(make_docx(f"<w:tbl>{rows}</w:tbl>"), "a.docx")
    assert isinstance(source, Source)
    assert source.blocks[0].grid is not None
    assert len(source.blocks[0].grid.cells) == 80_000
    assert time.perf_counter() - start < 60


def test_deep_nesting_is_damage_not_a_crash(make_docx: MakeDocx, read_problem: ReadProblem) -> None:
    """Content controls 5,000 deep end in a problem."""
    deep = "<w:sdt><w:sdtContent>" * 5000 + PARAGRAPH + "</w:sdtContent></w:sdt>" * 5000
    assert read_problem(make_docx(deep), "a.docx").code == "damaged"


def test_deep_html(read: Read, read_problem: ReadProblem) -> None:
    """Elements 2,000 deep are read, 50,000 deep refused before they are parsed."""
    (source,) = read(b"<html><body>" + b"<div>" * 2_000 + "正文".encode(), "a.html")
    assert isinstance(source, Source)
    assert source.blocks[0].text == "正文"
    start = time.perf_counter()
    assert read_problem(b"<html><body>" + b"<div>" * 50_000 + "正文".encode(), "a.html").code == "damaged"
    assert time.perf_counter() - start < 5


@pytest.fixture
def good_files(make_docx: MakeDocx, make_pdf: MakePdf, make_zip: MakeZip, show: Callable[..., str]) -> dict[str, bytes]:
    """One small readable file of each kind."""
    return {
        "docx": make_docx(PARAGRAPH * 3),
        "pdf": make_pdf([show(72, 700, "年报")]),
        "zip": make_zip({"a.txt": "年报".encode()}),
        "xlsx": make_zip(_xlsx()),
    }


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["docx", "pdf", "zip", "xlsx"]),
    cut=st.floats(0, 1),
    spots=st.lists(st.floats(0, 1), max_size=6),
)
def test_broken_files_never_raise(
    good_files: dict[str, bytes], tmp_path: Path, kind: str, cut: float, spots: list[float]
) -> None:
    """Whatever is cut off or changed in a good file, reading it gives sources or problems."""
    broken = bytearray(good_files[kind][: round(cut * len(good_files[kind]))])
    for spot in spots if broken else []:
        broken[int(spot * (len(broken) - 1))] ^= 0x55
    path = tmp_path / f"a.{kind}"
    path.write_bytes(broken)
    assert all(isinstance(item, Source | Problem) for item in read_sources(path))
