"""The page, its documentation, and the addresses that machines ask: health, readiness, measures."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Annotated

from fastapi import APIRouter, FastAPI, Header
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from search.web.desk import Desk
from search.web.metrics import Metrics
from search.web.replies import Problem, reply
from search.web.rules import Rules

STATIC = Path(__file__).parent / "static"

FRESH = "no-cache"
"""Kept by the browser, but asked for again each time: a new version shows at once."""

KEPT = "public, max-age=31536000, immutable"
"""For files whose address changes with them: never asked for again."""

_STAMPED = re.compile(r"^([0-9a-f]{12})/")


def routes(desk: Desk, metrics: Metrics, rules: Rules) -> APIRouter:
    """The page and what machines watch."""
    router = APIRouter(tags=["service"])

    @router.get("/", include_in_schema=False)
    async def page(if_none_match: Annotated[str, Header()] = "") -> Response:
        return _document("index.html", if_none_match)

    @router.get("/docs", include_in_schema=False)
    async def docs(if_none_match: Annotated[str, Header()] = "") -> Response:
        return _document("docs.html", if_none_match)

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


def _document(name: str, known: str) -> Response:
    """A page that names its files by addresses which change with them."""
    stamp = stamped()
    headers = {"Cache-Control": FRESH, "ETag": f'"{stamp}"'}
    if headers["ETag"] in known:
        return Response(status_code=304, headers=headers)
    text = (STATIC / name).read_text(encoding="utf-8")
    return Response(text.replace('"/static/', f'"/static/{stamp}/'), headers=headers, media_type="text/html")


def stamped() -> str:
    """Twelve characters that change with any of the page's files, which are looked at once a second."""
    return _stamp_of(int(monotonic()))


@lru_cache(maxsize=1)
def _stamp_of(_second: int) -> str:
    found = ((path, path.stat()) for path in sorted(STATIC.iterdir()))
    return _digest(tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in found))


@lru_cache(maxsize=1)
def _digest(files: tuple[tuple[Path, int, int], ...]) -> str:
    return sha256(b"\0".join(path.read_bytes() for path, _, _ in files)).hexdigest()[:12]


class Assets(StaticFiles):
    """Static files; kept for good under the stamp of the page that named them, else asked for again each time."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """As the parent's, with the freshness rule of the page."""
        stamp = _STAMPED.match(path)
        response = await super().get_response(_STAMPED.sub("", path), scope)
        response.headers["Cache-Control"] = KEPT if stamp and stamp[1] == stamped() else FRESH
        return response


def mount(app: FastAPI) -> None:
    """Serves the page's files under /static, packed where the browser takes them so."""
    app.mount("/static", GZipMiddleware(Assets(directory=STATIC)), name="static")
