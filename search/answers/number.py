"""A figure with its unit, and the clause it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from search.answers import wording
from search.answers.asked import Asked
from search.answers.evidence import Evidence
from search.answers.inquiry import Inquiry, Reply
from search.answers.pieces import Piece, clauses
from search.answers.quantity import is_quantity
from search.answers.support import is_school, told_of_school
from search.answers.text import LIMIT, excerpt
from search.answers.values import Value, values

_SENTENCES = 12
_WHOLE_SENTENCE = 90
"""Characters up to which a figure is shown in its whole sentence, not in its clause alone."""
_CHANGE = re.compile(r"(?:增加|增长|提高|提升|上升|增幅|减少|下降|降低|高出|降幅)(?:了|约|近|达|为)*$")
_FROM, _TO = re.compile(r"[从由][^，。；]{0,8}$"), re.compile(r"[^，。；\d]{0,6}[到至]")
_FROM_TO = re.compile(r"[从由][^，。；]{0,8}\d[\d.,]*[^，。；\d]{0,10}[到至]$")
_STANDARD = re.compile(r"标准|规定|[Ss]tandard|require")
_SCHOOL_WORD = re.compile(r"学校|职高|职校|\b[Ss]chool\b")
_CLAUSE, _AROUND, _FIT, _WORDED, _CHANGED, _OLD, _ONE_SCHOOL, _NORM = 0.6, 0.6, 0.35, 0.15, 0.25, 0.3, 0.2, 0.4
"""What the question's words count in a figure's clause and right beside it, what a suitable unit counts, what a figure
in Chinese numerals loses, one that tells a change where the level is asked for (or the reverse), the first of two in
从…增长到…, a school's where a place's is asked for, and what is prescribed where what is asked for is."""
_RIGHT_YEAR, _OTHER_YEAR = 0.15, 0.3
"""What the year before a figure adds where it is asked for, and costs where another is."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be the answer; `clause` holds it, `score` is comparable within one question."""

    value: Value
    clause: Piece
    evidence: Evidence
    fit: float
    """How well its unit suits the question, 0 to 1."""
    score: float

    @property
    def label(self) -> str:
        """The words of its clause that lead to it."""
        return _around(self.clause.folded, self.value)

    @property
    def written(self) -> str:
        """The figure as the report has it."""
        return self.clause.text[self.value.start : self.value.end]


def reply(inquiry: Inquiry) -> Reply | None:
    """The figure that fits best, with the words it stands in; None where there is none."""
    found = figures(inquiry)
    return said(inquiry, found[0]) if found else None


def said(inquiry: Inquiry, best: Figure) -> Reply:
    """A figure as an answer."""
    shown = best.evidence.sentence
    longest = LIMIT if inquiry.asked.several else _WHOLE_SENTENCE
    if len(shown.text) > longest:
        shown = excerpt(best.evidence, inquiry.terms, longest)
        if best.clause.start < shown.start or best.clause.end > shown.end:
            shown = best.clause
    figure = wording.figure(best.value, best.written, inquiry.query.language)
    evidence = best.evidence
    return Reply(
        kind="number",
        text=f"{figure}{wording.colon(inquiry.query.language)}{shown.text}",
        citations=(evidence.cite(shown),),
        grounds=replace(evidence.grounds, own=inquiry.terms.coverage(shown.folded)),
        fit=best.fit,
        close=inquiry.terms.coverage(best.clause.folded),
    )


def figures(inquiry: Inquiry) -> list[Figure]:
    """The figures of the best sentences, best first."""
    found = [figure for evidence in inquiry.evidence[:_SENTENCES] for figure in _of_sentence(inquiry, evidence)]
    return sorted(found, key=lambda figure: -figure.score)


def _of_sentence(inquiry: Inquiry, evidence: Evidence) -> list[Figure]:
    terms, years = inquiry.terms, inquiry.query.years
    result = []
    year_before = ""
    of_place = inquiry.query.names and not any(map(is_school, inquiry.query.names))
    of_place = of_place and not _SCHOOL_WORD.search(inquiry.query.question)
    others = _ONE_SCHOOL if of_place and told_of_school(evidence.hit.passage) else 0.0
    for clause in clauses(evidence.sentence):
        coverage = terms.coverage(clause.folded)
        for value in values(clause.folded):
            if value.kind == "date":
                if found := re.match(r"(?:19|20)\d\d", value.text):
                    year_before = found.group()
                continue
            fit = _fit(inquiry.asked, value)
            if fit is None or not is_quantity(clause.folded, value, inquiry.asked.unit):
                continue
            near = terms.coverage(_around(clause.folded, value))
            change = _CHANGED if bool(_CHANGE.search(clause.folded[: value.start])) != inquiry.asked.change else 0.0
            year = 0.0 if not (years and year_before) else _RIGHT_YEAR if int(year_before) in years else -_OTHER_YEAR
            score = evidence.score + _CLAUSE * coverage + _AROUND * near + _FIT * fit + year - change - others
            score -= _NORM * _is_norm(clause.folded, value, inquiry.query.question)
            score -= _WORDED * value.worded + _OLD * _is_old(clause.folded, value)
            result.append(Figure(value, clause, evidence, fit, score))
    return result


def _is_norm(clause: str, value: Value, question: str) -> bool:
    """Whether it says what a standard wants, and the question doesn't ask that."""
    return bool(re.search(r"标准[为是:：]?$", clause[: value.start]) and not _STANDARD.search(question))


def _is_old(clause: str, value: Value) -> bool:
    """Whether it is the first of two in 从…增长到…."""
    return bool(_FROM.search(clause[: value.start]) and _TO.match(clause[value.end :]))


def _fit(asked: Asked, value: Value) -> float | None:
    """How well a figure's unit suits the question, 0 to 1; None: it can't be the answer."""
    plain = value.text.rstrip("".join({value.unit}))
    if plain in asked.numbers and not value.unit:
        return None
    if asked.unit and value.unit == asked.unit:
        return 1.0
    if asked.kind == "none":
        return _fit_unsaid(asked, value)
    if value.kind == asked.kind:
        return 0.3 if value.worded or asked.unit not in {"", "个", value.unit} else 0.8
    bare = value.kind == "none"
    if asked.kind == "people":
        return 0.0 if bare else None
    return 0.0 if asked.kind in {"things", "time"} and bare else None


def _fit_unsaid(asked: Asked, value: Value) -> float | None:
    """The same where the question doesn't say what the figure measures."""
    if asked.counts:
        return 0.5 if value.kind in {"people", "things"} else 0.2 if value.kind == "none" else None
    return 0.5 if value.kind in {"people", "things", "money", "percent", "area", "ratio"} else 0.0


def _around(clause: str, value: Value) -> str:
    """The words that a figure belongs to: those before it up to the figure before, and a few after.

    Both figures of 从…增长到… belong to the words before 从.
    """
    before = _FROM_TO.sub("", clause[: value.start])
    last = max((match.end() for match in re.finditer(r"\d[\d.%万亿]*", before)), default=0)
    after = re.match(r"[^\d，,、]{0,10}", clause[value.end :])
    return before[last:] + (after.group() if after else "")
