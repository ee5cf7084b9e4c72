"""A table cell, found by what its row, its column and its caption mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.fold import fold
from corpus.gazetteer import short_name
from corpus.records import Cell, Table
from search.answers import wording
from search.answers.asked import Asked
from search.answers.denial import included
from search.answers.evidence import RANK
from search.answers.grounds import Grounds, grounds
from search.answers.headers import ASKED_FOR, asks_for, header_kind, hint, is_numbering, years_of
from search.answers.inquiry import Inquiry, Reply
from search.answers.narrowness import asks_of_place, extra, is_narrower
from search.answers.restrictions import restricted, unmet
from search.answers.statements import bare
from search.answers.support import about, is_school, setting, short_forms
from search.answers.terms import merge
from search.answers.values import Value, first_value
from search.records import Citation, Hit, Query

_PART, _PART_OF = 0.4, 0.5
"""What a cell loses in a row that the question doesn't ask for, or in a column of changes, and the share of its words
that must be others."""
_CHANGE = re.compile(r"增减|变化|增幅|增长|增加|差距|同比")
_UNIT = re.compile(
    r"[(（]单位[:：]?\s*([^()（）]{1,6})[)）]|[(（]([^()（）\d]{1,5}?)(?:/[^()（）]*)?[)）]"
    r"|^\s*(?:单位[:：]\s*)?([万亿千百]*[元人次所个台册项名%]{1,2})\s*$"
)
_YEAR_WORD = re.compile(r"(?:19|20)\d\d\s*(?:学年|年度|年)?")
_RUNNING = re.compile(r"\d{1,3}")
"""A running number."""
_RATE = re.compile(r"率|比|%|占(?![地用])|rate|share|percent")
_HITS = 12
_CONTEXT = 0.3
"""What a term counts that only headings and title have."""
_FIT, _YEAR, _LABEL, _OWN_HEADER, _KNOWN = 0.25, 0.35, 0.3, 0.5, 0.4
"""What a suitable unit adds, the right year, a name of the question in the row, and the question's words in the cell's
own heading; and what a cell loses that is itself the name asked about, since one asks for what one doesn't know, or
that stands in the row of another name."""
_SAID = 0.3
"""What the question's words in a cell cost under a heading that is asked for: the base is called a labour base."""
_COMPANIONS, _NEAR = 2, 0.3
"""Further columns of a row that an answer shows where several are asked for, and by how much those may fit worse that
the question doesn't name."""
EXTRA, NARROWER, UNMET = 0.45, 0.5, 0.3
"""What a cell loses whose row and column have other words than the question's, one of a school where a city is asked
for, and for each restriction of the question that neither row, column nor caption speaks of."""


class Place(NamedTuple):
    """A cell that may be the answer; `row` and `column` count from 0, `score` is comparable within one question."""

    table: Table
    row: int
    column: int
    hit: Hit
    grounds: Grounds
    fit: float
    """How well the kind of the cell suits the question, -1 to 1."""
    beside: float
    """What speaks against it: words of row and column that the question doesn't ask for, somebody narrower."""
    narrower: bool
    """It is of a school or a district where the place is asked for that it lies in."""
    year: int | None
    """The year of its row or column."""
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

    @property
    def unit(self) -> str:
        """The unit with its scale that its heading, its row or its caption give it: 万元."""
        headings = [self.table.columns[self.column], self.label, self.table.unit, self.table.caption]
        found = (_UNIT.search(fold(heading)) for heading in headings)
        return next((match[1] or match[2] or match[3] for match in found if match), "")

    @property
    def value(self) -> Value | None:
        """Its figure, with that unit where it has none itself; None where it has no figure."""
        text = fold(self.cell.text).strip()
        own = first_value(text)
        if own is None or own.unit or own.kind != "none":
            return own
        return first_value(f"{own.text}{self.unit}") or own

    @property
    def written(self) -> str:
        """The cell as its table means it: with the unit of its heading where it is a bare figure."""
        bare = re.fullmatch(r"[\d.,\s]+", self.cell.text)
        return f"{self.cell.text}{self.unit}" if bare else self.cell.text

    @property
    def place(self) -> tuple[str, int]:
        """Its report and where it stands there."""
        return self.hit.passage.report.id, self.cell.start

    def cite(self) -> Citation:
        """A citation of the cell."""
        passage = self.hit.passage
        return Citation(passage.id, passage.report.id, self.cell.start, self.cell.end, self.cell.text)


