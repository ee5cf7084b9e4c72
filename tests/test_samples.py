"""The sample reports, their questions and the script that makes them.

`WENBAO_REGENERATE=1 pytest tests/test_samples.py` makes the reports anew from their sources before it checks them.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from corpus.read import read_path
from corpus.records import Report

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpus" / "samples"
SOURCES = sorted((SAMPLES / "source").glob("*.md"))
REPORTS = [SAMPLES / "reports" / path.name.removesuffix(".md") for path in SOURCES]
QUESTION_FILES = [SAMPLES / "questions.jsonl", ROOT / "tests" / "data" / "sample_questions_more.jsonl"]
NOTICE = "（本报告为 wenbao 示例，学校、地名、数字均为虚构）"
PLACES = {"云汀市", "朔岩市", "栖鹭区", "碧崖县", "望驼县"}
"""The two cities, and what lies in them where a report doesn't name its city."""
FIELDS = {"id", "lang", "question", "type", "report", "evidence", "answer", "answer_keys", "difficulty"}
OPTIONAL = {"evidence_alt", "need", "cell", "answer_key_alts"}
TYPES = {"fact", "number", "table", "list", "compare", "case", "how/why", "keyword", "none", "alias", "filter"}


class Cell(NamedTuple):
    """A table question's cell."""

    row: str
    column: str
    value: str
    caption: str


class Question(NamedTuple):
    """A gold question, as far as these tests look at it."""

    id: str
    lang: str
    question: str
    type: str
    quotes: tuple[tuple[tuple[str, ...], str], ...]
    """The reports it may stand in, and the quote; the alternatives among them."""
    cell: Cell | None
    fields: frozenset[str]


def _questions(path: Path) -> Iterator[Question]:
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        reports = tuple(raw["report"])
        quotes = [(reports, quote) for quote in raw["evidence"]]
        quotes += [((alt["report"],), alt["quote"]) for alts in raw.get("evidence_alt", []) for alt in alts]
        cell = Cell(**raw["cell"]) if "cell" in raw else None
        named = (raw["id"], raw["lang"], raw["question"], raw["type"])
        yield Question(*named, tuple(quotes), cell, frozenset(raw))


QUESTIONS = [question for path in QUESTION_FILES for question in _questions(path)]


def folded(text: str) -> str:
    """As score.py compares: NFKC, lower case, white space dropped."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


@cache
def report(prefix: str) -> Report:
    path = next(path for path in REPORTS if path.name.startswith(prefix))
    return read_path(path).reports[0]


@pytest.fixture(scope="session")
def maker() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        module = importlib.import_module("benchmarks.make_samples")
    if os.environ.get("WENBAO_REGENERATE"):
        module.main([])
    return module


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_file_is_what_the_maker_makes(maker: ModuleType, source: Path, tmp_path: Path) -> None:
    """Each committed report equals what its source gives; LibreOffice's .pdf, which is dated, is only read below."""
    loaded = maker.load(source)
    committed = SAMPLES / "reports" / loaded.name
    if committed.suffix == ".docx":
        assert members(maker.make(loaded, tmp_path)) == members(committed)
    elif committed.suffix != ".pdf":
        assert maker.make(loaded, tmp_path).read_bytes() == committed.read_bytes()


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_nothing_is_lost(maker: ModuleType, source: Path) -> None:
    """Every line and cell of a source stands in the text that is read; bookmarks and the table of contents may go."""
    kept = folded(report(source.name[:3]).text)
    lines = re.sub(r"\[bookmark: \w+\]|.*\t\d+$|目  录$", "", maker.load(source).text, flags=re.MULTILINE).splitlines()
    assert [line for line in lines if line not in ("<", "^") and folded(line) not in kept] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_headings_and_cases_are_sections(maker: ModuleType, source: Path) -> None:
    """Every heading of a source and every case opens a section, with its number and title."""
    read = report(source.name[:3])
    opened = {folded(read.text[s.start : s.end].split("\n")[0]) for s in read.sections if s.kind in ("heading", "case")}
    lines = [line for line in maker.load(source).lines if line.kind == "heading" or line.text.startswith("【案例")]
    wanted = {folded(re.sub(r"\[bookmark: \w+\]", "", line.number + line.text)) for line in lines}
    assert wanted - opened == set()


