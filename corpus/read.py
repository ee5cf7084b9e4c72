"""The whole way from a path to reports, top to bottom; it never raises for what a file holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.clean import clean
from corpus.errors import ReadError
from corpus.figures import find_charts, with_labels
from corpus.layout import Layout, Sheet, lay_out
from corpus.metadata import read_metadata
from corpus.paragraphs import paragraphs
from corpus.passages import passages
from corpus.readers import read_sources
from corpus.records import Problem, Reading, Report, Section, Source, Table
from corpus.sections import sections
from corpus.tables import find_tables
from corpus.titles import with_titles

_TEMPORARY = ("~$", ".~lock.")
_LEFTOVERS = (".tmp", ".part", ".crdownload", ".lock", ".swp", "~")


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Files to read: folders walked in the order of their names, each file once, hidden and temporary ones left out.

    A file that is named itself is taken whatever its name. Raises `ReadError` "missing" for a path that isn't there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise ReadError(f"{path} does not exist.", "Check the spelling and the folder.", code="missing")
        for file in [path] if path.is_file() else _walk(path):
            found.setdefault(file)
    return list(found)


def _walk(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", *_TEMPORARY)):
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.is_file() and not path.name.endswith(_LEFTOVERS):
            yield path


def read_path(path: Path, *, name: str | None = None) -> Reading:
    """Read a file; an archive gives a report for each file in it. What went wrong stands in `problems`."""
    reports: list[Report] = []
    problems: list[Problem] = []
    for source in read_sources(path, name=name):
        if isinstance(source, Problem):
            problems.append(source)
        else:
            reports.append(read_source(source))
            problems += source.problems
    return Reading(tuple(reports), tuple(problems))


def read_source(source: Source) -> Report:
    """One report from the blocks that its reader gave."""
    blocks = find_charts(find_tables(clean(source.blocks)))
    items = with_labels(with_titles(paragraphs(blocks, wrapped=source.wrapped)))
    layout = lay_out(items)
    found = sections(layout)
    tables = _tables(layout, found)
    return Report(
        name=source.name,
        digest=source.digest,
        text=layout.text,
        metadata=read_metadata(layout.text, found, source.name),
        places=layout.places,
        sections=found,
        tables=tables,
        passages=passages(layout, found, tables),
        problems=source.problems,
    )


def _tables(layout: Layout, found: Sequence[Section]) -> tuple[Table, ...]:
    tables: list[Table] = []
    by_start = {section.start: section.id for section in found}
    for sheet in layout.lines:
        if isinstance(sheet, Sheet):
            tables.append(_table(sheet, len(tables), by_start[sheet.start]))
    return tuple(tables)


def _table(sheet: Sheet, table: int, section: int) -> Table:
    draft = sheet.draft
    return Table(
        id=table,
        kind=draft.kind,
        section=section,
        caption=draft.caption.text if draft.caption else draft.label,
        unit=draft.unit,
        source=draft.source.text if draft.source else "",
        columns=draft.columns,
        rows=sheet.cells,
        start=sheet.start,
        end=sheet.end,
        line=draft.line,
    )
