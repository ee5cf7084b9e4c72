"""GET /api/suggest: what a question may go on with."""

from __future__ import annotations

from threading import Lock
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from search.suggestions import Suggester, Suggestion
from search.web.desk import Desk
from search.web.replies import Problem, reply
from search.web.requests import SuggestParameters


class SuggestionLine(BaseModel):
    """What may take the place of a question's end."""

    text: str
    kind: Literal["school", "place", "indicator", "term", "company", "report"]
    start: int = Field(description="Where in the question `text` takes over, in code points.")
    report: str | None = Field(description="Id of the report whose title it is.")


class Suggestions(BaseModel):
    """Reply of GET /api/suggest."""

    suggestions: list[SuggestionLine]


class Shop:
    """The suggester of the state that the index has now, put together by the first who asks for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = Lock()
        self._made: tuple[str, Suggester] | None = None

    def suggest(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """As `Suggester.suggest`; a few tenths of a second for the first after the index has changed."""
        with self._desk.service.reading() as view:
            made = self._made
            if made is None or made[0] != view.index.snapshot:
                with self._lock:
                    made = self._made
                    if made is None or made[0] != view.index.snapshot:
                        made = self._made = view.index.snapshot, Suggester(view)
        return made[1].suggest(typed, limit)


def routes(desk: Desk) -> APIRouter:
    """The route that completes what is typed."""
    router = APIRouter(tags=["ask"], responses={503: {"model": Problem, "description": "The index can't be used."}})
    shop = Shop(desk)

    @router.get("/api/suggest", response_model=Suggestions, summary="What a question may go on with")
    def suggest(wanted: Annotated[SuggestParameters, Query()]) -> Response:
        """Schools, places, indicators, terms and titles of these reports that fit what is typed, also in pinyin."""
        found = shop.suggest(wanted.q, wanted.limit)
        lines = [{"text": one.text, "kind": one.kind, "start": one.start, "report": one.report} for one in found]
        return reply({"suggestions": lines})

    return router
