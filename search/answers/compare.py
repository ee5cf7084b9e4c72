"""All sides of a comparison, each with its own figure, year and citation; which is larger, and what is computed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.fold import fold
from search.answers import computing, text, wording
from search.answers.computing import Amount
from search.answers.confidence import OF_THEM
from search.answers.grounds import weakest
from search.answers.inquiry import Inquiry, Reply
from search.answers.parties import parties
from search.answers.sides import Choice, inquiries, together
from search.answers.support import is_school
from search.records import Item, Language, Query

_SURE = 0.8
"""From how surely a side's answer speaks of its year the year is shown."""
_LONGEST = 400
"""Characters of an answer that shows each side's figure in its sentence; a longer one shows the figures alone."""
_MORE = re.compile(r"\b(?:more|fewer|higher|lower|larger|smaller)\b|[更多少高低](?:些|一些)?(?:[？?]|$)")
_NO_FIGURES = frozenset({"document", "company", "school", "where", "why", "how", "day"})


@dataclass(frozen=True, slots=True)
class Side:
    """One part of the question with what answers it; `reply` is None where the reports don't say."""

    query: Query
    reply: Reply | None
    choice: Choice | None = None


def reply(inquiry: Inquiry) -> Reply | None:
    """Each side's answer with its name, or that there is none, and which is larger; None where no side has one."""
    return of(inquiry, parties(inquiry.query))


def of(inquiry: Inquiry, parts: Sequence[Query]) -> Reply | None:
    """The same for given sides."""
    several = inquiries(inquiry, parts)
    measured = inquiry.asked.focus not in _NO_FIGURES or _MORE.search(fold(inquiry.query.question))
    sides = _with_figures(several) if measured else []
    if not any(side.reply for side in sides):
        sides = [Side(own.query, _sentence(own)) for own in several]
    replies = [side.reply for side in sides if side.reply]
    if not replies:
        return None
    names = _names(sides, inquiry.query.language)
    items = tuple(_item(name, side, inquiry.query.language) for name, side in zip(names, sides, strict=True))
    return Reply(
        kind="text",
        text=_text(inquiry, sides, names, items),
        citations=tuple(citation for item in items for citation in item.citations),
        items=items,
        grounds=weakest([one.grounds for one in replies]),
        close=min(one.close for one in replies),
        fit=min(one.fit for one in replies),
    )


def _with_figures(several: Sequence[Inquiry]) -> list[Side]:
    return [
        Side(own.query, choice.said(own) if choice else None, choice)
        for own, choice in zip(several, together(several), strict=True)
    ]


def _sentence(own: Inquiry) -> Reply | None:
    said = text.reply(own)
    return said if said and said.grounds.named >= OF_THEM else None


def _text(inquiry: Inquiry, sides: Sequence[Side], names: Sequence[str], items: Sequence[Item]) -> str:
    language = inquiry.query.language
    mark = wording.colon(language)
    shares = computing.operations(fold(inquiry.query.question)) == ("share",)
    said = "" if shares else _verdict(sides, names, language)
    said += _computed(inquiry, sides, language)
    lines = [f"{item.name}{mark}{item.text.rstrip('。；，')}" for item in items]
    whole = said + ("；" if language == "zh" else "; ").join(lines)
    if len(whole) + sum(map(len, names)) <= _LONGEST:
        return whole
    short = [f"{item.name}{mark}{_figure(side, item)}" for side, item in zip(sides, items, strict=True)]
    return said + ("；" if language == "zh" else "; ").join(short)


def _figure(side: Side, item: Item) -> str:
    return side.choice.source.written if side.choice else item.text[: _LONGEST // 4]


def _item(name: str, side: Side, language: str) -> Item:
    if side.reply is None:
        return Item(name, "报告中没有找到" if language == "zh" else "not found in the reports", ())
    return Item(name, side.reply.text, side.reply.citations)


def _names(sides: Sequence[Side], language: str) -> list[str]:
    """What the sides are called: by their names and years where these differ, else by what else they ask for."""
    names = [next((n for n in side.query.names if is_school(n)), next(iter(side.query.names), "")) for side in sides]
    years = [f"{year}年" if language == "zh" and year else year for year in map(_year, sides)]
    if len(set(names)) < len(names):
        if len(set(years)) == len(years):
            return years
        return [_thing(side, sides) or name for side, name in zip(sides, names, strict=True)]
    left, right = ("（", "）") if language == "zh" else (" (", ")")
    return [f"{name}{left}{year}{right}" if year else name for name, year in zip(names, years, strict=True)]


def _thing(side: Side, sides: Sequence[Side]) -> str:
    """The words of a side's question that the others don't have."""
    others = {concept.text for other in sides if other is not side for concept in other.query.concepts}
    own = [concept.text for concept in side.query.concepts if concept.text not in others]
    glue = " " if all(word.isascii() for word in own) else ""
    return glue.join(own)


def _year(side: Side) -> str:
    """The year of the question that a side's answer speaks of, "" where it doesn't surely."""
    if side.reply and side.reply.grounds.dated < _SURE:
        return ""
    return str(side.query.years[0]) if len(side.query.years) == 1 else ""


def _verdict(sides: Sequence[Side], names: Sequence[str], language: Language) -> str:
    """Which side is larger, where all have a figure of the same unit and one is."""
    found = [side.choice.value for side in sides if side.choice]
    if len(found) < len(sides) or len({(value.kind, value.unit) for value in found}) > 1:
        return ""
    largest = max(found, key=lambda value: value.number)
    if sum(value.number == largest.number for value in found) > 1:
        return ""
    name = re.sub(r" ?[（(]\d{4}年?[）)]$", "", names[found.index(largest)])
    return wording.larger(name, language)


def _computed(inquiry: Inquiry, sides: Sequence[Side], language: Language) -> str:
    """What the question wants computed of all sides' figures, with its formula; "" where it can't be."""
    amounts = [_amount(side) for side in sides]
    known = [one for one in amounts if one is not None]
    if len(known) < len(sides):
        return ""
    for operation in computing.operations(fold(inquiry.query.question)):
        formula = computing.computed(operation, known, language)
        if formula:
            return wording.worked_out(operation, formula, computing.result(formula), language)
    return ""


def _amount(side: Side) -> Amount | None:
    return computing.amount(side.choice.value, side.choice.unit) if side.choice else None
