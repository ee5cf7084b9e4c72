"""Records to the JSON objects of the contract, the same for the command line, batch files and the API."""

from __future__ import annotations

from typing import Any

from corpus.inspect import region_json
from corpus.records import Found, Metadata
from index.records import Filters, StoredReport
from search.records import Answer, Citation, Hit, Query, Result

Json = dict[str, Any]


def result_json(result: Result) -> Json:
    """The whole reply to one question."""
    return {
        "id": result.id,
        "question": result.query.question,
        "language": result.query.language,
        "filters": filters_json(result.query),
        "took_ms": round(result.took_ms, 1),
        "hits": [hit_json(hit) for hit in result.hits],
        "answer": answer_json(result.answer),
    }


def filters_json(query: Query) -> Json:
    """`given`: what the user asked for, `read`: what was read from the question and can be dropped."""
    return {
        "given": given_json(query.filters),
        "read": [{"field": r.field, "value": r.value, "text": r.text} for r in query.readings],
    }


def given_json(filters: Filters) -> Json:
    """Filters by the names that the command line and the API use, empty ones left out."""
    fields = {
        "year": filters.years,
        "region": filters.regions,
        "school": filters.schools,
        "level": filters.levels,
        "kind": filters.kinds,
        "report": filters.reports,
    }
    return {name: list(values) for name, values in fields.items() if values}


def hit_json(hit: Hit) -> Json:
    """One ranked passage; `highlights` are relative to its `text`."""
    passage = hit.passage
    metadata = passage.report.metadata
    shape: Json = {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "passage_id": passage.id,
        "report_id": passage.report.id,
        "title": report_title(passage.report),
        "publisher": value(metadata.publisher),
        "year": value(metadata.year),
        "section": list(passage.path),
        "kind": passage.kind,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "highlights": [list(span) for span in hit.highlights],
    }
    if hit.also:
        shape["also"] = list(hit.also)
    if hit.sentence:
        shape["sentence"] = list(hit.sentence)
    if hit.features:
        shape["parts"] = {name: round(part, 4) for name, part in hit.parts.items()}
        shape["matches"] = [
            {"text": one.text, "form": one.form, "field": one.field, "fit": round(one.fit, 3)} for one in hit.matches
        ]
        shape["features"] = {name: round(score, 4) for name, score in hit.features.items()}
    return shape


def answer_json(answer: Answer) -> Json:
    """What the reports say, with every citation."""
    return {
        "answered": answer.answered,
        "kind": answer.kind,
        "text": answer.text,
        "confidence": round(answer.confidence, 3),
        "items": [
            {"name": item.name, "text": item.text, "citations": [citation_json(c) for c in item.citations]}
            for item in answer.items
        ],
        "citations": [citation_json(c) for c in answer.citations],
    }


def citation_json(citation: Citation) -> Json:
    """A span of a report's canonical text and the words in it."""
    return {
        "passage_id": citation.passage_id,
        "report_id": citation.report_id,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def report_json(report: StoredReport) -> Json:
    """A report as lists show it, its metadata as plain values."""
    return {
        "id": report.id,
        "name": report.name,
        **metadata_json(report.metadata),
        "title": report_title(report),
        "characters": report.characters,
        "passages": report.passages,
    }


def metadata_json(metadata: Metadata) -> Json:
    """Plain values without the spans they were read from."""
    region = value(metadata.region)
    return {
        "title": value(metadata.title),
        "publisher": value(metadata.publisher),
        "kind": value(metadata.kind),
        "level": value(metadata.level),
        "region": region_json(region) if region else None,
        "school": value(metadata.school),
        "year": value(metadata.year),
        "data_years": [found.value for found in metadata.data_years],
        "date": value(metadata.date),
    }


def report_title(report: StoredReport) -> str:
    """The title, or the file's name where the report has none."""
    return value(report.metadata.title) or report.name


def value(found: Found[Any] | None) -> Any:  # noqa: ANN401 - the value of any metadata field
    """The value of a metadata field, None where it is unknown."""
    return found.value if found else None
