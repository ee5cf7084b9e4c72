"""The sentence or two that answer best."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.answers.cues import Focus
from search.answers.evidence import Evidence, Terms
from search.answers.inquiry import Inquiry, Reply
from search.answers.pieces import Piece, clauses
from search.answers.pointed import pointed, put
from search.answers.wording import colon

LIMIT = 150
"""Characters that a text answer should not pass."""
_CUE = 0.12
"""What a sign of the kind of answer asked for adds to a sentence's score."""
_CLOSE = 0.85
"""Share of the best sentence's score from which a second one is shown beside it."""

_CUES: dict[Focus, str] = {
    "why": r"因为|由于|因|为了|受.{1,12}影响|原因|导致|使得|制约|取消|不足|不够|难以|困难|缺乏|为.{2,20}奠定",
    "when": r"(?:19|20)\d\d年|\d{1,2}月",
    "who": r"同志|老师|教师|校长|主任|大师|先生|女士|选手|同学|学生",
    "document": r"《",
    "company": r"公司|企业|集团",
    "school": r"学校|职高|职校|中专|学院|中学|大学|中心",
    "how": r"通过|采取|采用|实行|实施|建立|以.{1,20}(?:为|的形式)|依托|借助|利用|搭建|形成|开展|把",
}


def reply(inquiry: Inquiry) -> Reply | None:
    """The best sentence, and a second one of nearly the same worth where both are short; None without evidence."""
    found = _ranked(inquiry)
    if not found:
        return None
    chosen = [found[0]]
    pieces = [excerpt(found[0], inquiry.terms)]
    for other in found[1:3]:
        shown = excerpt(other, inquiry.terms)
        close = other.score >= _CLOSE * found[0].score
        if close and len(pieces) == 1 and len(pieces[0].text) + len(shown.text) <= LIMIT:
            chosen.append(other)
            pieces.append(shown)
    best = found[0]
    return Reply(
        kind="text",
        text=_lead(inquiry, pieces) + "".join(piece.text for piece in pieces),
        citations=tuple(one.cite(piece) for one, piece in zip(chosen, pieces, strict=True)),
        reach=best.reach,
        own=best.own,
        named=best.named,
        dated=best.dated,
    )


def _lead(inquiry: Inquiry, pieces: Sequence[Piece]) -> str:
    """The date, document, company or person asked for, to stand before the sentences; "" where none is found."""
    short = pointed(inquiry.asked.focus, pieces, inquiry.terms)
    language = inquiry.query.language
    return f"{put(short, inquiry.asked.focus, language)}{colon(language)}" if short else ""


def _ranked(inquiry: Inquiry) -> list[Evidence]:
    """Sentences by how well they answer: the question's words and the signs of the kind of answer asked for."""
    cue = re.compile(_CUES.get(inquiry.asked.focus, r"(?!)"))
    return sorted(inquiry.evidence, key=lambda e: -(e.score + (_CUE if cue.search(e.sentence.folded) else 0.0)))


def excerpt(evidence: Evidence, terms: Terms, limit: int = LIMIT) -> Piece:
    """The sentence, or where it is longer than `limit` the run of clauses that holds most of the question."""
    sentence = evidence.sentence
    if len(sentence.text) <= limit:
        return sentence
    parts = clauses(sentence)
    runs = [
        sentence.part(parts[first].start - sentence.start, last.end - sentence.start)
        for first in range(len(parts))
        for last in parts[first:]
        if last.end - parts[first].start <= limit
    ]
    if not runs:
        return sentence.part(0, limit)
    return max(runs, key=lambda run: (terms.coverage(run.folded), len(run.text)))
