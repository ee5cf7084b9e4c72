"""A whole row or column of a table, where a question asks for all of its figures, or for the greatest of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.fold import fold
from search.answers import cell, computing, wording
from search.answers.cell import Place
from search.answers.grounds import weakest
from search.answers.headers import is_sum
from search.answers.indicators import with_indicators
from search.answers.inquiry import Inquiry, Reply, inquire
from search.answers.narrowness import extra
from search.answers.statements import bare
from search.records import Item

_YEARS = re.compile(
    r"各年|历年|逐年|每年(?:分别|各)|这[几两三四五]年|(?:最近|近)[两三四五]年|[两三四五]年(?:平均|一共|合计|总共|来)"
    r"|each year|every year|by year|(?:last|past) (?:two|three|four|five) years|over the years"
)
_ROWS = re.compile(
    r"各(?:个|中职|职业)?(?:学校|校|专业|证书|课程|学历|职称|企业|公司|区县|县|区|类|项目?|行业|来源|单位)(?!合)"
    r"|(?:学校|专业|证书|课程|企业|公司|区县|行业|项目)各(?:自|有|是|为|占|多少|几)"
    r"|(?:for|in|of) each|(?:per|by) (?:school|major|year|certificate|company)|every (?:school|major)"
)
_ASKS = re.compile(
    r"多少|几[人个名台]|分别|各是|各有|列出|列举|数(?:量|字|据)?$|人数|情况"
    r"|figures|numbers?|how (?:many|much)|list|what (?:were|was|are|is)|area|rate"
)
_MOST, _LEAST = (
    r"最[高多大长]|highest|most|largest|greatest|longest|biggest",
    r"最[低少小短]|lowest|fewest|smallest|least",
)
_WHICH = re.compile(r"哪|谁|什么|which|what|who")
_YEAR = re.compile(r"(?:19|20)\d\d\s*(?:学年|年度|年)?")
_COVERED = 0.4
"""Share of the question that table, row and column must hold for it to ask for them."""
_COUNTS = re.compile(r"人数|数量|金额|[/(（][^()（）]*[)）]?")
_CAPTION = 0.3
"""Share of the question that a caption must hold where the column's heading only counts (2020年/人数)."""
_OTHER = 0.5
"""Share of a heading's words that may be others than the question's."""
_FEWEST, _LONGEST = 2, 380
"""Cells that make a series, and characters of an answer."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of a row or a column with what each is called."""

    title: str
    places: tuple[Place, ...]
    names: tuple[str, ...]


def reply(inquiry: Inquiry) -> Reply | None:
    """All figures of the row or column asked for, or the greatest or least; None where the question asks neither."""
    question = fold(inquiry.query.question)
    by_year, by_row = bool(_YEARS.search(question)), bool(_ROWS.search(question))
    extreme = _extreme(question)
    if not ((by_year or by_row) and _ASKS.search(question)) and not extreme:
        return None
    own = _own(inquiry, by_year=by_year)
    found = next(iter(cell.places(own)), None)
    if found is None or found.grounds.own < _COVERED or not _is_asked(own, found):
        return None
    line = _down(found) if extreme or not by_year or _YEAR.fullmatch(fold(found.label).strip()) else _across(found)
    if len(line.places) < _FEWEST:
        return None
    return _greatest(inquiry, line, extreme) if extreme else _whole(inquiry, line)


def _own(inquiry: Inquiry, *, by_year: bool) -> Inquiry:
    """The question as one for a figure; of years that it only counts (近三年) none is meant."""
    query = with_indicators(inquiry.query)
    if by_year and not re.search(r"(?:19|20)\d\d", query.question):
        query = replace(query, years=())
    own = inquire(query, inquiry.hits, inquiry.index)
    asked = replace(inquiry.asked, shape="number", change=False)
    return replace(own, asked=asked, tables=inquiry.tables, sections=inquiry.sections)


