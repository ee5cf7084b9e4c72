"""Find tables among a report's blocks: flattened to one cell a line, parted by tabs, or real ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.captions import caption_of, is_source, with_caption, with_source
from corpus.columns import figure_columns, fitted, header_rows, names, spread, tidy, width_of
from corpus.flow import Draft, Origin, Paragraph, Row
from corpus.grids import drafts_of_grid, lines_of_frame
from corpus.numbering import parse
from corpus.records import Block, Grid, GridCell
from corpus.stacks import starts

_MAX_WRAPPED_CELL = 40


@dataclass
class _Raw:
    """Rows as they were read, before columns are known."""

    rows: list[list[str]]
    lines: list[int]
    page: int | None
    end: int
    """First block behind the table."""


def find_tables(blocks: Sequence[Block]) -> list[Block | Draft]:
    """The blocks with every table, its caption and its source line, put into one draft."""
    found: list[Block | Draft] = []
    at = 0
    while at < len(blocks):
        drafts, end = _drafts(blocks, at)
        if not drafts:
            for block in blocks[at:end]:
                found += [block] if block.grid is None else lines_of_frame(block)
            at = end
            continue
        for draft in drafts[:-1]:
            found.append(with_caption(draft, found))
        last, at = with_source(with_caption(drafts[-1], found), blocks, end)
        found.append(last)
    return found


def _drafts(blocks: Sequence[Block], at: int) -> tuple[list[Draft], int]:
    """The table that begins here, or several that share a frame, and the first block that has not been looked at."""
    block = blocks[at]
    if block.grid is not None:
        return drafts_of_grid(block.grid, block.line, block.page), at + 1
    if "\t" not in block.text:
        return [], at + 1
    raw = _flattened(blocks, at) if block.text.startswith("\t") else _tabbed(blocks, at)
    return ([_assembled(part) for part in _stacked(raw)] if _is_table(raw) else []), max(raw.end, at + 1)


def _is_table(raw: _Raw) -> bool:
    return len(raw.rows) > 1 and max(map(len, raw.rows)) > 1 and not all(map(_numbered_line, raw.rows))


def _flattened(blocks: Sequence[Block], at: int) -> _Raw:
    """One cell a line, a tab before it; an empty line ends a row, two end the table."""
    raw = _Raw([[]], [blocks[at].line], blocks[at].page, at)
    while at < len(blocks) and blocks[at].grid is None:
        text = blocks[at].text
        if text.startswith("\t"):
            raw.rows[-1] += text[1:].split("\t") if text.strip() else [""]
        elif not text.strip():
            if at + 1 == len(blocks) or not blocks[at + 1].text.startswith("\t"):
                break
            raw.rows.append([])
            raw.lines.append(blocks[at + 1].line)
        elif raw.rows[-1] and _goes_on(blocks, at):
            raw.rows[-1][-1] += "\n" + text
        else:
            break
        at += 1
    raw.end = at
    kept = [n for n, row in enumerate(raw.rows) if any(cell.strip() for cell in row)]
    raw.rows, raw.lines = [raw.rows[n] for n in kept], [raw.lines[n] for n in kept]
    return raw


def _goes_on(blocks: Sequence[Block], at: int) -> bool:
    """A line without a tab belongs to the cell above it, as far as the row or the table goes on behind it."""
    text = blocks[at].text.strip()
    if len(text) > _MAX_WRAPPED_CELL or is_source(text) or caption_of(text):
        return False
    following = blocks[at + 1].text if at + 1 < len(blocks) else ""
    return following.startswith("\t") or not (following.strip() or text.endswith(("。", "；", "：")))


def _tabbed(blocks: Sequence[Block], at: int) -> _Raw:
    """Rows on one line each, cells parted by tabs, equally many on each."""
    width = len(_cells(blocks[at]))
    raw = _Raw([], [], blocks[at].page, at)
    while raw.end < len(blocks) and len(_cells(blocks[raw.end])) == width > 1:
        raw.rows.append(_cells(blocks[raw.end]))
        raw.lines.append(blocks[raw.end].line)
        raw.end += 1
    return raw


def _cells(block: Block) -> list[str]:
    return block.text.rstrip(" \r\n").split("\t") if block.grid is None else []


def _numbered_line(row: Sequence[str]) -> bool:
    """A number, a tab and a title: no table's row."""
    number = parse(row[0].strip())
    return len(row) == 2 and number is not None and number.end >= len(row[0].strip())


def _stacked(raw: _Raw) -> list[_Raw]:
    """The tables that stand one below the other in these rows, each under a row of one cell that names it."""
    width = width_of(raw.rows)
    cells = (
        GridCell(cell, n, column, 1, width if len(row) == 1 else 1)
        for n, row in enumerate(raw.rows)
        for column, cell in enumerate(row)
    )
    edges = [0, *starts(Grid(tuple(cells))), len(raw.rows)]
    return [_Raw(raw.rows[a:b], raw.lines[a:b], raw.page, raw.end) for a, b in pairwise(edges)]


def _assembled(raw: _Raw) -> Draft:
    width = width_of(raw.rows)
    caption = None
    if len(raw.rows) > 2 and width > 2 and len(raw.rows[0]) == 1 and len(raw.rows[1]) == width:
        caption = Paragraph(_inline(raw.rows[0][0]), (Origin(0, raw.lines[0], raw.page),))
        raw = _Raw(raw.rows[1:], raw.lines[1:], raw.page, raw.end)
    count = header_rows(raw.rows, width)
    header = raw.rows[:count]
    for n in reversed(range(count)):
        header[n] = spread(header[n], header[n + 1] if n + 1 < count else [], width)
    figures = figure_columns(raw.rows[count:], width)
    return Draft(
        kind="table",
        caption=caption,
        columns=names(header, width),
        header=tuple(
            Row(tuple(_inline(cell) for cell in _once(row)), line, raw.page)
            for row, line in zip(header, raw.lines, strict=False)
        ),
        rows=tuple(
            Row(fitted([_inline(cell) for cell in row], width, figures), line, raw.page)
            for row, line in zip(raw.rows[count:], raw.lines[count:], strict=True)
        ),
    )


def _once(row: Sequence[str]) -> list[str]:
    """A merged parent stands at its first column only."""
    return [cell if n == 0 or cell != row[n - 1] else "" for n, cell in enumerate(row)]


def _inline(cell: str) -> str:
    parts = [" ".join(part.split()) for part in cell.strip().split("\n")]
    return tidy("".join(parts))
