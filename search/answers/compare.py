"""All sides of a comparison, each with its own figure, year and citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from corpus.fold import fold
from index.records import Filters
from search.answers import cell, number, text, wording
from search.answers.confidence import OF_THEM
from search.answers.grounds import Grounds, weakest
from search.answers.inquiry import Inquiry, Reply, inquire
from search.answers.number import Figure
from search.answers.parties import parties
from search.answers.support import about, is_school, setting, told_of_school
from search.answers.values import Value, values
from search.records import Hit, Item, Query

_DEPTH = 15
"""Hits whose sentences are read for each side."""
_FEW, _MORE, _FOUND = 3, 10, 0.5
"""Hits about a side under which more are looked for, how many, and the score of the best of these."""
_CANDIDATES = 8
_SAME_UNIT, _SAME_WORDS = 0.4, 0.6
"""What a figure gains that has the other side's unit, and the words before it in common with the other's."""
_SURE = 0.8
"""From how surely a side's answer speaks of its year the year is shown."""
_NO_FIGURES = frozenset({"document", "company", "school", "where", "why", "how", "day"})


@dataclass(frozen=True, slots=True)
class Side:
    """One part of the question with what answers it; `reply` is None where the reports don't say."""

    query: Query
    reply: Reply | None
    value: Value | None = None


def reply(inquiry: Inquiry) -> Reply | None:
    """Each side's answer with its name, or that there is none, and which is larger; None where no side has one."""
    inquiries = [_inquiry(inquiry, part) for part in parties(inquiry.query)]
    sides = _with_figures(inquiries) if inquiry.asked.focus not in _NO_FIGURES else []
    if not any(side.reply for side in sides):
        sides = [Side(own.query, _sentence(own)) for own in inquiries]
    replies = [side.reply for side in sides if side.reply]
    if not replies:
        return None
    language = inquiry.query.language
    names = _names(sides, language)
    items = tuple(_item(name, side, language) for name, side in zip(names, sides, strict=True))
    lines = [f"{item.name}{wording.colon(language)}{item.text.rstrip('。；，')}" for item in items]
    return Reply(
        kind="text",
        text=_verdict(sides, names, language) + ("；" if language == "zh" else "; ").join(lines),
        citations=tuple(citation for item in items for citation in item.citations),
        items=items,
        grounds=weakest([one.grounds for one in replies]),
        close=min(one.close for one in replies),
        fit=min(one.fit for one in replies),
    )


def _inquiry(inquiry: Inquiry, part: Query) -> Inquiry:
    """The question about one side, with the hits that are about it and what else its reports say."""
    hits = [hit for hit in inquiry.hits if about(part.names, fold(hit.passage.text), setting(hit.passage)) >= OF_THEM]
    if len(hits) < _FEW:
        hits += _further(inquiry, part, {hit.passage.id for hit in hits})
    own = inquire(part, hits, inquiry.index, depth=_DEPTH)
    asked = replace(inquiry.asked, shape="number")
    return replace(own, asked=asked, tables=inquiry.tables, sections=inquiry.sections)


def _further(inquiry: Inquiry, part: Query, known: set[str]) -> list[Hit]:
    index = inquiry.index
    schools = tuple(name for name in part.names if is_school(name))
    filters = Filters(schools=schools) if schools else Filters(regions=part.names)
    found = index.matching(part.terms, _MORE, index.select(filters)) if filters else []
    best = max((one.score for one in found), default=0.0) or 1.0
    passages = index.passages([one.row for one in found])
    return [
        Hit(rank, _FOUND * one.score / best, passage)
        for rank, (one, passage) in enumerate(zip(found, passages, strict=True), start=1)
        if passage.id not in known
    ]


def _with_figures(inquiries: Sequence[Inquiry]) -> list[Side]:
    """The figures of all sides that go best together; a table's cell where it answers better."""
    choices: list[Sequence[Figure | None]] = [_figures(own) or [None] for own in inquiries]
    chosen = max(product(*(choice[:_CANDIDATES] for choice in choices)), key=_together) if len(choices) < 4 else ()
    picked = chosen or tuple(choice[0] for choice in choices)
    return [_side(own, figure) for own, figure in zip(inquiries, picked, strict=True)]


