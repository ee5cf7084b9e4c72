"""The figure that a question for a number asks for, whether running text or a table has it."""

from __future__ import annotations

from search.answers import cell, number
from search.answers.cell import Place
from search.answers.inquiry import Inquiry, Reply
from search.answers.number import Figure


def reply(inquiry: Inquiry) -> Reply | None:
    """The figure or the cell that fits better; None where there is neither."""
    figure = next(iter(own_years(inquiry, number.figures(inquiry))), None)
    years = inquiry.query.years
    place = next((one for one in cell.places(inquiry) if not years or one.year in {None, *years}), None)
    said = number.said(inquiry, figure) if figure else None
    if place and (said is None or figure is None or _worth(place) > said.grounds.worth - figure.against):
        return cell.said(inquiry, place)
    return said


def own_years(inquiry: Inquiry, figures: list[Figure]) -> list[Figure]:
    """The figures that are not plainly of another year than the question's."""
    years = inquiry.query.years
    return [one for one in figures if not years or one.stated.year is None or one.stated.year in years]


def _worth(place: Place) -> float:
    return place.grounds.worth - place.beside
