"""The figure that a question for a number asks for, whether running text or a table has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.fold import fold
from search.answers import cell, compare, computing, number, sides
from search.answers.cell import Place
from search.answers.conflicts import with_conflicts
from search.answers.inquiry import Inquiry, Reply
from search.answers.number import Figure
from search.answers.parties import part_and_whole

_FOREIGN, _STATED = 0.4, 0.5
"""What may speak against a share that is stated, and how much of the question it must hold."""
_FORMULA = re.compile(r"÷")


def reply(inquiry: Inquiry) -> Reply | None:
    """The figure or the cell that fits better, or a share that must be computed; None where there is none."""
    figures, places, years = number.figures(inquiry), cell.places(inquiry), inquiry.query.years
    if computing.operations(fold(inquiry.query.question)) == ("share",) and not _is_stated(inquiry, figures, places):
        parts = part_and_whole(inquiry.query)
        computed = compare.of(inquiry, parts) if parts else None
        if computed and _FORMULA.search(computed.text):
            return replace(computed, kind="number")
    figure = next(iter(own_years(inquiry, figures)), None)
    place = next((one for one in places if not years or one.year in {None, *years}), None)
    said = number.said(inquiry, figure) if figure else None
    found = tuple(sides.of(inquiry, figures, places)) if inquiry.query.names else ()
    if place and (said is None or figure is None or _worth(place) > said.grounds.worth - figure.against):
        return with_conflicts(inquiry, cell.said(inquiry, place, places), place, found)
    return with_conflicts(inquiry, said, figure, found) if said and figure else None


def _is_stated(inquiry: Inquiry, figures: Sequence[Figure], places: Sequence[Place]) -> bool:
    """Whether some sentence or table says the share itself, in the question's words."""
    shares = [one for one in figures if one.value.kind == "percent"]
    stated = shares and shares[0].against < _FOREIGN and inquiry.terms.coverage(shares[0].said) >= _STATED
    return bool(stated) or any(
        one.grounds.own >= _STATED and one.beside < _FOREIGN and one.value is not None and one.value.kind == "percent"
        for one in places[:1]
    )


def own_years(inquiry: Inquiry, figures: list[Figure]) -> list[Figure]:
    """The figures that are not plainly of another year than the question's."""
    years = inquiry.query.years
    return [one for one in figures if not years or one.stated.year is None or one.stated.year in years]


def _worth(place: Place) -> float:
    return place.grounds.worth - place.beside
