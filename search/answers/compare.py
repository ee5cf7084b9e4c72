"""Both sides of a comparison, each with its own figure and citation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.answers import number, text, wording
from search.answers.grounds import weakest
from search.answers.inquiry import Inquiry, Reply, inquire
from search.answers.number import Figure
from search.records import Item, Query

_DEPTH = 15
"""Hits whose sentences are read for each side."""


@dataclass(frozen=True, slots=True)
class Side:
    """One part of the question with what answers it."""

    query: Query
    reply: Reply
    figure: Figure | None


def reply(inquiry: Inquiry) -> Reply | None:
    """Each side's answer with its name, and which is larger; None where a side has none."""
    sides = [side for part in inquiry.query.parts if (side := _side(inquiry, part))]
    if len(sides) < len(inquiry.query.parts):
        return None
    language = inquiry.query.language
    items = tuple(Item(_name(side), side.reply.text, side.reply.citations) for side in sides)
    verdict = _verdict(sides, inquiry)
    lines = [f"{item.name}{wording.colon(language)}{item.text.rstrip('。；，')}" for item in items]
    return Reply(
        kind="text",
        text=(verdict + ("；" if language == "zh" else "; ").join(lines)),
        citations=tuple(citation for item in items for citation in item.citations),
        items=items,
        grounds=weakest([side.reply.grounds for side in sides]),
        close=min(side.reply.close for side in sides),
        fit=min(side.reply.fit for side in sides),
    )


def _side(inquiry: Inquiry, part: Query) -> Side | None:
    own = inquire(part, inquiry.hits, inquiry.index, depth=_DEPTH)
    own = replace(own, asked=replace(inquiry.asked, shape="number"))
    figures = number.figures(own)
    if figures and inquiry.asked.focus not in {"document", "who"}:
        return Side(part, number.said(own, figures[0]), figures[0])
    said = text.reply(own)
    return Side(part, said, None) if said else None


def _name(side: Side) -> str:
    return side.query.names[0] if side.query.names else side.query.question


def _verdict(sides: list[Side], inquiry: Inquiry) -> str:
    figures = [side.figure for side in sides if side.figure]
    if len(figures) != len(sides) or len({figure.value.kind for figure in figures}) != 1:
        return ""
    largest = max(range(len(sides)), key=lambda at: figures[at].value.number)
    return wording.larger(_name(sides[largest]), inquiry.query.language)
