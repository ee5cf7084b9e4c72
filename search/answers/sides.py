"""The figures of several sides that go best together: of one indicator, in one unit, each of its own name and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.fold import fold
from corpus.records import Metadata
from index.records import Filters, Index
from index.words import terms as cut
from search.answers import cell, number
from search.answers.cell import Place
from search.answers.computing import operations
from search.answers.confidence import OF_THEM
from search.answers.grounds import Grounds
from search.answers.indicators import with_indicators
from search.answers.inquiry import Inquiry, Reply, inquire
from search.answers.narrowness import extra
from search.answers.number import Figure
from search.answers.statements import bare
from search.answers.support import about, is_school, setting, short_forms
from search.answers.terms import Terms
from search.answers.values import Value
from search.records import Hit, Query

_DEPTH = 12
"""Hits whose sentences are read for each side."""
_OWN_WORDS = 1.0
"""What a figure gains whose label has the words that only its side asks for."""
_REACHED = re.compile(r"实际|完成|实现|结果|achieve|actual|result|real")
"""Asks for what was reached beside what was planned: the later year is the plan's."""
_SHARE = re.compile(r"更普遍|更常见|\b(?:more|less) common\b|\b(?:more|fewer) of (?:the|its|their)\b")
"""Asks where more of all are: shares compare, numbers don't."""
_NO_WORDS = Terms((), ())
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_MORE, _FOUND = 8, 0.5
"""Passages that are looked for besides the hits about a side, and the score of the best of these."""
_CANDIDATES = 8
_SAME_UNIT, _SAME_WORDS, _SAME_TABLE, _UNLIKE = 0.4, 0.8, 0.3, 0.5
"""What a figure gains that has the other side's unit, the words before it in common with the other's, and that stands
in the same table; and what it loses that tells a change or a plan where the other doesn't."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure of a text or a table that may be a side's."""

    value: Value
    unit: str
    """The unit with its scale, where the figure itself doesn't have it."""
    label: str
    score: float
    source: Figure | Place

    @property
    def place(self) -> tuple[str, int]:
        """Its report and where it stands there: two sides have no figure in common."""
        return self.source.place

    @property
    def grounds(self) -> Grounds:
        """What speaks for it."""
        return self.source.grounds

    def said(self, own: Inquiry) -> Reply:
        """It as an answer."""
        return cell.said(own, self.source) if isinstance(self.source, Place) else number.said(own, self.source)


def inquiries(inquiry: Inquiry, parts: Sequence[Query]) -> list[Inquiry]:
    """The question about each side, with the hits that are about it and what else its reports say."""
    return [_inquiry(inquiry, part) for part in parts]


def together(several: Sequence[Inquiry]) -> list[Choice | None]:
    """For each side the figure that goes best with the others', None where a side has none."""
    offered = [_best(list(choices(own, _own_words(own, several)))) for own in several]
    anchors = [(at, choice) for at, found in enumerate(offered) for choice in found]
    if not anchors:
        return [None for _ in several]
    return max((_around(offered, at, anchor) for at, anchor in anchors), key=lambda found: found[0])[1]


def _best(found: Sequence[Choice]) -> list[Choice]:
    """The best figures of a side; those of a part of it only where there are no others."""
    whole = [one for one in found if not one.source.narrower] or found
    return sorted(whole, key=lambda one: -one.score)[:_CANDIDATES]


def _around(offered: Sequence[Sequence[Choice]], at: int, anchor: Choice) -> tuple[float, list[Choice | None]]:
    total, chosen = anchor.score, list[Choice | None]()
    for side, found in enumerate(offered):
        rest = [one for one in found if one.place != anchor.place] if side != at else [anchor]
        best = max(rest, key=lambda one: one.score + _alike(one, anchor), default=None)
        chosen.append(best)
        if side != at and best is not None:
            total += best.score + _alike(best, anchor)
    return total, chosen


def _alike(one: Choice, other: Choice) -> float:
    """How well two figures go together."""
    score = _SAME_WORDS * likeness(bare(one.label), bare(other.label))
    score += _SAME_UNIT * ((one.value.kind, one.value.unit) == (other.value.kind, other.value.unit))
    if isinstance(one.source, Place) and isinstance(other.source, Place):
        same = one.source.table == other.source.table
        return score + _SAME_TABLE * same
    if isinstance(one.source, Figure) and isinstance(other.source, Figure):
        stated, beside = one.source.stated, other.source.stated
        return score - _UNLIKE * ((stated.change != beside.change) + (one.source.planned != other.source.planned))
    told = one.source if isinstance(one.source, Figure) else other.source
    return score - _UNLIKE * (isinstance(told, Figure) and told.stated.change)


@lru_cache(maxsize=4096)
def likeness(one: str, other: str) -> float:
    """Share of pairs of characters that two labels have in common."""
    one, other = one.replace("总", ""), other.replace("总", "")
    pairs = [{label[at : at + 2] for at in range(len(label) - 1)} for label in (one, other)]
    union = pairs[0] | pairs[1]
    return len(pairs[0] & pairs[1]) / len(union) if union else 0.0


