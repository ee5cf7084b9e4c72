"""The whole way from hits to an answer, top to bottom."""

from __future__ import annotations

from collections.abc import Sequence

from index.records import Index
from search.answers import listing, number, text, wording
from search.answers.asked import Asked, asked
from search.answers.evidence import Evidence, Terms, gather, weigh
from search.records import Answer, Hit, Item, Query

_WHOLE_SENTENCE = 90
"""Characters up to which a figure is shown in its whole sentence, not in its clause alone."""


def answer(query: Query, hits: Sequence[Hit], index: Index) -> Answer:
    """What the hits say to the question; `answered` is false where they don't say."""
    wanted, terms = asked(query), weigh(query, index)
    evidence = gather(query, terms, hits)
    if not evidence:
        return Answer(answered=False, kind="none", text="", confidence=0.0)
    if wanted.shape == "number" and (found := _number(query, wanted, terms, evidence)):
        return found
    if wanted.shape == "list" and (found := _list(wanted, terms, evidence)):
        return found
    return _text(wanted, terms, evidence)


def _number(query: Query, wanted: Asked, terms: Terms, evidence: list[Evidence]) -> Answer | None:
    figures = number.figures(wanted, terms, evidence, query.years)
    if not figures:
        return None
    best = figures[0]
    written = best.clause.text[best.value.start : best.value.end]
    shown = best.evidence.sentence
    if len(shown.text) > _WHOLE_SENTENCE:
        shown = text.excerpt(best.evidence, terms, _WHOLE_SENTENCE)
        if best.clause.start < shown.start or best.clause.end > shown.end:
            shown = best.clause
    said = f"{wording.figure(best.value, written, query.language)}：{shown.text}"
    return Answer(answered=True, kind="number", text=said, confidence=0.5, citations=(best.evidence.cite(shown),))


def _list(wanted: Asked, terms: Terms, evidence: list[Evidence]) -> Answer | None:
    found = listing.lists(wanted, terms, evidence)
    if not found:
        return None
    best = found[0]
    items = tuple(Item(item.text, best.whole.text, (best.evidence.cite(item),)) for item in best.items)
    return Answer(
        answered=True,
        kind="list",
        text="、".join(item.text for item in best.items),
        confidence=0.5,
        items=items,
        citations=(best.evidence.cite(best.whole),),
    )


def _text(wanted: Asked, terms: Terms, evidence: list[Evidence]) -> Answer:
    best = text.best(wanted, evidence)[0]
    shown = text.excerpt(best, terms)
    return Answer(answered=True, kind="text", text=shown.text, confidence=0.5, citations=(best.cite(shown),))