def _is_asked(own: Inquiry, found: Place) -> bool:
    """Whether the question has the words of the cell's column, or of its row, and asks nothing wider."""
    headings = [_YEAR.sub("", fold(text)) for text in (found.table.columns[found.column], found.label)]
    if not bare(_COUNTS.sub("", headings[0])):
        return not found.narrower and own.terms.coverage(fold(found.table.caption)) >= _CAPTION
    known = [extra(text, own.terms, own.query.names) for text in headings if bare(text)]
    return not found.narrower and min(known, default=1.0) <= _OTHER


def _extreme(question: str) -> int:
    """1 where the greatest is asked for, -1 for the least, 0 for neither."""
    if not _WHICH.search(question) or re.search(r"排|第[一二三]", question):
        return 0
    return 1 if re.search(_MOST, question) else -1 if re.search(_LEAST, question) else 0


def _down(found: Place) -> _Line:
    """The column of a cell, without sums."""
    places = [
        found._replace(row=row)
        for row, cells in enumerate(found.table.rows)
        if found.column < len(cells) and cells[found.column].text.strip()
    ]
    kept = tuple(one for one in places if one.label and not is_sum(one.label))
    return _Line(found.table.columns[found.column], kept, tuple(one.label for one in kept))


def _across(found: Place) -> _Line:
    """The cells of a row whose headings differ in nothing but the year."""
    headers = found.table.columns
    same = _without_year(headers[found.column])
    columns = [
        at
        for at, header in enumerate(headers[: len(found.table.rows[found.row])])
        if _YEAR.search(header) and _without_year(header) == same
    ]
    places = tuple(found._replace(column=at) for at in columns)
    names = tuple(match.group() if (match := _YEAR.search(headers[at])) else headers[at] for at in columns)
    title = f"{found.label}{same}" if bare(same) else found.label
    return _Line(title, places, names)


def _without_year(header: str) -> str:
    return _YEAR.sub("", header).strip("/ ")


def _whole(inquiry: Inquiry, line: _Line) -> Reply:
    language, first = inquiry.query.language, line.places[0]
    values = [f"{name} {place.written}" for name, place in zip(line.names, line.places, strict=True)]
    text = f"{line.title}{wording.colon(language)}{('；' if language == 'zh' else '; ').join(values)}"
    text = _computed(inquiry, line) + text
    if len(text) + len(first.table.caption) < _LONGEST:
        text += wording.aside(first.table.caption, language)
    items = tuple(
        Item(name, place.written, (place.cite(),)) for name, place in zip(line.names, line.places, strict=True)
    )
    return _reply(text, line.places, items)


def _computed(inquiry: Inquiry, line: _Line) -> str:
    """The sum or the mean of the series where the question asks for it."""
    language = inquiry.query.language
    known = [computing.amount(value, place.unit) for place in line.places if (value := place.value)]
    amounts = [one for one in known if one]
    for operation in computing.operations(fold(inquiry.query.question)):
        formula = computing.computed(operation, amounts, language) if operation in {"sum", "average"} else ""
        if formula and len(amounts) == len(line.places):
            return wording.worked_out(operation, formula, computing.result(formula), language)
    return ""


def _greatest(inquiry: Inquiry, line: _Line, extreme: int) -> Reply | None:
    """The cell with the greatest or least figure of a column, called by its row."""
    valued = [(place.value.number * extreme, place) for place in line.places if place.value is not None]
    if len(valued) < max(_FEWEST, len(line.places)):
        return None
    best = max(valued, key=lambda one: one[0])[1]
    said = cell.said(inquiry, best)
    mark = wording.comma(inquiry.query.language)
    return replace(said, text=f"{best.label}{mark}{said.text}", items=(Item(best.label, best.written, (best.cite(),)),))


def _reply(text: str, places: Sequence[Place], items: tuple[Item, ...]) -> Reply:
    return Reply(
        kind="cell",
        text=text,
        citations=tuple(place.cite() for place in places),
        grounds=weakest([place.grounds for place in places]),
        items=items,
        fit=max(0.0, min(place.fit for place in places)),
    )
