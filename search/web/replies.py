"""JSON replies, and the models that describe them in the OpenAPI document; `search.shapes` makes the objects."""

from __future__ import annotations

from typing import Any, Literal

import orjson
from pydantic import BaseModel, Field
from starlette.responses import Response

from corpus.records import Level, PassageKind, ReportKind, SectionKind
from search.generate.endpoint import Cause
from search.records import AnswerKind, Language
from search.shapes import Json


def reply(
    shape: Any,  # noqa: ANN401 - any JSON value
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    """A JSON response; characters stand as they are, in UTF-8."""
    return Response(orjson.dumps(shape), status, headers, "application/json")


EVENTS = "text/event-stream"


def event(name: str, shape: Json) -> bytes:
    """A server-sent event whose data is one JSON object."""
    return event_of(name, orjson.dumps(shape))


def event_of(name: str, body: bytes) -> bytes:
    """The same of an object in JSON."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), body)


class Problem(BaseModel):
    """RFC 9457 problem detail."""

    type: str = Field(examples=["/docs#problem-question"])
    title: str
    status: int
    detail: str = Field(description="What happened and what to do.")
    code: str = Field(description="Stable name of the problem, for programs.")
    remedy: str
    errors: list[dict[str, str]] = Field(default=[], description="Fields that are wrong, each with its message.")


class Citation(BaseModel):
    """A span of a report's canonical text; offsets count code points."""

    passage_id: str
    report_id: str
    start: int
    end: int
    quote: str


class Item(BaseModel):
    """One entity of a list or one side of a comparison."""

    name: str
    text: str
    citations: list[Citation]


class Sentence(BaseModel):
    """A sentence of a language model, borne out by its citations."""

    text: str
    citations: list[Citation]


class Fallback(BaseModel):
    """Why there is no generated answer."""

    cause: Cause
    message: str


class Generated(BaseModel):
    """What a language model made of the passages; where `fallback` is set, nothing."""

    model: str
    text: str
    sentences: list[Sentence]
    dropped: int = Field(description="Sentences left out because their citations don't bear them out.")
    fallback: Fallback | None


class Answer(BaseModel):
    """What the reports say, or that they don't."""

    answered: bool
    kind: AnswerKind
    text: str
    confidence: float = Field(ge=0, le=1)
    items: list[Item]
    citations: list[Citation]
    generated: Generated | None = Field(default=None, description="Only where `generate` was asked for.")


class Match(BaseModel):
    """A word of the question, the form in which it was found, and the field that it stands in."""

    text: str
    form: str
    field: Literal["passage", "headings", "report"]
    fit: float = Field(ge=0, le=1)


class Hit(BaseModel):
    """A ranked passage; `highlights` are relative to `text`, in code points."""

    rank: int = Field(ge=1)
    score: float = Field(ge=0, le=1)
    passage_id: str
    report_id: str
    title: str
    publisher: str | None
    year: int | None
    section: list[str]
    kind: PassageKind
    text: str
    start: int
    end: int
    page: int | None = None
    highlights: list[tuple[int, int]]
    also: list[str] = Field(default=[], description="Passages that say the same.")
    sentence: tuple[int, int] | None = Field(default=None, description="The sentence that fits best, within `text`.")
    features: dict[str, float] = Field(default={}, description="What made the score, each 0 to 1.")
    parts: dict[str, float] = Field(default={}, description="What each feature adds; they sum to the score.")
    matches: list[Match] = Field(default=[], description="The words of the question it was found by.")


class ReadFilter(BaseModel):
    """A filter read from the question; `drop` takes it out again."""

    field: str
    value: str
    text: str


class UsedFilters(BaseModel):
    """Filters given and filters read from the question."""

    given: dict[str, list[int] | list[str]]
    read: list[ReadFilter]


class Found(BaseModel):
    """Reply of GET /api/search."""

    question: str
    language: Language
    filters: UsedFilters
    took_ms: float
    hits: list[Hit]


class Asked(Found):
    """Reply of POST /api/ask, the same object as a line of a batch's .jsonl."""

    id: str
    answer: Answer


class Region(BaseModel):
    """Names of a place, null for what the report doesn't say."""

    province: str | None
    city: str | None
    county: str | None


class ReportLine(BaseModel):
    """A report in a list."""

    id: str
    name: str
    title: str
    publisher: str | None
    kind: ReportKind | None
    level: Level | None
    region: Region | None
    school: str | None
    year: int | None
    data_years: list[int]
    date: str | None
    characters: int
    passages: int


class ReportList(BaseModel):
    """Reply of GET /api/reports."""

    total: int
    offset: int
    reports: list[ReportLine]


class SectionLine(BaseModel):
    """A section of a report's tree."""

    id: int
    kind: SectionKind
    level: int | None
    number: str
    title: str
    start: int
    end: int
    body: int = Field(description="Where its own text begins, after number and title.")
    parent: int | None


class TableCell(BaseModel):
    """A cell's text and its span."""

    text: str
    start: int
    end: int


class TableShape(BaseModel):
    """A table of a report."""

    id: int
    kind: str
    section: int
    caption: str
    unit: str
    source: str
    columns: list[str]
    rows: list[list[TableCell]]
    start: int
    end: int


class ReportWhole(ReportLine):
    """Reply of GET /api/reports/{id}: the report with its section tree and tables."""

    sections: list[SectionLine]
    tables: list[TableShape]


class FacetValue(BaseModel):
    """A value of a field and how many reports have it under the other filters."""

    value: int | str
    reports: int


class Facets(BaseModel):
    """Reply of GET /api/facets."""

    total: int
    year: list[FacetValue]
    region: list[FacetValue]
    level: list[FacetValue]
    school: list[FacetValue]
    kind: list[FacetValue]


class BatchLine(BaseModel):
    """A finished row, in short."""

    id: str
    question: str
    answered: bool
    text: str = Field(description="The answer, or what was wrong with the row.")
    failed: bool


class BatchState(BaseModel):
    """Reply of POST /api/batch and GET /api/batch/{id}."""

    id: str
    name: str
    state: Literal["waiting", "running", "done", "failed"]
    total: int
    done: int
    answered: int
    unanswered: int
    failed: int
    seconds: float
    problem: str | None
    preview: list[BatchLine] = Field(description="The last rows finished.")
