"""Lists that no single place holds: the schools and companies of which several passages say the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.fold import fold
from search.answers.denial import asks_who_does_not, denied_of, denies
from search.answers.evidence import Evidence, gather
from search.answers.grounds import weakest
from search.answers.inquiry import Inquiry, Reply
from search.answers.kinds import Kind, fullest, kind_asked, names_of, same_name
from search.answers.listed import Listed, size_fits
from search.answers.openings import leads
from search.answers.pieces import clauses
from search.answers.terms import Matched, merge
from search.answers.wording import colon
from search.records import Item

_SENTENCES = 120
_HALF = 0.5
"""Share of the best sentence's words that a sentence must hold to bear out an item."""
_AS_SURELY = 0.75
"""Share of what the weightiest thing is found with in the best sentence that another must reach."""
_FORMS = 3
"""Words of each thing asked for that a sentence must not deny."""
_SURE = 0.5
"""From how surely it is found on a thing can be what all must hold."""
_ABOVE, _BEFORE = 0.8, 60
"""What a word counts that stands in the heading alone, or in so many characters before the sentence."""
_SEVERAL = 0.25
"""What a list from several places adds to the score of its best sentence."""
_LONGEST = 260
"""Characters up to which the answer gives each name with its clause; a longer one gives the names alone."""
_TOWARDS = re.compile(r"(?:到|对|向|与|和|为|给|同|由|支援|帮扶|接受|接收|来自|联合|前往|赴)$")
"""What stands before a school that a report of another one only deals with."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a sentence that bears it out, with how much of the question the sentence holds."""

    name: str
    evidence: Evidence
    share: float


def named_alike(inquiry: Inquiry) -> Iterator[Listed]:
    """The names of the kind asked for in all sentences that say what the best one says."""
    kind = kind_asked(fold(inquiry.query.question))
    found = (
        [named for evidence, share in _alike(inquiry) for named in _names(inquiry, evidence, kind, share)]
        if kind
        else []
    )
    groups = grouped(found)
    if inquiry.asked.count and len(groups) != inquiry.asked.count:
        groups = _in_one_sentence(found, inquiry.asked.count) or groups
    if len(groups) > 1:
        yield _listed(inquiry, [(fullest([one.name for one in group]), group[0]) for group in groups])


def grouped(found: Sequence[Named]) -> list[list[Named]]:
    """Names for the same thing together, in the order of their best sentences."""
    groups: list[list[Named]] = []
    for named in found:
        group = next((known for known in groups if any(same_name(one.name, named.name) for one in known)), None)
        if group is None:
            groups.append([named])
        else:
            group.append(named)
    return groups


def _in_one_sentence(found: Sequence[Named], count: int) -> list[list[Named]]:
    """The names of the first sentence that has as many as are asked for."""
    for first in dict.fromkeys(one.evidence.sentence for one in found):
        groups = grouped([one for one in found if one.evidence.sentence == first])
        if len(groups) == count:
            return groups
    return []


def _alike(inquiry: Inquiry) -> list[tuple[Evidence, float]]:
    """Sentences that hold the weightiest thing any of them holds, and half of all the best one holds, with their share.

    A name in signs (1+X) is that thing before any word. What the heading says, each sentence below it says; where the
    question denies, they have to deny.
    """
    terms, denied = inquiry.terms, asks_who_does_not(fold(inquiry.query.question))
    wide = gather(inquiry.query, terms, inquiry.hits, len(inquiry.hits))[:_SENTENCES]
    forms = [form for concept in terms.concepts for form, _ in concept.forms[:_FORMS] if len(form) > 1]
    told = [
        (one, _told(inquiry, one))
        for one in wide
        if (denies(one.sentence.folded) if denied else not denied_of(one.sentence.folded, forms))
    ]
    best = next((found for one, found in told if denied or terms.holds_literals(one.sentence.folded)), None)
    if best is None:
        return []
    surest = [max(found[at] for _, found in told) for at in range(len(best))]
    things = (not denied and terms.literals()) or range(len(best))
    pivot = max(things, key=lambda at: terms.worth[at] * surest[at] * (surest[at] >= _SURE))
    return [
        (one, terms.share(found))
        for one, found in told
        if found[pivot] >= _AS_SURELY * surest[pivot]
        and terms.share(found) >= _HALF * terms.share(best)
        and one.grounds.lost <= _HALF
    ]


def _told(inquiry: Inquiry, evidence: Evidence) -> Matched:
    """What a sentence holds with its passage's first words and the heading it stands under."""
    terms, passage = inquiry.terms, evidence.hit.passage
    own = terms.found(evidence.sentence.folded)
    before = fold(passage.text[: evidence.sentence.start - passage.start])
    above = terms.found(f"{fold(passage.path[-1]) if passage.path else ''}\n{before[-_BEFORE:]}")
    return merge(own, tuple(_ABOVE * one for one in above))


def _names(inquiry: Inquiry, evidence: Evidence, kind: Kind, share: float) -> Iterator[Named]:
    """The names in a sentence; where it says only "the school", the school of its heading, report or part."""
    sentence, passage = evidence.sentence.text, evidence.hit.passage
    found = names_of(kind, sentence)
    school = passage.report.metadata.school if kind == "school" else None
    if school and len(found) == 1 and _TOWARDS.search(sentence[: sentence.find(found[0])]):
        found = [school.value]
    if not found and kind == "school":
        above = [name for heading in reversed(passage.path) for name in names_of(kind, heading)]
        led = leads(inquiry.index, inquiry.sections)(passage)
        found = above[:1] or [name for name in (school.value if school else "", led) if name]
    for name in found:
        yield Named(name, evidence, share)


def _item(name: str, named: Named, inquiry: Inquiry) -> Item:
    """A name with the clause that bears it out: the one that holds most of the question, with the next one."""
    sentence = named.evidence.sentence
    parts = clauses(sentence)
    naming = [at for at, part in enumerate(parts) if named.name in part.text] or range(len(parts))
    at = max(naming, key=lambda place: inquiry.terms.coverage(parts[place].folded))
    last = parts[min(at + 1, len(parts) - 1)]
    shown = sentence.part(parts[at].start - sentence.start, last.end - sentence.start)
    return Item(name, shown.text.rstrip("，；。、"), (named.evidence.cite(),))


def _listed(inquiry: Inquiry, found: Sequence[tuple[str, Named]]) -> Listed:
    items = tuple(_item(name, named, inquiry) for name, named in found)
    first = found[0][1].evidence
    reply = Reply(
        kind="list",
        text=names_and_clauses(items, inquiry),
        citations=tuple(citation for item in items for citation in item.citations),
        grounds=weakest([first.grounds]),
        items=items,
    )
    return Listed(reply, first.score + _SEVERAL + size_fits(inquiry.asked, len(items)))


def names_and_clauses(items: Sequence[Item], inquiry: Inquiry) -> str:
    """Each name with its clause, those of one clause together, or where that gets long the names alone."""
    mark = colon(inquiry.query.language)
    by_clause: dict[str, list[str]] = {}
    for item in items:
        by_clause.setdefault(item.text, []).append(item.name)
    full = "；".join(
        "、".join(names) if names == [clause] else f"{'、'.join(names)}{mark}{clause}"
        for clause, names in by_clause.items()
    )
    return full if len(full) <= _LONGEST else "、".join(item.name for item in items)
