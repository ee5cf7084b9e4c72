"""Items of an enumeration, each with its own citation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.fold import fold
from search.answers.columns import names_in_column
from search.answers.denial import asks_who_does_not, denies
from search.answers.enumeration import Enumeration, counted, enumerations, ordinals
from search.answers.evidence import Evidence
from search.answers.gathered import named_alike
from search.answers.headings import under_one_title
from search.answers.inquiry import Inquiry, Reply
from search.answers.kinds import Kind, is_of_kind, kind_asked
from search.answers.listed import Listed, size_fits
from search.answers.members import plain
from search.answers.naming import in_language
from search.answers.pieces import Piece, piece
from search.answers.reports import places_that_say
from search.records import Item

_SENTENCES = 8
_NEAR_BEST = 0.9
"""Share of the best sentence's score that a sentence needs for its enumerations to count."""
_WHOLE = 160
"""Characters up to which the answer is the sentence with the list; a longer one gives the list alone."""
_SEVERAL, _MORE, _MANY, _NEAR, _INSIDE, _UNLIKE = 0.15, 0.02, 5, 0.3, 0.3, 0.1
"""What three items add to a list's score, each further one and up to how many, the words around the list, what
these words cost where they stand in the items themselves (one asks for what one doesn't know), and unlike items."""


def reply(inquiry: Inquiry) -> Reply | None:
    """The list that fits best, an item for each of its members; None where none fits as well as plain sentences."""
    best = _best(inquiry)
    return in_language(best, inquiry.query.language) if best else None


def _best(inquiry: Inquiry) -> Reply | None:
    theirs = list(places_that_say(inquiry))
    if theirs and len(theirs[0].reply.items) > 1:
        return theirs[0].reply
    kind = kind_asked(fold(inquiry.query.question))
    alike = list(named_alike(inquiry))
    tabled = list(names_in_column(inquiry))
    found = [*theirs, *_in_sentences(inquiry), *under_one_title(inquiry), *alike]
    fitting = [listed for listed in found if _mostly_of_kind(listed.reply.items, kind)]
    best = max([*tabled, *fitting], key=lambda listed: listed.score, default=None)
    if best is None or best.score < (inquiry.evidence[0].score if inquiry.evidence else 0.0):
        return None
    return best.reply


def _mostly_of_kind(items: Sequence[Item], kind: Kind) -> bool:
    return not kind or 2 * sum(is_of_kind(kind, item.name) for item in items) >= len(items)


def _in_sentences(inquiry: Inquiry) -> Iterator[Listed]:
    """Enumerations in the best sentences: those far behind the best one only mention the subject."""
    near = [one for one in inquiry.evidence[:_SENTENCES] if one.score >= _NEAR_BEST * inquiry.evidence[0].score]
    if asks_who_does_not(fold(inquiry.query.question)):
        near = [one for one in near if denies(one.sentence.folded)]
    for evidence in near:
        for row in enumerations(evidence.sentence):
            yield _listed(inquiry, evidence, row)
        series = counted(evidence.sentence)
        if series is not None:
            yield _listed(inquiry, evidence, series)
    for evidence in near[:2]:
        passage = piece(evidence.hit.passage.text, evidence.hit.passage.start)
        for heads in ordinals(passage):
            if len(heads.items) > 2 or len(heads.items) == inquiry.asked.count:
                yield _listed(inquiry, evidence, heads)


def _listed(inquiry: Inquiry, evidence: Evidence, row: Enumeration) -> Listed:
    terms, whole = inquiry.terms, row.whole
    several = _SEVERAL + _MORE * min(len(row.items) - 3, _MANY) if len(row.items) > 2 else 0.0
    near = _NEAR * terms.coverage(whole.folded)
    inside = _INSIDE * terms.coverage("".join(item.folded for item in row.items))
    reply = Reply(
        kind="list",
        text=_said(evidence, row).text,
        citations=(evidence.cite(_said(evidence, row)),),
        items=tuple(Item(item.text, whole.text, (evidence.cite(item),)) for item in plain(row.items)),
        grounds=evidence.grounds,
    )
    return Listed(
        reply, evidence.score + size_fits(inquiry.asked, len(row.items)) + several + near - inside - _UNLIKE * row.cost
    )


def _said(evidence: Evidence, row: Enumeration) -> Piece:
    """The sentence, or where it is long the clauses from the list's to the end of the list, or the list alone."""
    sentence, whole = evidence.sentence, row.whole
    if len(sentence.text) <= _WHOLE:
        return sentence
    return whole if whole.end - whole.start <= len(sentence.text) else sentence