def test_there_is_enough_of_every_kind() -> None:
    """At least 14 reports, three or more of each format, one .txt in GB18030, all together under 4 MB."""
    formats = Counter(path.suffix for path in REPORTS)
    assert sum(formats.values()) >= 14
    assert min(formats[suffix] for suffix in (".txt", ".docx", ".pdf", ".html")) >= 3
    assert {path.stem[-4:] for path in REPORTS} == {"2021", "2022", "2023"}
    assert sorted(p.name for p in REPORTS) == sorted(p.name for p in (SAMPLES / "reports").iterdir())
    texts = [path.read_bytes() for path in REPORTS if path.suffix == ".txt"]
    assert sum(not _is_utf8(raw) for raw in texts) == 1
    assert all(raw.decode("gb18030") for raw in texts if not _is_utf8(raw))
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 4_000_000


def _is_utf8(raw: bytes) -> bool:
    return raw.decode("utf-8", errors="replace").encode() == raw


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_report_is_read_without_problems(path: Path) -> None:
    """The pipeline reads each report as one, without a problem, 2,000 to 4,500 characters, its notice included."""
    reading = read_path(path)
    (read,) = reading.reports
    assert reading.problems == read.problems == ()
    assert 2000 <= len(read.text) <= 4500
    assert NOTICE in read.text


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_report_tells_what_it_is(maker: ModuleType, source: Path) -> None:
    """Title, year, level and one of the two invented cities are read from the text and agree with the file's name."""
    found = report(source.name[:3]).metadata
    title = "".join(line.text for line in maker.load(source).lines if line.kind == "title")
    _, _, level, year = source.name.partition(".")[0].split("_")
    assert found.title is not None
    assert found.year is not None
    assert found.level is not None
    assert found.region is not None
    assert folded(found.title.value) == folded(title)
    assert found.year.value == int(year)
    assert found.level.value == {"government": "city"}.get(level, level)
    assert PLACES.intersection(found.region.value.names)


def test_question_files_keep_the_format() -> None:
    """Fields, types, languages and ids are those of the shared question sets, each file's ids its own."""
    assert all(q.fields >= FIELDS and q.fields <= FIELDS | OPTIONAL for q in QUESTIONS)
    assert {q.type for q in _questions(QUESTION_FILES[0])} == TYPES
    assert len({q.id for q in QUESTIONS}) == len(QUESTIONS)


def test_sample_questions_are_as_promised() -> None:
    """24 questions, half of them English, three without an answer, the one about 1+X pilots word for word."""
    questions = list(_questions(QUESTION_FILES[0]))
    assert Counter(q.lang for q in questions) == {"zh": 12, "en": 12}
    assert sum(q.type == "none" for q in questions) == 3
    assert "which schools expanded 1+X pilots" in [q.question for q in questions]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_gold_stands_in_the_reports(question: Question) -> None:
    """Every gold quote stands in one line of its report's text, and a question without answer has none."""
    assert bool(question.quotes) == (question.type != "none")
    for prefixes, quote in question.quotes:
        lines = [line for prefix in prefixes for line in report(prefix).text.split("\n")]
        assert any(folded(quote) in folded(line) for line in lines), quote


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.cell], ids=lambda question: question.id)
def test_gold_cells_exist(question: Question) -> None:
    """The table of that caption has that value where row and column meet."""
    cell = question.cell
    assert cell is not None
    tables = [t for t in report(question.quotes[0][0][0]).tables if folded(t.caption) == folded(cell.caption)]
    assert len(tables) == 1
    column = [folded(name) for name in tables[0].columns].index(folded(cell.column))
    values = [row[column].text for row in tables[0].rows if folded(cell.row) in [folded(c.text) for c in row]]
    assert [folded(value) for value in values] == [folded(cell.value)]
