"""GET /api/search and POST /api/ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Header, Query
from starlette.responses import Response, StreamingResponse

from search.records import Result
from search.shapes import Json, hit_json, result_json
from search.web.desk import Desk
from search.web.metrics import Metrics
from search.web.replies import EVENTS, Asked, Found, Problem, event, reply
from search.web.requests import Question, SearchParameters

PROBLEMS: dict[int | str, dict[str, object]] = {
    422: {"model": Problem, "description": "A question or filter that can't be used."},
    503: {"model": Problem, "description": "The index is loading, missing, damaged or made by another version."},
}


def routes(desk: Desk, metrics: Metrics) -> APIRouter:
    """The routes that answer questions; each runs in a thread, the service is synchronous."""
    router = APIRouter(tags=["ask"], responses=PROBLEMS)

    @router.get("/api/search", response_model=Found, summary="Ranked passages")
    def search(wanted: Annotated[SearchParameters, Query()]) -> Response:
        """Passages that fit a question, best first, in pages."""
        result = desk.service.search(
            wanted.q, filters=wanted.filters(), top=wanted.offset + wanted.top, drop=tuple(wanted.drop)
        )
        metrics.result(result)
        return reply(found_json(result, wanted.offset))

    @router.post("/api/ask", response_model=Asked, summary="An answer with its citations")
    def ask(question: Question, accept: Annotated[str, Header()] = "") -> Response:
        """An answer and the passages it stands on; with `Accept: text/event-stream` the passages come first."""
        if EVENTS in accept:
            return StreamingResponse(_events(desk, question, metrics), media_type=EVENTS)
        return reply(result_json(_ask(desk, question, metrics)))

    return router


def found_json(result: Result, offset: int = 0) -> Json:
    """A result without its answer, its hits from `offset` on."""
    shape = result_json(replace(result, hits=result.hits[offset:]))
    return {name: value for name, value in shape.items() if name not in ("id", "answer")}


def _ask(desk: Desk, question: Question, metrics: Metrics) -> Result:
    result = desk.service.ask(
        question.question, filters=question.filters.filters(), top=question.top, drop=tuple(question.drop)
    )
    metrics.result(result)
    return replace(result, id=question.id)


def _events(desk: Desk, question: Question, metrics: Metrics) -> Iterator[bytes]:
    found = desk.service.search(
        question.question, filters=question.filters.filters(), top=question.top, drop=tuple(question.drop)
    )
    for hit in found.hits:
        yield event("hit", hit_json(hit))
    yield event("result", result_json(_ask(desk, question, metrics)))
