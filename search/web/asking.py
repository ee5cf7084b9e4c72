"""GET /api/search and POST /api/ask."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response, StreamingResponse

from corpus.errors import WenbaoError
from search.exchange import Asking, Reply
from search.web.desk import Desk
from search.web.generating import Generating
from search.web.metrics import Metrics
from search.web.problems import of_error
from search.web.replies import EVENTS, Asked, Found, Problem, event, event_of
from search.web.requests import Question, SearchParameters

PROBLEMS: dict[int | str, dict[str, object]] = {
    422: {"model": Problem, "description": "A question or filter that can't be used."},
    503: {"model": Problem, "description": "The index is loading, missing, damaged or made by another version."},
}


def routes(desk: Desk, metrics: Metrics, generating: Generating) -> APIRouter:
    """The routes that answer questions."""
    router = APIRouter(tags=["ask"], responses=PROBLEMS)

    async def told(asking: Asking) -> Reply:
        found = await desk.told(asking)
        metrics.reply(found)
        return found

    @router.get("/api/search", response_model=Found, summary="Ranked passages")
    async def search(wanted: Annotated[SearchParameters, Query()], request: Request) -> Response:
        """Passages that fit a question, best first, in pages."""
        request.state.question = wanted.q
        return Response((await told(wanted.asking())).body, media_type="application/json")

    @router.post("/api/ask", response_model=Asked, summary="An answer with its citations")
    async def ask(question: Question, request: Request, accept: Annotated[str, Header()] = "") -> Response:
        """An answer and the passages it stands on; with `Accept: text/event-stream` the passages come first."""
        request.state.question = question.question
        asking = question.asking()
        if question.generate:
            return await generating.response(asking, streamed=EVENTS in accept)
        if EVENTS in accept:
            found = await told(replace(asking, answered=False))
            return StreamingResponse(events(found, asking), media_type=EVENTS)
        return Response((await told(asking)).body, media_type="application/json")

    async def events(found: Reply, asking: Asking) -> AsyncIterator[bytes]:
        for hit in found.json()["hits"]:
            yield event("hit", hit)
        try:
            yield event_of("result", (await told(asking)).body)
        except WenbaoError as error:
            yield event_of("problem", bytes(of_error(error).body))

    return router
