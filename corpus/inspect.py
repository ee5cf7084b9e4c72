"""How a file was read, as the JSON that `wenbao inspect --json` prints."""

from __future__ import annotations

from typing import TypeAlias

from corpus.records import (
    Found,
    Level,
    Metadata,
    Passage,
    Problem,
    Reading,
    Region,
    Report,
    ReportKind,
    Section,
    Table,
)

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def as_json(reading: Reading) -> Json:
    """One object for the report of a file, a list of them for an archive (or for no report at all)."""
    reports: list[Json] = [_report(report) for report in reading.reports]
    return reports[0] if len(reports) == 1 else reports


def _report(report: Report) -> Json:
    return {
        "report": _metadata(report.metadata),
        "sections": [_section(section) for section in report.sections],
        "tables": [_table(table) for table in report.tables],
        "passages": [_passage(report, passage) for passage in report.passages],
        "problems": [_problem(problem) for problem in report.problems],
    }


def _metadata(metadata: Metadata) -> Json:
    return {
        "title": _found(metadata.title),
        "publisher": _found(metadata.publisher),
        "kind": _found(metadata.kind),
        "level": _found(metadata.level),
        "region": _region(metadata.region),
        "school": _found(metadata.school),
        "year": _found(metadata.year),
        "data_years": [_found(year) for year in metadata.data_years],
        "date": _found(metadata.date),
    }


def _found(found: Found[str] | Found[int] | Found[ReportKind] | Found[Level] | None) -> Json:
    return None if found is None else {"value": found.value, "start": found.start, "end": found.end}


def _region(found: Found[Region] | None) -> Json:
    if found is None:
        return None
    return {"value": region_json(found.value), "start": found.start, "end": found.end}


def region_json(region: Region) -> Json:
    """Nulls for what the report doesn't say."""
    return {"province": region.province, "city": region.city, "county": region.county}


def _section(section: Section) -> Json:
    return {
        "id": section.id,
        "kind": section.kind,
        "level": section.level,
        "number": section.number,
        "title": section.title,
        "start": section.start,
        "end": section.end,
        "line": section.line,
    }


def _table(table: Table) -> Json:
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [[cell.text for cell in row] for row in table.rows],
        "unit": table.unit,
        "source": table.source,
        "line": table.line,
    }


def _passage(report: Report, passage: Passage) -> Json:
    return {
        "id": passage.id,
        "section": passage.section,
        "kind": passage.kind,
        "text": report.slice(passage),
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
    }


def _problem(problem: Problem) -> Json:
    return {"code": problem.code, "message": problem.message}
