"""Charts of a Word document: the figures they show are kept in the file, and come out as a table."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from corpus.records import Grid, GridCell

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_MAX_POINTS = 2_000
"""Points of one series; a chart that people can read has fewer."""


def read_chart(root: ET.Element) -> Grid | None:
    """A row for each category, a column for each series, the chart's title in the corner; None if it has no figures."""
    series = list(root.iter(f"{C}ser"))
    columns = [_points(one.find(f"{C}val"), one.find(f"{C}yVal")) for one in series]
    labels = next(
        (found for one in series if (found := _points(one.find(f"{C}cat"), one.find(f"{C}xVal")))),
        {},
    )
    places = sorted({at for column in columns for at in column if at < _MAX_POINTS})
    if not places:
        return None
    names = [_name(one.find(f"{C}tx")) for one in series]
    cells = [GridCell(_title(root), 0, 0)]
    cells += [GridCell(name, 0, at) for at, name in enumerate(names, 1)]
    for row, place in enumerate(places, 1):
        cells.append(GridCell(labels.get(place, ""), row, 0))
        cells += [GridCell(column.get(place, ""), row, at) for at, column in enumerate(columns, 1)]
    return Grid(tuple(cells), header_rows=1)


def _title(root: ET.Element) -> str:
    title = root.find(f"{C}chart/{C}title")
    return "" if title is None else "".join(part.text or "" for part in title.iter(_TEXT)).strip()


def _name(element: ET.Element | None) -> str:
    """A series' name."""
    return "" if element is None else next((found.text or "" for found in element.iter(f"{C}v")), "").strip()


def _points(*sources: ET.Element | None) -> dict[int, str]:
    """Cached values by their place, of the first source that is there."""
    source = next((one for one in sources if one is not None), None)
    if source is None:
        return {}
    code = source.find(f".//{C}formatCode")
    percent = code is not None and "%" in (code.text or "")
    found = {}
    for point in source.iter(f"{C}pt"):
        index, shown = point.get("idx", ""), point.find(f"{C}v")
        if index.isdecimal() and shown is not None:
            found[int(index)] = _figure((shown.text or "").strip(), percent=percent)
    return found


def _figure(text: str, *, percent: bool) -> str:
    """A number as the chart shows it, without the traces of binary fractions; other text as it is."""
    if not re.fullmatch(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", text):
        return text
    value = float(text) * (100 if percent else 1)
    return f"{value:.12g}" + ("%" if percent else "")