def reply(inquiry: Inquiry) -> Reply | None:
    """The cell that fits best with its column, row and caption; None where no table is among the hits."""
    found = places(inquiry)
    if not found:
        return None
    return said(inquiry, found[0], found)


def said(inquiry: Inquiry, best: Place, found: Sequence[Place] = ()) -> Reply:
    """A cell as an answer, with others of its row among those found where several are asked for."""
    language = inquiry.query.language
    header = best.table.columns[best.column]
    label = f"{header}{wording.comma(language)}{best.label}" if best.label else header
    caption, beside = best.table.caption, _companions(inquiry, best, found)
    value = f"{label}{wording.colon(language)}{best.cell.text}"
    for other in beside:
        value += (
            f"{wording.comma(language)}{other.table.columns[other.column]}{wording.colon(language)}{other.cell.text}"
        )
    return Reply(
        kind="cell",
        text=f"{value}{wording.aside(caption, language)}" if caption else value,
        citations=(best.cite(), *(other.cite() for other in beside)),
        grounds=best.grounds,
        fit=best.fit,
        unmet=(*_unmet(inquiry, best), *(inquiry.query.names[:1] if best.narrower else ())),
    )


def _unmet(inquiry: Inquiry, place: Place) -> tuple[str, ...]:
    """The restrictions of the question that neither row, column and caption nor what stands above speak of."""
    said = f"{place.table.columns[place.column]}\n{place.label}\n{place.table.caption}"
    wanted = restricted(inquiry.query)
    return unmet(wanted, included(fold(f"{said}\n{setting(place.hit.passage).known}"))) if wanted else ()


def _companions(inquiry: Inquiry, best: Place, found: Sequence[Place]) -> list[Place]:
    """Cells of the same row under other headings that the question speaks of, where it asks for several things."""
    if not inquiry.asked.several:
        return []
    question, terms = fold(inquiry.query.question), inquiry.terms
    beside = [
        (one, fold(best.table.columns[one.column]))
        for one in found
        if one.table is best.table and one.row == best.row and one.column != best.column
    ]
    near = [
        one
        for one, header in beside
        if hint(question, header) or (one.score >= best.score - _NEAR and terms.coverage(header))
    ]
    return near[:_COMPANIONS]


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
            yield from ((hit, table) for table in inquiry.tables(report) if table.id == number)


