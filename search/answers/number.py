"""A figure with its unit, and the clause it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.fold import fold
from search.answers import wording
from search.answers.asked import Asked
from search.answers.denial import included
from search.answers.evidence import Evidence
from search.answers.explained import LIMIT
from search.answers.grounds import Grounds
from search.answers.indicators import names_statistic
from search.answers.inquiry import Inquiry, Reply
from search.answers.narrowness import extra, is_narrower, is_planned, period, periods_asked, told_year
from search.answers.pieces import Piece
from search.answers.quantity import is_quantity
from search.answers.restrictions import Restriction, restricted, unasked, unmet
from search.answers.statements import Stated, statements
from search.answers.support import about, is_school, setting, short_forms
from search.answers.text import excerpt
from search.answers.values import Value

_SENTENCES = 24
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BOUND = re.compile(r"\s*(?:左右|以上|以下|以内)")
_WHOLE_SENTENCE = 90
"""Characters up to which a figure is shown in its whole sentence, not in its clause alone."""
_STANDARD = re.compile(r"标准|规定|[Ss]tandard|require")
_CLAUSE, _AROUND, _FIT, _WORDED, _CHANGED, _OLD = 0.6, 0.6, 0.35, 0.15, 0.35, 0.3
"""What the question's words count in a figure's clause and in its label, what a suitable unit counts, what a figure in
Chinese numerals loses, one that tells a change where the level is asked for (or the reverse), and what was before a
change."""
_EXTRA, _NARROWER, _AIM, _PERIOD, _PART = 0.45, 0.5, 0.45, 0.3, 0.25
"""What a figure loses whose label has other words than the question's, that is of a school or district where a city is
asked for, and that is planned where what was reached is asked for (or the reverse), and that
is of another period of years than what is asked for, and that is one of the parts behind 其中."""
_UNMET, _UNASKED = 0.3, 0.2
"""What a figure loses for each restriction of the question that its clause doesn't speak of, and for each part that its
label tells of and the question doesn't ask for."""
_PART_OF = 0.4
"""From which share of other words on in its label a figure is of a part, where the label has only a wider name for what
is asked for: 顶岗实习学生 for 在校生."""
_LESS_OR_MORE = re.compile(r"[增减降涨升]|\b(?:extra|more|less|fewer|add\w*|sav\w+|cut)\b")
_NUMBERED, _NEAR = 0.3, 12
"""What a figure gains behind a number of the question (60岁以上), and how far behind it."""
_OTHER_NAME = 0.4
"""What a figure loses that stands before the school asked about, in a sentence that tells of others first."""
_REPORT, _ELSEWHERE = 0.85, 0.2
"""How surely a figure is of the year that its report tells of, and of one that its sentence doesn't give it."""
_RIGHT_YEAR, _OTHER_YEAR = 0.15, 0.4
"""What a figure's own year adds where it is asked for, and costs where another is."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be the answer; `clause` holds it, `score` is comparable within one question."""

    value: Value
    clause: Piece
    evidence: Evidence
    stated: Stated
    fit: float
    """How well its unit suits the question, 0 to 1."""
    grounds: Grounds
    """What speaks for its sentence, with its own year."""
    narrower: bool
    """It is of a school or a district where the place is asked for that it lies in."""
    planned: bool
    """It is a plan's or a target's."""
    against: float
    """What speaks against it: other words than the question's, somebody narrower, a plan or another period."""
    foreign: float
    """Share of its label's words that the question doesn't have."""
    unmet: tuple[str, ...]
    """Restrictions of the question that neither its sentence nor what stands above it speaks of, in its words."""
    score: float

    @property
    def label(self) -> str:
        """The words that say what it measures."""
        return self.stated.label

    @property
    def place(self) -> tuple[str, int]:
        """Its report and where it stands there."""
        return self.evidence.hit.passage.report.id, self.evidence.sentence.start + self.value.start

    @property
    def said(self) -> str:
        """Its label with its clause, folded."""
        return f"{self.stated.label}\n{self.clause.folded}"

    @property
    def written(self) -> str:
        """The figure as the report has it, with 左右 or 以上."""
        sentence = self.evidence.sentence
        after = _BOUND.match(sentence.folded, self.value.end)
        return sentence.text[self.value.start : after.end() if after else self.value.end]


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
        grounds=best.grounds._replace(own=inquiry.terms.coverage(shown.folded)),
        fit=best.fit,
        close=inquiry.terms.coverage(best.clause.folded),
        unmet=_missed(inquiry, best),
    )


def _missed(inquiry: Inquiry, figure: Figure) -> tuple[str, ...]:
    """Words of the question that a figure doesn't keep to: restrictions, its place, what it counts."""
    found = zip(inquiry.terms.concepts, inquiry.terms.found(figure.label), strict=True)
    counted = [(one.text, sure) for one, sure in found if sure and names_statistic(one.text)]
    parts = [text for text, sure in counted if sure < 1 and figure.foreign >= _PART_OF]
    levels = [text for text, _ in counted] or [""]
    return (
        *figure.unmet,
        *(inquiry.query.names[:1] if figure.narrower else ()),
        *(levels if _is_change(inquiry, figure) else parts)[:1],
    )


