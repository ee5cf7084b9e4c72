"""Old Word files, through LibreOffice or the light programs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.records import Problem, Source

ReadOne = Callable[[bytes, str], Source]
MakeDocx = Callable[..., bytes]

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
)
BODY = (
    '<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>一、概况</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>全市共有中等职业学校十二所。</w:t></w:r></w:p>"
    '<w:tbl><w:tblPr><w:tblW w:w="4000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/>'
    '<w:gridCol w:w="2000"/>'
    "</w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>学校</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>人数</w:t></w:r></w:p>"
    "</w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>南湾</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p>"
    "</w:tc></w:tr></w:tbl>" + "<w:p><w:r><w:t>各校稳步推进专业建设。</w:t></w:r></w:p>" * 60
)


@pytest.fixture
def convert(make_docx: MakeDocx, tmp_path: Path) -> Callable[[str], bytes]:
    """Our document saved by LibreOffice in another format."""

    def call(kind: str) -> bytes:
        (tmp_path / "d.docx").write_bytes(make_docx(BODY, styles=STYLES))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
        subprocess.run([*command, str(tmp_path / "d.docx")], check=True, capture_output=True, timeout=120)
        return (tmp_path / f"d.{kind}").read_bytes()

    return call


@needs_office
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_old_formats_keep_headings_and_tables(convert: Callable[[str], bytes], read_one: ReadOne, kind: str) -> None:
    """Through LibreOffice a .doc, .rtf or .odt is read as the .docx that it was."""
    blocks = read_one(convert(kind), "a.bin").blocks
    assert (blocks[0].text, blocks[0].style, blocks[0].depth) == ("一、概况", "heading", 1)
    assert blocks[1].text == "全市共有中等职业学校十二所。"
    assert blocks[2].grid is not None
    assert [cell.text for cell in blocks[2].grid.cells] == ["学校", "人数", "南湾", "12"]


@needs_office
@pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
def test_antiword_steps_in(
    convert: Callable[[str], bytes], read_one: ReadOne, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where LibreOffice is missing the text is read as lines, and the problem says what was lost."""
    data = convert("doc")
    (tmp_path / "antiword").symlink_to(str(shutil.which("antiword")))
    monkeypatch.setenv("PATH", str(tmp_path))
    source = read_one(data, "a.doc")
    assert "全市共有中等职业学校十二所。" in [block.text.strip() for block in source.blocks]
    assert [problem.code for problem in source.problems] == ["plain-conversion"]


@needs_office
def test_no_converter(
    convert: Callable[[str], bytes],
    read_problem: Callable[[bytes, str], Problem],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where no program is there the message names what to install."""
    data = convert("doc")
    monkeypatch.setenv("PATH", str(tmp_path))
    problem = read_problem(data, "a.doc")
    assert problem.code == "no-converter"
    assert "libreoffice-writer-nogui" in problem.message


def test_a_program_that_hangs_is_stopped(
    read_problem: Callable[[bytes, str], Problem], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A converter that doesn't end is stopped with its children after the time limit."""
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n/bin/sleep 600 &\n/bin/sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("corpus.readers.doc.CONVERT_SECONDS", 1)
    problem = read_problem(b"{\\rtf1 x}", "a.rtf")
    assert problem.code == "damaged"
    assert "1 s" in problem.message
