"""The page, its documentation, and the addresses that machines ask: health, readiness, measures."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from search.web.desk import Desk
from search.web.metrics import Metrics
from search.web.replies import Problem, reply
from search.web.rules import Rules

STATIC = Path(__file__).parent / "static"

FRESH = {"Cache-Control": "no-cache"}
"""Kept by the browser, but asked for again each time: a new version shows at once."""


def routes(desk: Desk, metrics: Metrics, rules: Rules) -> APIRouter:
    """The page and what machines watch."""
    router = APIRouter(tags=["service"])

    @router.get("/", include_in_schema=False)
    async def page() -> Response:
        return FileResponse(STATIC / "index.html", headers=FRESH)

    @router.get("/docs", include_in_schema=False)
    async def docs() -> Response:
        return FileResponse(STATIC / "docs.html", headers=FRESH)

    @router.get("/healthz", summary="The server runs")
    async def healthz() -> Response:
        """200 as long as the server runs, also while the index loads."""
        return reply({"status": "ok"})

    @router.get("/readyz", summary="Questions can be answered", responses={503: {"model": Problem}})
    async def readyz() -> Response:
        """200 once the index is loaded, 503 with the reason before; `changes` says whether reports can be added."""
        with desk.service.reading() as view:
            return reply(
                {
                    "status": "ready",
                    "snapshot": view.index.snapshot,
                    "passages": len(view.index),
                    "changes": rules.changes,
                    "generate": rules.endpoint is not None,
                }
            )

    @router.get(
        "/metrics",
        summary="Measures for Prometheus",
        response_class=Response,
        responses={200: {"content": {"text/plain": {}}, "description": "Prometheus exposition format."}},
    )
    async def measures() -> Response:
        """Counts and latencies by route, answers by kind, size of the index."""
        return Response(metrics.text(desk), media_type=CONTENT_TYPE_LATEST)

    return router


class Assets(StaticFiles):
    """Static files that are asked for again each time."""

    def file_response(self, *arguments: object, **options: object) -> Response:
        """As the parent's, with the freshness rule of the page."""
        response = super().file_response(*arguments, **options)  # type: ignore[arg-type]
        response.headers.update(FRESH)
        return response


def mount(app: FastAPI) -> None:
    """Serves the page's files under /static."""
    app.mount("/static", Assets(directory=STATIC), name="static")