def _is_change(inquiry: Inquiry, figure: Figure) -> bool:
    """Whether a figure says by how much something changed, where how much there is is asked for."""
    asked, plain = inquiry.asked, figure.value.kind != "percent"
    return (
        figure.stated.change
        and plain
        and not (asked.change or asked.several or _LESS_OR_MORE.search(fold(inquiry.query.question)))
    )


def figures(inquiry: Inquiry) -> list[Figure]:
    """The figures of the best sentences, best first."""
    found = [figure for evidence in inquiry.evidence[:_SENTENCES] for figure in _of_sentence(inquiry, evidence)]
    return sorted(found, key=lambda figure: -figure.score)


def _of_sentence(inquiry: Inquiry, evidence: Evidence) -> Iterator[Figure]:
    sentence, asked = evidence.sentence, inquiry.asked
    passage, found = evidence.hit.passage, statements(sentence.folded)
    if not found:
        return
    narrower = is_narrower(passage, inquiry.query, sentence.folded)
    planned, periods = is_planned(passage), periods_asked(fold(inquiry.query.question))
    wanted = restricted(inquiry.query)
    lacking = _lacking(wanted, evidence, several=asked.several) if wanted else ()
    for stated in found:
        value = stated.value
        fit = _fit(asked, value)
        norm = _is_norm(sentence.folded, value, inquiry.query.question)
        if fit is None or norm or not is_quantity(sentence.folded, value, asked.unit):
            continue
        clause = sentence.part(stated.start, stated.end).strip()
        foreign = extra(stated.label, inquiry.terms, inquiry.query.names)
        against = _EXTRA * foreign + _NARROWER * narrower
        against += _AIM * ((stated.aim or planned) != asked.aim)
        against += _CHANGED * (stated.change != asked.change and not asked.several)
        against += _PART * ("其中" in stated.before + stated.label and foreign > 0 and value.kind != "percent")
        against += _PERIOD * (period(stated, passage) not in (periods or ("",)))
        against += _UNMET * len(unmet(wanted, f"{stated.label}\n{clause.folded}"))
        against += _UNASKED * unasked(wanted, stated.label)
        score = evidence.score + _FIT * fit + _of_label(inquiry, stated, clause.folded) - against
        score -= _WORDED * value.worded
        why = evidence.grounds._replace(dated=_dated(inquiry, evidence, stated))
        yield Figure(
            value=value,
            clause=clause,
            evidence=evidence,
            stated=stated,
            fit=fit,
            grounds=why,
            narrower=narrower,
            planned=stated.aim or planned,
            against=against,
            foreign=foreign,
            unmet=lacking,
            score=score,
        )


def _lacking(wanted: Sequence[Restriction], evidence: Evidence, *, several: bool) -> tuple[str, ...]:
    """The restrictions that no sentence, heading or (where `several` things are asked for) passage speaks of."""
    around = setting(evidence.hit.passage)
    beside = around.passage if several else ""
    return unmet(wanted, included(f"{evidence.sentence.folded}\n{around.known}\n{beside}"))


def _of_label(inquiry: Inquiry, stated: Stated, clause: str) -> float:
    """What speaks for a figure in the words around it."""
    terms, years = inquiry.terms, inquiry.query.years
    score = _CLAUSE * terms.coverage(f"{stated.label}\n{clause}") + _AROUND * terms.coverage(_indicator(stated.label))
    numbers = inquiry.asked.numbers
    if numbers and not numbers.isdisjoint(_NUMBER.findall(stated.before[-_NEAR:] + stated.label)):
        score += _NUMBERED
    if _is_before_name(inquiry, stated):
        score -= _OTHER_NAME
    if years and stated.year:
        score += _RIGHT_YEAR if stated.year in years else -_OTHER_YEAR
    return score - _OLD * (stated.old and not (stated.year and stated.year in years))


def _dated(inquiry: Inquiry, evidence: Evidence, stated: Stated) -> float:
    """How surely a figure is of a year asked for: its own, or the one that a government's report tells of."""
    years, passage = inquiry.query.years, evidence.hit.passage
    if not years or stated.year is not None:
        return 1.0 if not years or stated.year in years else min(evidence.grounds.dated, _ELSEWHERE)
    return _REPORT if told_year(passage, planned=stated.aim) in years else evidence.grounds.dated


def _indicator(label: str) -> str:
    """A label also in the form without 总: 粮食总产量 is 粮食产量."""
    return f"{label}\n{label.replace('总', '')}" if "总" in label else label


def _is_before_name(inquiry: Inquiry, stated: Stated) -> bool:
    """Whether a sentence names the school asked about only behind a figure: 全市招生5120人，其中江滨职校880人."""
    schools = [name for name in inquiry.query.names if is_school(name)]
    if not schools:
        return False
    short = short_forms(inquiry.query)
    before, behind = (about(schools, text, short=short) for text in (stated.before + stated.label, stated.behind))
    return not before and bool(behind)


def _is_norm(sentence: str, value: Value, question: str) -> bool:
    """Whether it says what a standard wants, and the question doesn't ask that."""
    return bool(re.search(r"标准[为是:：]?$", sentence[: value.start]) and not _STANDARD.search(question))


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
    return 0.0 if value.kind in {"none", "time"} else 0.5
