"""Rules that a table leaves out: open sides, and the columns of tables ruled only across.

Chinese reports often draw tables without their outer upright rules, and papers with three level rules only: above
the header, below it, and at the foot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.readers.pdfium import Box, Glyph, Rule

SNAP = 3.0
"""Points within which two rules count as one, pdfplumber's own tolerance."""

_SPANNED_ROW = 1.2
"""Height of a row without inner rules, relative to the rows above and below it."""

_MAX_HEADER = 60.0
"""Points: height of the header of a table ruled only across, three lines at most."""

_MAX_GROUP = 60
"""Level rules of one length on a page; more are ruled paper."""

_BESIDE = 60.0
"""Points to both sides of a table ruled only across that are blank; beside a form's underlines stand its labels."""

_COLUMN_GAP = 0.8
"""Blank between columns in font sizes; words of a sentence stand closer."""

_FILLED = 0.6
"""Share of cells that are filled in a table that only its columns give away."""


def open_sides(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Upright rules at both ends of rows that have inner upright rules, but none at their ends."""
    uprights = [rule.box for rule in rules if rule.upright]
    for group in _same_ends(rules):
        gaps = list(pairwise(group))
        inner = [any(_crosses(box, upper, lower) for box in uprights) for upper, lower in gaps]
        for at, (upper, lower) in enumerate(gaps):
            if inner[at] or (
                0 < at < len(gaps) - 1 and inner[at - 1] and inner[at + 1] and _is_row(gaps[at - 1 : at + 2])
            ):
                yield from _sides(upper, lower, uprights)


def _is_row(gaps: Sequence[tuple[Box, Box]]) -> bool:
    """Whether the middle one of three is hardly higher than its neighbours: a row, not text between two tables."""
    above, here, below = (upper.bottom - lower.bottom for upper, lower in gaps)
    return here <= _SPANNED_ROW * min(above, below)


def across_only(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> Iterator[Rule]:
    """Upright and level rules that complete tables drawn with level rules alone, found by their blank columns."""
    uprights = [rule.box for rule in rules if rule.upright]
    for group in _same_ends(rules):
        start = 0
        while start + 2 < len(group):
            end = _last_rule(group, start, uprights, glyphs)
            if end:
                yield from _completed(group[start : end + 1], glyphs)
            start = end + 1 if end else start + 1


def _same_ends(rules: Sequence[Rule]) -> list[list[Box]]:
    """Level rules that begin and end at the same places, from top to bottom."""
    groups: list[list[Box]] = []
    for box in sorted((rule.box for rule in rules if not rule.upright), key=lambda box: -box.bottom):
        for group in groups:
            if abs(group[0].left - box.left) <= SNAP and abs(group[0].right - box.right) <= SNAP:
                group.append(box)
                break
        else:
            groups.append([box])
    return [group for group in groups if 1 < len(group) <= _MAX_GROUP]


def _crosses(upright: Box, upper: Box, lower: Box) -> bool:
    """Whether an upright rule inside runs from one level rule to the other."""
    inside = upper.left + SNAP < upright.left < upper.right - SNAP
    return inside and upright.bottom <= lower.bottom + SNAP and upright.top >= upper.bottom - SNAP


def _sides(upper: Box, lower: Box, uprights: Sequence[Box]) -> Iterator[Rule]:
    for x in (upper.left, upper.right):
        drawn = any(
            abs(box.left - x) <= 2 * SNAP and box.bottom <= lower.bottom + SNAP and box.top >= upper.bottom - SNAP
            for box in uprights
        )
        if not drawn:
            yield _upright(x, upper.bottom, lower.bottom)


def _upright(x: float, top: float, bottom: float) -> Rule:
    return Rule(Box(x, bottom, x, top), upright=True)


def _last_rule(group: Sequence[Box], start: int, uprights: Sequence[Box], glyphs: Sequence[Glyph]) -> int:
    """The rule at the foot of the largest table that begins at rule `start`; 0 if none does.

    Each rule more can only take blank columns away, so the first that leaves too few is the end.
    """
    found = 0
    if group[start].bottom - group[start + 1].bottom > _MAX_HEADER:
        return found
    for end in range(start + 2, len(group)):
        area = Box(group[start].left, group[end].bottom, group[start].right, group[start].bottom)
        beside = _within(glyphs, Box(area.left - _BESIDE, area.bottom, area.right + _BESIDE, area.top))
        inside = _within(beside, area)
        body = _rows([glyph for glyph in inside if glyph.baseline <= group[start + 1].bottom])
        if len(inside) < len(beside) or any(_overlaps(box, area) for box in uprights) or not _column_cuts(body):
            break
        if _is_table([glyph for glyph in inside if glyph.baseline > group[start + 1].bottom], body):
            found = end
    return found


def _overlaps(upright: Box, area: Box) -> bool:
    level = area.left - SNAP <= upright.left <= area.right + SNAP
    return level and min(upright.top, area.top) - max(upright.bottom, area.bottom) > SNAP


def _within(glyphs: Sequence[Glyph], area: Box) -> list[Glyph]:
    return [glyph for glyph in glyphs if not glyph.char.isspace() and area.holds(glyph)]


def _is_table(header: Sequence[Glyph], body: Sequence[Sequence[Glyph]]) -> bool:
    """Whether the text below the header fills at least two columns, and the header has them too."""
    cuts = _column_cuts(body)
    filled = [_filled(row, cuts) for row in body]
    columns = len(cuts) + 1
    enough = sum(map(len, filled)) >= _FILLED * columns * len(body) and 2 * len(_filled(header, cuts)) >= columns
    return len(body) > 1 and enough


def _filled(row: Sequence[Glyph], cuts: Sequence[float]) -> set[int]:
    """The columns that a row has something in."""
    return {sum(cut < glyph.box.left for cut in cuts) for glyph in row}


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs on one height together, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.baseline):
        if rows and rows[-1][0].baseline - glyph.baseline <= glyph.size / 2:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def _column_cuts(rows: Sequence[Sequence[Glyph]]) -> list[float]:
    """Middles of the blank stripes that go through all rows."""
    ordered = sorted((glyph for row in rows for glyph in row), key=lambda glyph: glyph.box.left)
    cuts: list[float] = []
    reach = ordered[0].box.right if ordered else 0.0
    for glyph in ordered:
        if glyph.box.left - reach >= _COLUMN_GAP * glyph.size:
            cuts.append((reach + glyph.box.left) / 2)
        reach = max(reach, glyph.box.right)
    return cuts


def _completed(rules: Sequence[Box], glyphs: Sequence[Glyph]) -> Iterator[Rule]:
    top, header, foot = rules[0].bottom, rules[1].bottom, rules[-1].bottom
    inside = _within(glyphs, Box(rules[0].left, foot, rules[0].right, top))
    head = [glyph for glyph in inside if glyph.baseline > header]
    body = _rows([glyph for glyph in inside if glyph.baseline <= header])
    cuts = _column_cuts(body)
    for x in (rules[0].left, rules[0].right):
        yield _upright(x, top, foot)
    for x in cuts:
        runs_through = any(box.left < x < box.right for box in _pieces(head))
        yield _upright(x, header if runs_through else top, foot)
    if len(rules) == 3:
        for upper, lower in pairwise(body):
            if 0 in _filled(lower, cuts):
                y = (min(glyph.box.bottom for glyph in upper) + max(glyph.box.top for glyph in lower)) / 2
                yield Rule(Box(rules[0].left, y, rules[0].right, y), upright=False)


def _pieces(glyphs: Sequence[Glyph]) -> Iterator[Box]:
    """The stretches of a header's lines without a blank as wide as a column's."""
    for row in _rows(glyphs):
        ordered = sorted((glyph.box for glyph in row), key=lambda box: box.left)
        piece = ordered[0]
        for box in ordered[1:]:
            if box.left - piece.right >= _COLUMN_GAP * row[0].size:
                yield piece
                piece = box
            else:
                piece = Box(piece.left, piece.bottom, max(piece.right, box.right), piece.top)
        yield piece
