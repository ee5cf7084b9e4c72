"""Lists that a report makes of a table's column: the schools of a list of projects, the names of those rewarded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.fold import fold
from corpus.records import Cell, Table
from search.answers.cell import asks_for, tables
from search.answers.evidence import RANK
from search.answers.grounds import grounds
from search.answers.inquiry import Inquiry, Reply
from search.answers.listed import Listed, size_fits
from search.answers.support import about, setting
from search.answers.terms import merge
from search.records import Citation, Hit, Item

_HEADING = 0.25
_SUMS = re.compile(r"[合总小共]\s*计|平均|均值|全[市省区校国]|sum|(?:sub)?total|average|[-—/]+")
"""Rows that sum the others up are no items."""


def names_in_column(inquiry: Inquiry) -> Iterator[Listed]:
    """For each table among the hits the columns of names that the question may ask for."""
    for hit, table in tables(inquiry):
        for column, header in enumerate(table.columns):
            cells = [row[column] for row in table.rows if column < len(row) and _is_item(row[column].text)]
            if len(cells) > 1 and not any(re.fullmatch(r"[\d.,%:\s-]+", cell.text) for cell in cells):
                yield _listed(inquiry, hit, table, fold(header), cells)


def _is_item(text: str) -> bool:
    return bool(text) and not _SUMS.fullmatch(fold(text))


def _listed(inquiry: Inquiry, hit: Hit, table: Table, header: str, cells: list[Cell]) -> Listed:
    terms, passage, around = inquiry.terms, hit.passage, setting(hit.passage)
    own = terms.found(fold(f"{table.caption}\n{header}"))
    named = about(inquiry.query.names, fold(table.caption), around)
    why = grounds(terms, own, merge(own, terms.found(around.known)), named)
    items = tuple(
        Item(cell.text, cell.text, (Citation(passage.id, passage.report.id, cell.start, cell.end, cell.text),))
        for cell in cells
    )
    reply = Reply(
        kind="list",
        text="、".join(item.name for item in items),
        citations=tuple(citation for item in items for citation in item.citations),
        items=items,
        grounds=why,
    )
    wanted = _HEADING if asks_for(fold(inquiry.query.question), header) else 0.0
    inside = terms.coverage(fold(reply.text))
    score = why.reach + RANK * hit.score + wanted + size_fits(inquiry.asked, len(items)) - inside - why.lost
    return Listed(reply, score)
