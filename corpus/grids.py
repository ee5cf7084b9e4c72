"""Real tables, with merged cells, as drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.captions import unit_of
from corpus.columns import header_rows, names, plain_figure, tidy
from corpus.flow import Draft, Origin, Paragraph, Row
from corpus.records import Block, Grid, GridCell
from corpus.stacks import parts

_MAX_HEADER_ROWS = 4
_MIN_HEADER = 3  # columns of a table that has a header and nothing else


def drafts_of_grid(grid: Grid, line: int, page: int | None) -> list[Draft]:
    """The draft of a real table, several where tables stand one below the other in it.

    None for a frame of one column or one row, which holds text, not a table.
    """
    drafts = [_draft(part, line, page) for part in parts(grid)]
    found = drafts if None not in drafts else [_draft(grid, line, page)]
    return [draft for draft in found if draft is not None]


def _draft(grid: Grid, line: int, page: int | None) -> Draft | None:
    above, cells = _titled(grid)
    titles = [Paragraph(text, (Origin(0, line, page),)) for text in above]
    caption = next((title for title in titles if not unit_of(title.text)), None)
    height = max((cell.row + cell.row_span for cell in cells), default=0)
    width = max((cell.column + cell.column_span for cell in cells), default=0)
    if width < 2 or (height < 2 and width < _MIN_HEADER):
        return None
    covering = _covering(cells)
    text = [[_text(covering, row, column) for column in range(width)] for row in range(height)]
    count = _header(grid, cells, text, width, offset=len(above))
    alone = {(cell.row, cell.column): " ".join(cell.text.split()) for cell in cells}

    def row(n: int) -> Row:
        above = frozenset(
            c for c in range(width) if n > count and (n, c) in covering and _reaches(covering[n, c], n, c)
        )
        return Row(tuple(tidy(alone.get((n, c), "")) for c in range(width)), line, page, above)

    return Draft(
        kind="table",
        columns=names(text[:count], width),
        header=tuple(row(n) for n in range(count)),
        rows=tuple(row(n) for n in range(count, height) if any(text[n])),
        caption=caption,
        notes=tuple(title for title in titles if title is not caption),
    )


def lines_of_frame(block: Block) -> Iterator[Block]:
    """The text of a table that is only a frame, a line a block."""
    for cell in block.grid.cells if block.grid else ():
        for text in cell.text.split("\n"):
            yield replace(block, text=text, grid=None)


def _titled(grid: Grid) -> tuple[list[str], tuple[GridCell, ...]]:
    """Rows at the top that are one cell over the whole width stand above the table: its caption, its unit."""
    width = max((cell.column + cell.column_span for cell in grid.cells), default=0)
    above: list[str] = []
    while width > 1:
        row = [cell for cell in grid.cells if cell.row == len(above) and cell.text.strip()]
        if len(row) != 1 or row[0].column_span < width or row[0].row_span > 1:
            break
        above.append(" ".join(row[0].text.split()))
    count = len(above)
    return above, tuple(replace(cell, row=cell.row - count) for cell in grid.cells if cell.row >= count)


def _covering(cells: tuple[GridCell, ...]) -> dict[tuple[int, int], GridCell]:
    return {
        (cell.row + down, cell.column + right): cell
        for cell in cells
        for down in range(cell.row_span)
        for right in range(cell.column_span)
    }


def _text(covering: dict[tuple[int, int], GridCell], row: int, column: int) -> str:
    cell = covering.get((row, column))
    return cell.text.strip() if cell else ""


def _reaches(cell: GridCell, row: int, column: int) -> bool:
    """The cell stands further up in the same column."""
    return cell.row < row and cell.column == column


def _header(grid: Grid, cells: tuple[GridCell, ...], text: list[list[str]], width: int, *, offset: int) -> int:
    """Rows that name columns: as the file says, else the first and those that merged cells tie to it."""
    if grid.header_rows and grid.header_rows > offset:
        return min(grid.header_rows - offset, len(text))
    if len(text) == 1:
        return 1
    count = max(cell.row_span for cell in cells if cell.row == 0)
    count = max(count, min(header_rows(text, width), 1)) if count > 1 else header_rows(text, width)
    while count < min(_MAX_HEADER_ROWS, len(text)) and _subdivided(cells, text, count):
        count += 1
    return min(count, len(text))


def _subdivided(cells: tuple[GridCell, ...], text: list[list[str]], row: int) -> bool:
    """In this row several cells stand under one of the row above, and none of them is a figure."""
    if any(plain_figure(cell) for cell in text[row] if cell):
        return False
    below = [cell.column for cell in cells if cell.row == row]
    parents = [c for c in cells if c.row + c.row_span == row and c.column_span > 1]
    return any(sum(p.column <= column < p.column + p.column_span for column in below) > 1 for p in parents)
