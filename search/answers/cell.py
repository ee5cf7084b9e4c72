"""A table cell, found by what its row, its column and its caption mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.fold import fold
from corpus.records import Cell, Table
from search.answers import wording
from search.answers.asked import Asked
from search.answers.evidence import background
from search.answers.inquiry import Inquiry, Reply
from search.answers.support import about
from search.answers.terms import merge
from search.answers.values import UnitKind, values
from search.records import Citation, Hit

_HEADERS: tuple[tuple[str, str], ...] = (
    (r"多了?几|超|exceed|above|more than", r"超|高于|增"),
    (r"差|几个点|gap|difference|wide", r"差距|差额|差$|增减"),
    (r"国标|国家规定|标准|standard|required", r"标准"),
    (r"名字|名称|叫什么|\bname\b|called|title", r"名称|项目名|品牌"),
    (r"谁|哪位|\bwho\b", r"姓名|学生|教师|负责人"),
    (r"哪所|哪个学校|which school|what school", r"学校|单位"),
    (r"比例|占比|share|percent|proportion", r"占比|比例|比重|%"),
    (r"多少人|人数|how many", r"人数|数"),
)
"""Words of a question and the column headings that they ask for without naming them."""
_HITS = 8
_HEADING, _FIT, _YEAR, _LABEL = 0.25, 0.2, 0.35, 0.3
"""What a heading asked for in other words adds, a suitable unit, the right year, a name of the question in the row."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell that may be the answer; `row` and `column` count from 0, `score` is comparable within one question."""

    table: Table
    row: int
    column: int
    hit: Hit
    own: float
    """Share of the question's weight in caption, row and column heading, 0 to 1."""
    fit: float
    """How well the kind of the cell suits the question, -1 to 1."""
    score: float

    @property
    def cell(self) -> Cell:
        """The cell itself."""
        return self.table.rows[self.row][self.column]

    @property
    def label(self) -> str:
        """What the row is called: its first cell that is no running number."""
        row = self.table.rows[self.row]
        return next((cell.text for at, cell in enumerate(row) if at != self.column and _is_label(cell.text)), "")

    def cite(self) -> Citation:
        """A citation of the cell."""
        passage = self.hit.passage
        return Citation(passage.id, passage.report.id, self.cell.start, self.cell.end, self.cell.text)


def reply(inquiry: Inquiry) -> Reply | None:
    """The cell that fits best with its column, row and caption; None where no table is among the hits."""
    found = places(inquiry)
    if not found:
        return None
    best, language = found[0], inquiry.query.language
    header = best.table.columns[best.column]
    label = f"{header}{wording.comma(language)}{best.label}" if best.label else header
    caption = best.table.caption
    value = f"{label}{wording.colon(language)}{best.cell.text}"
    return Reply(
        kind="cell",
        text=f"{value}{wording.aside(caption, language)}" if caption else value,
        citations=(best.cite(),),
        reach=best.own,
        own=best.own,
        fit=best.fit,
    )


def places(inquiry: Inquiry) -> list[Place]:
    """The cells of the tables among the hits, best first."""
    found = [place for hit, table in tables(inquiry) for place in _of_table(inquiry, hit, table)]
    return sorted(found, key=lambda place: -place.score)


def tables(inquiry: Inquiry) -> Iterator[tuple[Hit, Table]]:
    """Each table among the hits once, with the hit that led to it."""
    seen: set[tuple[str, int]] = set()
    for hit in inquiry.hits[:_HITS]:
        report, number = hit.passage.report.id, hit.passage.table
        if number is not None and (report, number) not in seen:
            seen.add((report, number))
            yield from ((hit, table) for table in inquiry.index.tables(report) if table.id == number)


def asks_for(question: str, header: str) -> bool:
    """Whether a folded question asks for what stands under a heading, in other words than the heading's."""
    return any(re.search(words, question) and re.search(heading, header) for words, heading in _HEADERS)


def _of_table(inquiry: Inquiry, hit: Hit, table: Table) -> Iterator[Place]:
    query, terms = inquiry.query, inquiry.terms
    caption = terms.found(fold(table.caption))
    context = terms.found(background(hit.passage))
    columns = [(fold(name), terms.found(fold(name))) for name in table.columns]
    question = fold(query.question)
    base = 0.25 * hit.score - (0.0 if not query.names or about(query.names, hit.passage, fold(table.caption)) else 0.4)
    for number, row in enumerate(table.rows):
        texts = [fold(cell.text) for cell in row]
        named = _LABEL * max((about((name,), None, " ".join(texts)) for name in query.names), default=0.0)
        for at, text in enumerate(texts[: len(columns)]):
            header, in_header = columns[at]
            fit = _fit(inquiry.asked, text, header)
            if not text or fit is None:
                continue
            beside = terms.found("\n".join([*texts[:at], *texts[at + 1 :]]))
            held = merge(caption, beside, in_header)
            own = terms.share(held)
            year = _year(query.years, header, [other for other in texts if other != text])
            hint = _HEADING if asks_for(question, header) else 0.0
            lost = terms.share(terms.found(text))
            score = base + own + 0.3 * (terms.share(merge(held, context)) - own) + named + year + hint + fit - lost
            yield Place(table, number, at, hit, own, fit, score + 0.2 * terms.share(in_header))


def _fit(asked: Asked, text: str, header: str) -> float | None:
    """What the kind of a cell adds to its score; None: it can't be the answer."""
    value = next(values(text), None)
    plain = value is not None and value.text == text.replace(" ", "") and value.kind != "date"
    if asked.shape != "number":
        return None if plain or re.fullmatch(r"[\d-]*", text) else 0.0
    if not plain or value is None:
        return None
    kind = value.kind if value.kind != "none" else _header_kind(header)
    if asked.kind == "none":
        return 0.0
    if kind == asked.kind:
        return _FIT
    return 0.0 if kind == "none" else -_FIT


def _header_kind(header: str) -> UnitKind:
    """What a column measures, by the unit in its heading: 占地面积（平方米）."""
    unit = re.search(r"[(（]([^()（）]+)[)）]", header)
    value = next(values(f"1{unit[1]}"), None) if unit else None
    return value.kind if value else "none"


def _year(years: Sequence[int], header: str, others: Sequence[str]) -> float:
    """What the year of row or column adds: it is the one asked for, another, or there is none."""
    stated = {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?:年|$)", "\n".join([header, *others[:2]]))}
    if not stated or not years:
        return 0.0
    return _YEAR if stated & set(years) else -_YEAR


def _is_label(text: str) -> bool:
    return bool(text) and not re.fullmatch(r"\d{1,3}", text)
