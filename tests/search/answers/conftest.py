"""A small index of invented reports, and questions put to it without a search engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.records import Cell, Found, Metadata, Region, Section, Table
from index.records import Candidate, Filters, Gist, Index, StoredPassage, StoredReport, Vectors
from search.records import Hit, Query, Wanted

Paragraph = tuple[str, str]
"""A heading and the text under it."""


@dataclass(frozen=True)
class Paper:
    """An invented report."""

    publisher: str
    year: int
    paragraphs: tuple[Paragraph, ...]
    city: str | None = None
    tables: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = ()
    """Caption, columns, rows."""


@dataclass
class Shelf:
    """`Index` over invented reports: a paragraph is a passage and a section, a table both too."""

    papers: Sequence[Paper]
    texts: dict[str, str] = field(default_factory=dict)
    stored: list[StoredPassage] = field(default_factory=list)
    snapshot: str = "1"
    encoder_fingerprint: str = "0"

    def __post_init__(self) -> None:
        self._sections: dict[str, list[Section]] = {}
        self._tables: dict[str, list[Table]] = {}
        self._reports: list[StoredReport] = []
        for number, paper in enumerate(self.papers):
            self._add(f"{number:012d}", paper)

    def _add(self, report: str, paper: Paper) -> None:
        region = Found(Region(city=paper.city), 0, 0) if paper.city else None
        school = Found(paper.publisher, 0, 0) if "学校" in paper.publisher else None
        year, publisher = Found(paper.year, 0, 0), Found(paper.publisher, 0, 0)
        meta = Metadata(publisher=publisher, year=year, region=region, school=school)
        self._reports.append(StoredReport(report, f"{paper.publisher}.txt", report, meta, 0, 0))
        self.texts[report], self._sections[report], self._tables[report] = "", [], []
        for heading, text in paper.paragraphs:
            self._paragraph(report, heading, text)
        for caption, columns, rows in paper.tables:
            self._table(report, caption, columns, rows)

    def _write(self, report: str, text: str) -> tuple[int, int]:
        start = len(self.texts[report])
        self.texts[report] += text
        return start, start + len(text)

    def _place(self, report: str, span: tuple[int, int], heading: str, table: int | None = None) -> None:
        sections = self._sections[report]
        kind = "heading" if table is None else "table"
        start, end = span
        body = start
        sections.append(
            Section(len(sections), kind, 1, "", heading, start, end, body, len(sections))  # type: ignore[arg-type]
        )
        row, source = len(self.stored), self._reports[-1]
        passage = f"{report}-{sum(p.report.id == report for p in self.stored)}"
        text = self.texts[report][start:end]
        self.stored.append(
            StoredPassage(
                row,
                passage,
                source,
                len(sections) - 1,
                (heading,),
                "text" if table is None else "table",
                text,
                start,
                end,
                None,
                table,
            )
        )

    def _paragraph(self, report: str, heading: str, text: str) -> None:
        self._write(report, f"{heading}\n")
        self._place(report, self._write(report, text), heading)
        self._write(report, "\n")

    def _table(self, report: str, caption: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
        begin, _ = self._write(report, f"{caption}\n" + "\t".join(columns) + "\n")
        cells = []
        for row in rows:
            line = []
            for text in row:
                line.append(Cell(text, *self._write(report, text)))
                self._write(report, "\t")
            self._write(report, "\n")
            cells.append(tuple(line))
        end, number = len(self.texts[report]), len(self._tables[report])
        section = len(self._sections[report])
        self._tables[report].append(
            Table(number, "table", section, caption, "", "", columns, tuple(cells), begin, end, section)
        )
        self._place(report, (begin, end), caption, number)

    def __len__(self) -> int:
        return len(self.stored)

    def reports(self) -> Sequence[StoredReport]:
        """As in `Index`."""
        return self._reports

    def select(self, filters: Filters) -> NDArray[np.bool_] | None:
        """Reports of one place or school."""
        names = {*filters.regions, *filters.schools}
        return np.array([bool(names & _names(p.report.metadata)) for p in self.stored])

    def nearest(self, vector: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> list[Candidate]:
        """As in `Index`."""
        raise NotImplementedError

    def matching(self, terms: Mapping[str, float], k: int, allowed: NDArray[np.bool_] | None = None) -> list[Candidate]:
        """Terms counted once each."""
        free = [p for p in self.stored if allowed is None or allowed[p.row]]
        scores = [Candidate(p.row, sum(w * (t in p.text) for t, w in terms.items())) for p in free]
        return sorted(scores, key=lambda candidate: -candidate.score)[:k]

    def document_frequency(self, term: str) -> int:
        """As in `Index`."""
        return sum(term in p.text for p in self.stored)

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """As in `Index`."""
        raise NotImplementedError

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """As in `Index`."""
        return [self.stored[row] for row in rows]

    def rows_of(self, report: str) -> range:
        """As in `Index`."""
        rows = [p.row for p in self.stored if p.report.id == report]
        return range(rows[0], rows[-1] + 1)

    def sections(self, report: str) -> Sequence[Section]:
        """As in `Index`."""
        return self._sections[report]

    def tables(self, report: str) -> Sequence[Table]:
        """As in `Index`."""
        return self._tables[report]

    def text(self, report: str) -> str:
        """As in `Index`."""
        return self.texts[report]

    def gists(self) -> dict[str, Gist]:
        """As in `Index`, without any."""
        return {report.id: Gist((), ()) for report in self._reports}


def _names(meta: Metadata) -> set[str]:
    places = meta.region.value.names if meta.region else ()
    return {*places, *([meta.school.value] if meta.school else [])}


PAPERS = (
    Paper(
        "青溪市云台职业技术学校",
        2021,
        (
            (
                "学校概况",
                "学校占地面积约120亩，2021年在校生2310人，比2020年的2250人增加60人。专任教师143人，其中高级职称41人。",
            ),
            ("专业建设", "学校开设园林技术、茶叶生产与加工、陶瓷工艺和物流服务等4个专业。其中陶瓷工艺是省级示范专业。"),
            ("经费", "2021年学校投入实训设备经费656.5万元，比上年增长12.3%。由于地方财政紧张，图书经费有所减少。"),
            ("德育", "学校围绕“明礼、守信、勤学、笃行”四字校训开展德育。2021年5月，云台书院启用。"),
            ("社团", "学校成立茶艺社团，每周活动两次。"),
        ),
        "青溪市",
    ),
    Paper(
        "白河市教育局",
        2022,
        (
            ("招生", "2022年全市中职学校招生5120人，其中白河市江滨职业学校招收880人。"),
            ("文件", "2022年3月，白河市印发《白河市产业学院建设办法》，规定每所产业学院补助300万元。"),
            ("社团", "白河市江滨职业学校办起茶艺社团和龙舟社团。"),
        ),
        "白河市",
        (
            (
                "表1 2021-2022年白河市中职学校办学条件",
                ("年份", "占地面积（平方米）", "计算机（台）", "图书（册）"),
                (("2021年", "310500.5", "4120", "260311"), ("2022年", "322000.0", "4388", "271002")),
            ),
        ),
    ),
)


@pytest.fixture(scope="session")
def shelf() -> Index:
    return Shelf(PAPERS)


@pytest.fixture(scope="session")
def asking() -> Callable[..., tuple[Query, list[Hit]]]:
    """A question with its terms (parted by spaces) and what matching them finds."""

    def ask(
        shelf: Index, question: str, terms: str, wanted: Wanted = "text", names: tuple[str, ...] = ()
    ) -> tuple[Query, list[Hit]]:
        weights = dict.fromkeys(terms.split(), 1.0)
        years = tuple(int(t[:4]) for t in weights if t[:4].isdigit() and len(t) in {4, 5})
        language = "en" if question.isascii() else "zh"
        query = Query(question, language, wanted, question, weights, names=names, years=years)  # type: ignore[arg-type]
        found = shelf.matching(weights, 6)
        best = max(candidate.score for candidate in found) or 1.0
        rows = shelf.passages([candidate.row for candidate in found])
        hits = [
            Hit(rank, candidate.score / best, passage)
            for rank, (candidate, passage) in enumerate(zip(found, rows, strict=True), start=1)
        ]
        return query, hits

    return ask
