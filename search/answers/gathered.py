"""Lists that no single place holds: the schools, companies, majors of which several passages say the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.fold import fold
from corpus.mentions import Mention, find_names
from corpus.schools import is_generic, parse_school, same_school
from search.answers.evidence import Evidence
from search.answers.grounds import weakest
from search.answers.inquiry import Inquiry, Reply
from search.answers.listed import Listed, size_fits
from search.answers.pieces import clauses
from search.answers.wording import colon
from search.records import Item

_ASKED_EN = r"(?:which|what|name the|list the) (?:\S+ ){0,3}?"
_KINDS = (
    ("school", rf"哪(?:些|几所|几家)\S{{0,4}}(?:学校|院校|职校|职高|高校|中职)|{_ASKED_EN}(?:schools|colleges)"),
    ("company", rf"哪(?:些|几家)\S{{0,4}}(?:企业|公司)|{_ASKED_EN}(?:companies|firms|enterprises)"),
)
_SENTENCES = 40
_HALF = 0.5
"""Share of the best sentence's words that a sentence must hold to bear out an item."""
_SEVERAL = 0.25
"""What a list from several places adds to the score of its best sentence."""
_LONGEST = 260
"""Characters up to which the answer gives each name with its clause; a longer one gives the names alone."""


def named_alike(inquiry: Inquiry) -> Iterator[Listed]:
    """The names of the kind asked for in all sentences that say what the best one says."""
    kind = kind_asked(inquiry)
    best = next((e for e in inquiry.evidence if inquiry.terms.holds_literals(e.sentence.folded)), None)
    if not kind or best is None:
        return
    items: dict[str, tuple[Item, Evidence]] = {}
    for evidence in _alike(inquiry, best):
        for name in _names(evidence, kind):
            key = next((known for known in items if _same(known, name)), name)
            items.setdefault(key, (_item(name, evidence, inquiry), evidence))
    if len(items) > 1:
        yield _listed(inquiry, list(items.values()))


def kind_asked(inquiry: Inquiry) -> str:
    """The kind of name that a "which" question asks for: school, company, or "" for anything else."""
    question = fold(inquiry.query.question)
    return next((kind for kind, cue in _KINDS if re.search(cue, question)), "")


def are_of_kind(items: Sequence[Item], kind: str) -> bool:
    """Whether at least half of the items are names of the kind asked for; of any kind where none is."""
    named = sum(any(mention.kind == kind for mention in find_names(item.name)) for item in items)
    return not kind or 2 * named >= len(items)


def _alike(inquiry: Inquiry, best: Evidence) -> Iterator[Evidence]:
    """Sentences that hold the weightiest thing that the best one holds, and half of all it holds."""
    terms = inquiry.terms
    held = terms.found(best.sentence.folded)
    pivot = max(range(len(held)), key=lambda at: held[at] * terms.worth[at], default=None)
    for evidence in inquiry.evidence[:_SENTENCES]:
        found = terms.found(evidence.sentence.folded)
        enough = terms.share(found) >= _HALF * terms.share(held) and not evidence.grounds.lost > _HALF
        if pivot is not None and found[pivot] and enough:
            yield evidence


def _names(evidence: Evidence, kind: str) -> list[str]:
    """The names in a sentence; where it says only "the school", the school of its heading or report."""
    found = [mention for mention in find_names(evidence.sentence.text) if mention.kind == kind and not _vague(mention)]
    if found or kind != "school":
        return [mention.canonical or mention.text for mention in found]
    above = [m for heading in reversed(evidence.hit.passage.path) for m in find_names(heading) if m.kind == kind]
    school = evidence.hit.passage.report.metadata.school
    return [above[0].text] if above else [school.value] if school else []


def _vague(mention: Mention) -> bool:
    return is_generic(mention.text)


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    first, second = parse_school(one), parse_school(other)
    return first is not None and second is not None and same_school(first, second)


def _item(name: str, evidence: Evidence, inquiry: Inquiry) -> Item:
    """A name with the clause that bears it out: the one that holds most of the question, with the next one."""
    parts = clauses(evidence.sentence)
    at = max(range(len(parts)), key=lambda place: inquiry.terms.coverage(parts[place].folded))
    last = parts[min(at + 1, len(parts) - 1)]
    shown = evidence.sentence.part(parts[at].start - evidence.sentence.start, last.end - evidence.sentence.start)
    return Item(name, shown.text.rstrip("，；。"), (evidence.cite(),))


def _listed(inquiry: Inquiry, found: Sequence[tuple[Item, Evidence]]) -> Listed:
    items = tuple(item for item, _ in found)
    mark = colon(inquiry.query.language)
    full = "；".join(f"{item.name}{mark}{item.text}" for item in items)
    reply = Reply(
        kind="list",
        text=full if len(full) <= _LONGEST else "、".join(item.name for item in items),
        citations=tuple(citation for item in items for citation in item.citations),
        grounds=weakest([evidence.grounds for _, evidence in found[:1]]),
        items=items,
    )
    return Listed(reply, found[0][1].score + _SEVERAL + size_fits(inquiry.asked, len(items)))
