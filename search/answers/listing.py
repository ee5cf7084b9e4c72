"""Items of an enumeration, each with its own citation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from search.answers.columns import names_in_column
from search.answers.enumeration import Enumeration, enumerations, ordinals
from search.answers.evidence import Evidence
from search.answers.gathered import are_of_kind, kind_asked, named_alike
from search.answers.headings import under_one_title
from search.answers.inquiry import Inquiry, Reply
from search.answers.listed import Listed, size_fits
from search.answers.pieces import Piece, piece
from search.answers.reports import places_that_say
from search.answers.values import chinese_number
from search.records import Item

_COUNTED = re.compile(r"(.{2,}?)等?(\d+|[两三四五六七八九十]+)(?:个|门|项|类|种|所|家|大|条|名|位)\D{0,10}")
_SENTENCES = 8
_NEAR_BEST = 0.9
"""Share of the best sentence's score that a sentence needs for its enumerations to count."""
_WHOLE = 160
"""Characters up to which the answer is the sentence with the list; a longer one gives the list alone."""
_SEVERAL, _NEAR, _INSIDE, _UNLIKE = 0.15, 0.3, 0.3, 0.1
"""What three items and more add to a list's score, the question's words around the list, and what these words cost
where they stand in the items themselves (one asks for what one doesn't know), and what unlike items cost."""


def reply(inquiry: Inquiry) -> Reply | None:
    """The list that fits best, an item for each of its members; None where none fits as well as plain sentences."""
    theirs = list(places_that_say(inquiry))
    if theirs and len(theirs[0].reply.items) > 1:
        return theirs[0].reply
    found = [
        *theirs,
        *_in_sentences(inquiry),
        *under_one_title(inquiry),
        *names_in_column(inquiry),
        *named_alike(inquiry),
    ]
    kind = kind_asked(inquiry)
    fitting = [listed for listed in found if are_of_kind(listed.reply.items, kind)]
    best = max(fitting, key=lambda listed: listed.score, default=None)
    bar = inquiry.evidence[0].score if inquiry.evidence else 0.0
    return best.reply if best and best.score >= bar else None


def _in_sentences(inquiry: Inquiry) -> Iterator[Listed]:
    """Enumerations in the best sentences: those far behind the best one only mention the subject."""
    near = [one for one in inquiry.evidence[:_SENTENCES] if one.score >= _NEAR_BEST * inquiry.evidence[0].score]
    for evidence in near:
        for row in enumerations(evidence.sentence):
            yield _listed(inquiry, evidence, row)
    for evidence in near[:2]:
        passage = piece(evidence.hit.passage.text, evidence.hit.passage.start)
        heads = ordinals(passage)
        if heads and (len(heads.items) > 2 or len(heads.items) == inquiry.asked.count):
            yield _listed(inquiry, evidence, heads)


def _listed(inquiry: Inquiry, evidence: Evidence, row: Enumeration) -> Listed:
    terms, whole = inquiry.terms, row.whole
    several = _SEVERAL if len(row.items) > 2 else 0.0
    near = _NEAR * terms.coverage(whole.folded)
    inside = _INSIDE * terms.coverage("".join(item.folded for item in row.items))
    reply = Reply(
        kind="list",
        text=_said(evidence, row).text,
        citations=(evidence.cite(_said(evidence, row)),),
        items=tuple(Item(item.text, whole.text, (evidence.cite(item),)) for item in _plain(row.items)),
        grounds=evidence.grounds,
    )
    return Listed(
        reply, evidence.score + size_fits(inquiry.asked, len(row.items)) + several + near - inside - _UNLIKE * row.cost
    )


def _plain(items: Sequence[Piece]) -> list[Piece]:
    """The items without what counts them behind the last: 茶艺、陶艺、制茶3个证书."""
    *others, last = items
    counted = _COUNTED.fullmatch(last.folded)
    size = counted and (float(counted[2]) if counted[2].isdigit() else chinese_number(counted[2]))
    return [*others, last.part(0, counted.end(1))] if counted and size == len(items) else [*items]


def _said(evidence: Evidence, row: Enumeration) -> Piece:
    """The sentence, or where it is long the clauses from the list's to the end of the list, or the list alone."""
    sentence, whole = evidence.sentence, row.whole
    if len(sentence.text) <= _WHOLE:
        return sentence
    return whole if whole.end - whole.start <= len(sentence.text) else sentence