def _of_table(inquiry: Inquiry, hit: Hit, table: Table) -> Iterator[Place]:
    query, terms, asked = inquiry.query, inquiry.terms, inquiry.asked
    headers = [fold(name) for name in table.columns]
    narrower = is_narrower(hit.passage, query, fold(table.caption))
    title, around, short = fold(table.caption), setting(hit.passage), short_forms(query)
    wanted = restricted(query)
    caption = terms.found(fold("\n".join([table.caption, *table.columns])))
    context = merge(caption, terms.found(around.known))
    in_header = [terms.share(terms.found(header)) for header in headers]
    hinted = [hint(fold(query.question), header) for header in headers]
    own, of_place = _rows_named(query, table, short), asks_of_place(query)
    for number, row in enumerate(table.rows):
        texts = [fold(cell.text) for cell in row]
        labels = [text for text in texts if _is_label(text)]
        anywhere = terms.anywhere("\n".join(texts))
        named = about(query.names, f"{title} {' '.join(texts)}", around, short)
        in_row = _LABEL if number in own else -_KNOWN * bool(own)
        for at, text in enumerate(texts[: len(headers)]):
            label = next((other for other in labels if other != text), "")
            fit = _fit(asked, text, headers[at], label) if text else None
            if fit is None:
                continue
            beside = terms.within("\n".join([*texts[:at], *texts[at + 1 :]]), anywhere)
            told = years_of(headers[at], label) or years_of(title, "")
            year = 0.0 if not (told and query.years) else 1.0 if told & set(query.years) else -1.0
            here, reach = merge(caption, beside), merge(context, beside)
            why = grounds(terms, here, reach, named, 1.0 if year >= 0 else 0.2)
            smaller = narrower or (of_place and is_school(label))
            against = NARROWER * smaller
            if asked.shape == "number":
                against += _against(inquiry, _YEAR_WORD.sub("", label), headers[at])
                against += UNMET * len(unmet(wanted, f"{title}\n{label}\n{headers[at]}"))
            score = (1 - _CONTEXT) * why.own + _CONTEXT * why.reach + RANK * hit.score + _YEAR * year - why.lost
            score += in_row + hinted[at] + fit + _OWN_HEADER * in_header[at] - against
            score -= _KNOWN * (number in own and _names_row(query.names, [text], short))
            score -= terms.coverage(text) * (_SAID if hinted[at] >= ASKED_FOR else 1.0)
            when = next(iter(told)) if len(told) == 1 else None
            yield Place(table, number, at, hit, why, fit, against, smaller, when, score)


def _rows_named(query: Query, table: Table, short: Sequence[str]) -> frozenset[int]:
    """The rows of the schools or places that the question names; none where all are."""
    texts = [[fold(cell.text) for cell in row] for row in table.rows]
    rows = frozenset(at for at, row in enumerate(texts) if _names_row(query.names, row, short))
    return rows if len(rows) < len(table.rows) else frozenset()


def _names_row(names: Sequence[str], texts: Sequence[str], short: Sequence[str]) -> bool:
    """Whether a row is a school's that the question names, or a place's; 朔岩市卫生学校 is no row of 朔岩市's."""
    schools = [name for name in names if is_school(name)]
    if schools:
        return bool(about(schools, " ".join(texts), short=short))
    places = {place for name in names for place in (fold(name), fold(short_name(name)))}
    return any(text in places for text in texts)


def _against(inquiry: Inquiry, label: str, header: str) -> float:
    """What a cell loses for words in its row and column that the question doesn't have, the more if a row is a part."""
    terms, names, question = inquiry.terms, inquiry.query.names, fold(inquiry.query.question)
    for name in names:
        label = label.replace(fold(short_name(name)), "")
    asked = asks_for(question, header) or (len(bare(header)) > 1 and bare(header) in question)
    part = bool(bare(label)) and not terms.coverage(label) and extra(label, terms, names) > _PART_OF
    change = _CHANGE.search(header) and not (inquiry.asked.change or inquiry.asked.level or asked)
    return EXTRA * extra(label if asked else f"{label} {header}", terms, names) + _PART * part + _PART * bool(change)


def _fit(asked: Asked, text: str, header: str, label: str) -> float | None:
    """What the kind of a cell adds to its score; None: it can't be the answer.

    The heading names the unit, or the row's label where years stand in the headings.
    """
    value = first_value(text)
    plain = value is not None and value.text == text.replace(" ", "") and value.kind != "date"
    if asked.shape != "number":
        return None if plain or re.fullmatch(r"[\d-]*", text) else 0.0
    if not plain or value is None or is_numbering(header):
        return None
    kinds = (value.kind, header_kind(header), header_kind(label))
    kind = next((known for known in kinds if known != "none"), "none")
    if asked.kind == "percent" and kind != "percent" and not _RATE.search(header):
        return -_FIT if asked.several else None
    if asked.kind == "none":
        return -_FIT if asked.counts and kind in {"percent", "money", "area", "ratio"} else 0.0
    if kind == asked.kind:
        return _FIT
    return 0.0 if kind == "none" and asked.kind != "percent" else -_FIT


def _is_label(text: str) -> bool:
    return bool(text) and not _RUNNING.fullmatch(text)
