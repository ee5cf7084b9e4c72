"""Name a table's columns: headers of several rows, merged parents, diagonal corners."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.flow import Row

_NUMERIC = re.compile(r"[-+－—–]?[¥￥$]?\d[\d,，.．:：/%％‰\s]*(?:[万亿]?[元人个所名册台项次倍岁]*)?|[-－—–/]{1,2}|\s*")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-—/]\d{2,4})?\s?年?度?(?:\d{1,2}月)?")
_DATE = re.compile(r"(?:19|20)\d\d\s?[-—/.．]\s?\d{1,2}(?:\s?[-—/.．]\s?\d{1,2})?")
_SPACED = re.compile(r"(?:[\u4e00-\u9fff]\s+)+[\u4e00-\u9fff]")
_ACROSS = frozenset({"项目", "指标", "类别", "内容", "科目", "数据", "分类", "年份", "年度", "名称", "时间"})
_SECOND_HALVES = frozenset(
    {"名称", "类别", "类型", "内容", "数量", "人数", "等级", "代码", "编号", "级别", "时间", "总数"}
)
_MAX_HEADER_ROWS = 4


def numeric(text: str) -> bool:
    """A figure, a share, a ratio, a dash or nothing."""
    return _NUMERIC.fullmatch(text) is not None


def tidy(text: str) -> str:
    """A header's text on one line; "项  目" is "项目"."""
    text = " ".join(text.split())
    return "".join(text.split()) if _SPACED.fullmatch(text) else text


def corner(text: str) -> str:
    """The row labels' name from a diagonal corner ("项目" above, "年份" below): what stands lower left, thus last.

    The upper half is set off by blanks, or by a slash, or names what runs across ("项目"); "项目" above "名称" is one
    word on two lines.
    """
    parts = [part for part in re.split(r"[\n/／\\＼]", text) if part.strip()]
    lines = [tidy(part) for part in parts]
    if len(lines) == 1 and len(text.split()) == 2:
        lines = text.split()
    if len(lines) != 2:
        return tidy(text.replace("\n", ""))
    indented = parts[0].startswith("  ") and len(parts) == 2
    crossing = lines[0] in _ACROSS and lines[1] not in _SECOND_HALVES
    return lines[1] if indented or crossing else tidy(text.replace("\n", ""))


def width_of(rows: Sequence[Sequence[str]]) -> int:
    """How many columns most rows have; of two as frequent, the wider."""
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda width: (counts[width], width))


def header_rows(rows: Sequence[Sequence[str]], width: int) -> int:
    """How many rows at the top name columns; none where the first has a figure, for figures name nothing."""
    if any(map(counted, rows[0])):
        return 0
    count = 1
    while count < min(_MAX_HEADER_ROWS, len(rows) - 1) and _goes_on(rows[count - 1], rows[count], width):
        count += 1
    return count


def plain_figure(text: str) -> bool:
    """A figure that is not a year."""
    return numeric(text) and not _YEAR.fullmatch(text.strip())


def counted(text: str) -> bool:
    """A figure with digits that is neither a year nor a day."""
    text = text.strip()
    return any(map(str.isdigit, text)) and plain_figure(text) and not _DATE.fullmatch(text)


def _goes_on(above: Sequence[str], row: Sequence[str], width: int) -> bool:
    """A row below a merged one still names columns."""
    if any(numeric(cell) and cell.strip() for cell in row):
        return False
    narrow = len(above) < width
    gaps = len(above) == width and any(not cell.strip() for cell in above[1:])
    return narrow or (gaps and not row[0].strip())


def spread(row: Sequence[str], below: Sequence[str], width: int) -> list[str]:
    """A merged header row over `width` columns: each parent stands over its children.

    A parent whose child is empty reaches down and has one column; the others share the rest evenly, or, where the
    children's names repeat, begin anew with each repetition.
    """
    if len(row) >= width or len(below) != width:
        return [*row, *[""] * (width - len(row))][:width]
    alone = [n for n, cell in enumerate(below) if not cell.strip()]
    starts = _starts(below, alone, len(row))
    names = [""] * width
    parents = iter(row)
    current = ""
    for n in range(width):
        if n in starts:
            current = next(parents, "")
        names[n] = current
    return names


def _starts(below: Sequence[str], alone: Sequence[int], parents: int) -> set[int]:
    shared = [n for n in range(len(below)) if n not in alone]
    groups = parents - len(alone)
    if groups <= 0 or not shared:
        return set(range(parents))
    anew = [n for n in shared if below[n] == below[shared[0]]]
    if len(anew) != groups:
        anew = [shared[g * len(shared) // groups] for g in range(groups)]
    return {*alone, *anew}


def names(header: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """Column names, levels joined by "/"; a name that repeats the one above it stands once."""
    found = []
    for column in range(width):
        levels: list[str] = []
        for row in header:
            name = corner(row[column]) if column == 0 else tidy(row[column].replace("\n", ""))
            if name and (not levels or levels[-1] != name):
                levels.append(name)
        found.append("/".join(levels))
    return tuple(found)


def fitted(cells: Sequence[str], width: int, figures: Sequence[bool]) -> tuple[str, ...]:
    """A data row with every column filled; a short row is put where figures meet columns of figures."""
    if len(cells) >= width:
        return (*cells[: width - 1], " ".join(cells[width - 1 :]).strip()) if len(cells) > width else tuple(cells)
    lacking = width - len(cells)
    choices = ([*[""] * before, *cells, *[""] * (lacking - before)] for before in (0, lacking))
    return tuple(max(choices, key=lambda row: sum(numeric(c) == f for c, f in zip(row, figures, strict=True) if c)))


def figure_columns(rows: Sequence[Row] | Sequence[Sequence[str]], width: int) -> list[bool]:
    """For each column, whether most full rows have a figure there."""
    full = [r for r in (row.cells if isinstance(row, Row) else row for row in rows) if len(r) == width]
    return [sum(numeric(row[c]) for row in full) * 2 > len(full) for c in range(width)]
