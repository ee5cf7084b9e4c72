"""Outlines and tables of the real reports beside the project against what a person reads in them.

    python benchmarks/reading.py [SHARED]

SHARED defaults to ../shared and holds `reports/` and `qa/`. Prints F1 of the outline entries (kind, number, title) and
of entries with their level, the entries that are in no gold list, F1 of the table cells, how the text behind lost
headings is filed, the chart data that were named right, and megabytes of text read in a second of computing. White
space in titles is not compared; lead sentences are no entries.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.numbering import parse  # noqa: E402 — the project need not be installed to be measured
from corpus.read import read_path  # noqa: E402 — the same
from corpus.records import Report, Table  # noqa: E402 — the same

Entry = tuple[str, str, str, int | None]


class Heading(TypedDict):
    """A line of outline_gold.jsonl and outline_missing.jsonl, as far as it is used here."""

    report: str
    kind: str
    number: str
    title: str
    level: int | None
    before_line: int


class GoldTable(TypedDict):
    """A line of tables_gold.jsonl."""

    report: str
    line: int
    caption: str
    columns: list[str]
    rows: list[list[str]]


class GoldChart(TypedDict):
    """A line of charts_gold.jsonl."""

    report: str
    figure: str
    data_lines: list[int]
    series: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Score:
    """How well the shared reports are read; shares between 0 and 1."""

    outline: float
    levels: float
    invented: tuple[Entry, ...]
    missed: tuple[Entry, ...]
    cells: float
    misfiled: tuple[str, ...]
    """Lost headings whose text stands under another chapter, as "report:line"."""
    charts: float
    megabytes_per_second: float


def measure(shared: Path) -> Score:
    """Read the vocational reports for the outline and the tables, all text files for the speed."""
    reports = {path.name[:3]: _read(path) for path in sorted((shared / "reports" / "vocational").glob("*.txt"))}
    gold = Counter(_gold_entries(_lines(shared / "qa" / "outline_gold.jsonl")))
    found = Counter((name, entry) for name, report in reports.items() for entry in entries(report))
    return Score(
        outline=f1(Counter(_without_level(found)), Counter(_without_level(gold))),
        levels=f1(found, gold),
        invented=tuple(entry for _, entry in (found - gold).elements()),
        missed=tuple(entry for _, entry in (gold - found).elements()),
        cells=_cells(reports, shared),
        misfiled=tuple(_misfiled(reports, shared)),
        charts=_charts(reports, shared),
        megabytes_per_second=speed(sorted((shared / "reports").rglob("*.txt"))),
    )


def entries(report: Report) -> Iterator[Entry]:
    """The outline of a report: everything that its sections name, but lead sentences."""
    for section in report.sections:
        if section.kind != "lead" and (section.number or section.title):
            yield section.kind, section.number, "".join(section.title.split()), section.level


def f1(found: Counter[tuple[str, Entry]], gold: Counter[tuple[str, Entry]]) -> float:
    """Harmonic mean of precision and recall of two multisets."""
    right = (found & gold).total()
    return 2 * right / (found.total() + gold.total())


def speed(paths: Iterable[Path]) -> float:
    """Megabytes read in a second of computing, after a first file that loads what has to be loaded."""
    files = list(paths)
    _read(files[0])
    start = time.process_time()
    for path in files:
        _read(path)
    return sum(path.stat().st_size for path in files) / (time.process_time() - start) / 1e6


def _read(path: Path) -> Report:
    (report,) = read_path(path).reports
    return report


def _lines(path: Path) -> list[Heading]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _gold_entries(headings: Iterable[Heading]) -> Iterator[tuple[str, Entry]]:
    for heading in headings:
        kind = "title" if heading["level"] == 0 else heading["kind"]
        yield heading["report"], (kind, heading["number"], "".join(heading["title"].split()), heading["level"])


def _without_level(counts: Counter[tuple[str, Entry]]) -> Iterator[tuple[str, Entry]]:
    return ((name, (kind, number, title, None)) for name, (kind, number, title, _) in counts.elements())


def _cells(reports: dict[str, Report], shared: Path) -> float:
    """F1 of cells that have the right text in the right row and the right column name."""
    gold: Counter[tuple[str, int, int, str, str]] = Counter()
    found: Counter[tuple[str, int, int, str, str]] = Counter()
    for line in (shared / "qa" / "tables_gold.jsonl").read_text("utf-8").splitlines():
        table: GoldTable = json.loads(line)
        place = table["report"], table["line"]
        gold.update(_placed(place, table["columns"], table["rows"]))
        for mine in reports[table["report"]].tables:
            if mine.line == table["line"]:
                found.update(_placed(place, mine.columns, [[cell.text for cell in row] for row in mine.rows]))
    return 2 * (gold & found).total() / (gold.total() + found.total())


def _placed(
    place: tuple[str, int], columns: Iterable[str], rows: Iterable[Iterable[str]]
) -> Iterator[tuple[str, int, int, str, str]]:
    names = list(columns)
    for n, row in enumerate(rows):
        for name, text in zip(names, row, strict=True):
            yield *place, n, name, text


def _misfiled(reports: dict[str, Report], shared: Path) -> Iterator[str]:
    """Lost headings whose text stands under a chapter of another number."""
    for heading in _lines(shared / "qa" / "outline_missing.jsonl"):
        report, line = reports[heading["report"]], heading["before_line"]
        start = next(place.start for place in report.places if place.line == line)
        section = max((s for s in report.sections if s.start <= start), key=lambda s: s.start)
        numbers = [number for label in report.path(section.id) if (number := parse(label)) and number.family != "案例"]
        if any(number.values[0] != int(heading["number"].split(".")[0]) for number in numbers):
            yield f"{heading['report']}:{line}"


def _charts(reports: dict[str, Report], shared: Path) -> float:
    """Share of the charts whose figure and values are right."""
    gold: list[GoldChart] = [
        json.loads(line) for line in (shared / "qa" / "charts_gold.jsonl").read_text("utf-8").splitlines()
    ]
    right = 0
    for chart in gold:
        tables = [t for t in reports[chart["report"]].tables if t.line == chart["data_lines"][0]]
        right += any(t.caption.startswith(chart["figure"]) and _series(t) == chart["series"] for t in tables)
    return right / len(gold)


def _series(table: Table) -> dict[str, dict[str, str]]:
    return {
        name: {row[0].text: row[column].text for row in table.rows}
        for column, name in enumerate(table.columns)
        if column
    }


def main(shared: Path) -> None:
    """Print what was measured."""
    score = measure(shared)
    print(f"outline F1            {score.outline:.4f}")
    print(f"outline F1 with level {score.levels:.4f}")
    print(f"table cell F1         {score.cells:.4f}")
    print(f"charts named right    {score.charts:.2f}")
    print(f"misfiled text         {', '.join(score.misfiled) or 'none'}")
    print(f"text read             {score.megabytes_per_second:.1f} MB/s")
    for word, rest in (("invented", score.invented), ("missed", score.missed)):
        print(f"{word}: {len(rest)}")
        for entry in rest:
            print("   ", *entry)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared")