def _own_words(own: Inquiry, several: Sequence[Inquiry]) -> Terms:
    """What only this side asks for, as terms of equal worth."""
    others = {concept.text for other in several if other is not own for concept in other.terms.concepts}
    concepts = tuple(one for one in own.terms.concepts if one.text not in others and not _YEAR.fullmatch(one.text))
    return Terms(concepts, tuple(1 / len(concepts) for _ in concepts))


def choices(own: Inquiry, words: Terms) -> Iterator[Choice]:
    """The figures that are a side's own: of its name and year; those whose label has its own words gain."""
    yield from of(own, number.figures(own), cell.places(own), words)


def of(own: Inquiry, figures: Sequence[Figure], places: Sequence[Place], words: Terms = _NO_WORDS) -> Iterator[Choice]:
    """The same of figures and cells that are known already."""
    for figure in figures:
        if _is_own(own, figure.grounds, figure.stated.year):
            gain = _OWN_WORDS * _covered(words, figure.label) * (1 - extra(figure.label, own.terms))
            yield Choice(figure.value, "", figure.label, figure.score + gain, figure)
    for cells in places:
        value = cells.value
        if value is not None and _is_own(own, cells.grounds, cells.year):
            label = f"{cells.label} {cells.table.columns[cells.column]}"
            gain = _OWN_WORDS * max(_covered(words, fold(part)) for part in (cells.label, label))
            yield Choice(value, cells.unit, label, cells.score + gain, cells)


def _covered(words: Terms, label: str) -> float:
    """Share of the words that a label has, or that it is a part of: 正高级 of 正高级教师."""
    plain = bare(label).strip()
    inside = len(plain) > 1 and any(plain in form for one in words.concepts for form, _ in one.forms)
    return max(words.coverage(label), float(inside))


def _is_own(own: Inquiry, grounds: Grounds, year: int | None) -> bool:
    years = own.query.years
    if years and year is not None and year not in years:
        return False
    dated = grounds.dated >= OF_THEM or (year is not None and year in years)
    return grounds.named >= OF_THEM and dated


def _inquiry(inquiry: Inquiry, part: Query) -> Inquiry:
    short = short_forms(part)
    hits = [
        hit for hit in inquiry.hits if about(part.names, fold(hit.passage.text), setting(hit.passage), short) >= OF_THEM
    ]
    hits += _further(inquiry, part, {hit.passage.id for hit in hits})
    hits = sorted(hits, key=lambda hit: -hit.score)
    own = inquire(with_indicators(part), hits, inquiry.index, depth=_DEPTH)
    asked = replace(inquiry.asked, shape="number", change=inquiry.asked.change and not inquiry.asked.level)
    if set(operations(fold(inquiry.query.question))) & {"growth", "ratio", "share"} and asked.kind in {
        "percent",
        "ratio",
    }:
        asked = replace(asked, kind="none", unit="")
    if _SHARE.search(fold(inquiry.query.question)):
        asked = replace(asked, kind="percent", unit="")
    if asked.aim and _REACHED.search(inquiry.query.question) and len(inquiry.query.years) > 1:
        asked = replace(asked, aim=max(inquiry.query.years) in part.years)
    return replace(own, asked=asked, tables=inquiry.tables, sections=inquiry.sections)


def _further(inquiry: Inquiry, part: Query, known: set[str]) -> list[Hit]:
    """What the reports of a side say in the words of the question, beside the hits."""
    index = inquiry.index
    schools = tuple(name for name in part.names if is_school(name))
    filters = Filters(schools=schools) if schools else _of_places(inquiry.index, part.names)
    found = index.matching(_words(part), _MORE, index.select(filters)) if filters else []
    best = max((one.score for one in found), default=0.0) or 1.0
    passages = index.passages([one.row for one in found])
    return [
        Hit(rank, _FOUND * one.score / best, passage)
        for rank, (one, passage) in enumerate(zip(found, passages, strict=True), start=1)
        if passage.id not in known
    ]


def _of_places(index: Index, names: Sequence[str]) -> Filters:
    """The reports of places themselves, not those of their schools and districts, where there are any."""
    own = [report.id for report in index.reports() if _is_of(report.metadata, names)]
    return Filters(reports=tuple(own)) if own else Filters(regions=tuple(names))


def _is_of(meta: Metadata, names: Sequence[str]) -> bool:
    region = meta.region.value.names if meta.region else ()
    return meta.school is None and bool(set(region[-1:]) & set(names))


def _words(part: Query) -> dict[str, float]:
    """The terms of a side, those of its indicators in the words of reports."""
    own = with_indicators(part)
    if own is part:
        return part.terms
    weights = {str(year): 1.0 for year in part.years}
    for concept in own.concepts:
        for form, fit in concept.forms:
            for term in cut(form):
                weights[term] = max(weights.get(term, 0.0), concept.weight * fit)
    return weights
