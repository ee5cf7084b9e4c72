"""Items of an enumeration, each with its own citation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.answers.enumeration import Enumeration, enumerations, ordinals
from search.answers.evidence import Evidence
from search.answers.inquiry import Inquiry, Reply
from search.answers.pieces import Piece, piece
from search.records import Item

_SENTENCES = 8


@dataclass(frozen=True, slots=True)
class Listed:
    """An enumeration that may be the answer; `score` is comparable within one question."""

    items: tuple[Piece, ...]
    whole: Piece
    evidence: Evidence
    score: float


def reply(inquiry: Inquiry) -> Reply | None:
    """The enumeration that fits best, an item for each of its members; None where there is none."""
    found = sorted(_candidates(inquiry), key=lambda listed: -listed.score)
    if not found:
        return None
    best = found[0]
    evidence = best.evidence
    return Reply(
        kind="list",
        text="、".join(item.text for item in best.items),
        citations=(evidence.cite(best.whole),),
        items=tuple(Item(item.text, best.whole.text, (evidence.cite(item),)) for item in best.items),
        reach=evidence.reach,
        own=evidence.own,
        named=evidence.named,
        dated=evidence.dated,
    )


def _candidates(inquiry: Inquiry) -> Iterator[Listed]:
    for evidence in inquiry.evidence[:_SENTENCES]:
        for row in enumerations(evidence.sentence):
            yield _listed(inquiry, evidence, row)
    for evidence in inquiry.evidence[:2]:
        passage = piece(evidence.hit.passage.text, evidence.hit.passage.start)
        if heads := ordinals(passage):
            yield _listed(inquiry, evidence, heads)


def _listed(inquiry: Inquiry, evidence: Evidence, row: Enumeration) -> Listed:
    asked, terms = inquiry.asked, inquiry.terms
    size = len(row.items)
    fits = 0.35 if asked.count and size == asked.count else -0.1 if asked.count else 0.0
    several = 0.15 if size > 2 else 0.0
    near = 0.5 * terms.coverage(row.whole.folded)
    inside = 0.3 * terms.coverage("".join(item.folded for item in row.items))
    return Listed(row.items, row.whole, evidence, evidence.score + fits + several + near - inside)
