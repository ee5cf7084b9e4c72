"""From paths to reports: which files are read, what is said of bad ones, and the JSON that shows it all."""

import json
from pathlib import Path

import pytest

from corpus.errors import ReadError
from corpus.inspect import as_json
from corpus.read import find_files, read_path, read_source
from corpus.records import Block, Source

TEXT = "海州市年度报告\n一、情况\n学校二十所。\n表1 规模\n学校\t人数\n甲校\t10\n乙校\t20\n数据来源：年鉴\n"


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    """Every file once, by name; hidden, lock and temporary files are left out, a named one never."""
    for name in (
        "b.txt",
        "a/2.txt",
        "a/1.txt",
        ".hidden",
        "~$b.docx",
        ".~lock.b.odt#",
        "c.tmp",
        "d.crdownload",
        ".git/x",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    expected = [tmp_path / "a/1.txt", tmp_path / "a/2.txt", tmp_path / "b.txt"]
    assert find_files([tmp_path]) == expected
    assert find_files([tmp_path / "c.tmp", tmp_path / "a", tmp_path]) == [tmp_path / "c.tmp", *expected]


def test_a_missing_path_says_what_to_do(tmp_path: Path) -> None:
    """The error names the path and carries a remedy."""
    with pytest.raises(ReadError, match=r"nowhere does not exist\. \S") as caught:
        find_files([tmp_path / "nowhere"])
    assert caught.value.code == "missing"


def test_bad_content_is_a_problem_not_an_error(tmp_path: Path) -> None:
    """An empty file, and one that is no text at all, give no report and a problem that names the file."""
    for name, data in (
        ("empty.txt", b""),
        ("broken.docx", b"PK\x03\x04" + b"\x00" * 50),
        ("broken.pdf", b"%PDF-1.7\n%%EOF"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        reading = read_path(path)
        assert not reading.reports
        assert [problem.file for problem in reading.problems] == [name]
        assert all(problem.code and problem.message for problem in reading.problems)


def test_json_has_the_shape_of_the_contract(tmp_path: Path) -> None:
    """Exactly the fields that `wenbao inspect --json` promises, with spans of the text."""
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    reading = read_path(path)
    shown = json.loads(json.dumps(as_json(reading), ensure_ascii=False))
    assert list(shown) == ["report", "sections", "tables", "passages", "problems"]
    assert set(shown["report"]) == {
        *("title", "publisher", "kind", "level", "region", "school", "year", "data_years", "date"),
    }
    assert list(shown["sections"][0]) == ["id", "kind", "level", "number", "title", "start", "end", "line"]
    assert shown["tables"] == [
        {
            "caption": "表1 规模",
            "columns": ["学校", "人数"],
            "rows": [["甲校", "10"], ["乙校", "20"]],
            "unit": "",
            "source": "数据来源：年鉴",
            "line": 4,
        }
    ]
    text = reading.reports[0].text
    for passage in shown["passages"]:
        assert list(passage) == ["id", "section", "kind", "text", "start", "end", "page"]
        assert text[passage["start"] : passage["end"]] == passage["text"]


def test_places_map_the_text_back_to_the_file() -> None:
    """Every paragraph and every table row knows its line."""
    lines = TEXT.rstrip("\n").split("\n")
    report = read_source(Source("x.txt", "0" * 64, tuple(Block(line, n) for n, line in enumerate(lines, 1))))
    for n, line in enumerate(lines, 1):
        assert report.place(report.text.index(line)).line == n


def test_an_empty_source_is_an_empty_report() -> None:
    """Nothing but blank lines gives a report without sections."""
    report = read_source(Source("x.txt", "0" * 64, (Block("", 1), Block(" \t", 2))))
    assert (report.text, report.sections, report.passages) == ("", (), ())


@pytest.mark.parametrize(
    "text",
    [
        "学校组织培训，" * 400_000,
        "[bookmark: " * 200_000,
        "\t" * 1_000_000,
        "1." * 1_000_000,
        "（" * 1_000_000,
        "一、" * 500_000,
        " " * 2_000_000 + "a",
        "目录\n" + "\n".join(f"条目{n}" for n in range(5000)) * 2,
        "报告\n" + "\n".join("\tx" for _ in range(20_000)),
        "报告\n" + "\n".join(f"{n % 9 + 1}.标题" for n in range(20_000)),
    ],
    ids=["sentence", "bookmarks", "tabs", "dots", "brackets", "numbers", "blanks", "contents", "cells", "headings"],
)
@pytest.mark.timeout(60)
def test_no_text_takes_forever(text: str) -> None:
    """Long lines and endless rows of anything are read in time that grows with their length."""
    blocks = tuple(Block(line, n) for n, line in enumerate(text.split("\n"), 1))
    read_source(Source("x.txt", "0" * 64, blocks))