def _figures(own: Inquiry) -> list[Figure]:
    """The figures that are the side's own: of its name and year, for a place not one of its schools'."""
    found = [one for one in number.figures(own) if _is_own(own, one.evidence.grounds, one.evidence.hit)]
    return [one for one in found if one.fit] or found


def _is_own(own: Inquiry, grounds: Grounds, hit: Hit) -> bool:
    others = not any(map(is_school, own.query.names)) and told_of_school(hit.passage)
    return grounds.named >= OF_THEM and grounds.dated >= OF_THEM and not others


def _together(chosen: Sequence[Figure | None]) -> float:
    """How well figures answer one question: each by itself, in one unit, behind the same words."""
    figures = [figure for figure in chosen if figure]
    units = {(figure.value.kind, figure.value.unit) for figure in figures}
    alike = _SAME_UNIT * (len(units) == 1) + _SAME_WORDS * _overlap([figure.label for figure in figures])
    return sum(figure.score for figure in figures) / max(1, len(figures)) + alike


def _overlap(labels: Sequence[str]) -> float:
    """Share of pairs of characters that labels have in common."""
    pairs = [{label[at : at + 2] for at in range(len(label) - 1)} for label in labels]
    union = set().union(*pairs)
    return len(set.intersection(*pairs)) / len(union) if union else 0.0


def _side(own: Inquiry, figure: Figure | None) -> Side:
    said = number.said(own, figure) if figure else None
    place = next((one for one in cell.places(own) if _is_own(own, one.grounds, one.hit)), None)
    if place and (said is None or _better(place.grounds, said.grounds)):
        return Side(own.query, cell.said(own, place), next(values(fold(place.cell.text)), None))
    return Side(own.query, said, figure.value if figure else None)


def _better(cells: Grounds, figures: Grounds) -> bool:
    return cells.worth > figures.worth and cells.missing < figures.missing


def _sentence(own: Inquiry) -> Reply | None:
    said = text.reply(own)
    return said if said and said.grounds.named >= OF_THEM else None


def _item(name: str, side: Side, language: str) -> Item:
    if side.reply is None:
        return Item(name, "报告中没有找到" if language == "zh" else "not found in the reports", ())
    return Item(name, side.reply.text, side.reply.citations)


def _names(sides: Sequence[Side], language: str) -> list[str]:
    """What the sides are called: by their names, with the year where it is known; by the year where the name is one."""
    names = [next((n for n in side.query.names if is_school(n)), next(iter(side.query.names), "")) for side in sides]
    years = [f"{year}年" if language == "zh" and year else year for year in map(_year, sides)]
    if len(set(names)) < len(names):
        return [year or name for name, year in zip(names, years, strict=True)]
    left, right = ("（", "）") if language == "zh" else (" (", ")")
    return [f"{name}{left}{year}{right}" if year else name for name, year in zip(names, years, strict=True)]


def _year(side: Side) -> str:
    """The year of the question that a side's answer speaks of, "" where it doesn't surely."""
    if side.reply and side.reply.grounds.dated < _SURE:
        return ""
    return str(side.query.years[0]) if len(side.query.years) == 1 else ""


def _verdict(sides: Sequence[Side], names: Sequence[str], language: str) -> str:
    """Which side is larger, where all have a figure of the same unit and one is."""
    found = [side.value for side in sides if side.value]
    if len(found) < len(sides) or len({(value.kind, value.unit) for value in found}) > 1:
        return ""
    largest = max(found, key=lambda value: value.number)
    if sum(value.number == largest.number for value in found) > 1:
        return ""
    name = re.sub(r" ?[（(]\d{4}年?[）)]$", "", names[found.index(largest)])
    return wording.larger(name, "zh" if language == "zh" else "en")
