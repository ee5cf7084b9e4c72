"""Weighs the sentences of the hits by how much of the question they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from search.answers.grounds import Grounds
from search.answers.narrowness import told_year
from search.answers.openings import Led
from search.answers.pieces import Piece, sentences_of
from search.answers.support import Setting, about, dated, is_school, setting, short_forms
from search.answers.terms import Terms, merge
from search.records import Citation, Hit, Query

HITS = 8
"""Hits whose sentences are read: the gold passage of an answerable question is nearly always among them."""
_BESIDE, _PASSAGE, _CONTEXT = 0.5, 0.35, 0.85
"""What a word of the question counts in the sentence beside, in the rest of the passage (1 in the sentence itself),
and what it counts in headings and title beside one in the passage."""
RANK = 1.5
"""What the hit's own score adds: the sentence is mostly in one of the best passages. Chosen with
`benchmarks/answers.py`; anything between 1 and 3 does about as well."""


class Evidence(NamedTuple):
    """A sentence with how well it fits the question."""

    sentence: Piece
    hit: Hit
    grounds: Grounds
    score: float
    """Words of the question here and around, and the hit's own score; comparable within one question."""

    def cite(self, part: Piece | None = None) -> Citation:
        """A citation of the sentence, or of a part of it."""
        span = part or self.sentence
        passage = self.hit.passage
        return Citation(passage.id, passage.report.id, span.start, span.end, span.text)


def gather(
    query: Query, terms: Terms, hits: Sequence[Hit], depth: int | None = None, *, led: Led | None = None
) -> list[Evidence]:
    """All sentences of the first hits, best first; tables are read cell by cell, see `cell`.

    `led` tells of which school a passage speaks that names none; it is asked where the question names one.
    """
    read = [hit for hit in hits[: depth or HITS] if hit.passage.table is None]
    sections = _sections(read) if query.names else {}
    asked = led if any(map(is_school, query.names)) else None
    found, short = [], short_forms(query)
    for hit in read:
        passage = hit.passage
        section = sections.get((passage.report.id, passage.section), "")
        around = setting(passage, section, asked(passage) if asked else "", told_year(passage))
        found += _of_hit(query, terms, hit, around, short)
    return sorted(found, key=lambda evidence: -evidence.score)


def _sections(read: Sequence[Hit]) -> dict[tuple[str, int], str]:
    """What is known of each section by its report and number, folded: names may stand there."""
    sections: dict[tuple[str, int], str] = defaultdict(str)
    for hit in read:
        sections[hit.passage.report.id, hit.passage.section] += setting(hit.passage).passage
    return sections


def _of_hit(query: Query, terms: Terms, hit: Hit, around: Setting, short: Sequence[str]) -> list[Evidence]:
    parts = sentences_of(hit.passage.text, hit.passage.start)
    if not parts:
        return []
    anywhere = terms.anywhere(around.passage)
    own = [terms.within(part.folded, anywhere) for part in parts]
    passage = merge(*own)
    reach = merge(passage, terms.found(around.known))
    reached, gap = terms.share(reach), terms.greatest_lost(reach)
    farther = (1 - _CONTEXT) * terms.share(passage) + _CONTEXT * reached
    above = about(query.names, "", around, short)
    result = []
    for at, (part, here) in enumerate(zip(parts, own, strict=True)):
        beside = terms.share(merge(*own[max(0, at - 1) : at + 2]))
        why = Grounds(
            own=terms.share(here),
            reach=reached,
            gap=gap,
            missing=terms.greatest_lost(here),
            named=above if above == 1.0 else max(above, about(query.names, part.folded, short=short)),
            dated=dated(query.years, part.folded, around),
        )
        words = (1 - _BESIDE) * why.own + (_BESIDE - _PASSAGE) * beside + _PASSAGE * farther
        result.append(Evidence(part, hit, why, words + RANK * hit.score - why.lost))
    return result
