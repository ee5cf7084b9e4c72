"""The web application: routes, failures, and what surrounds every request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from search.service import Service
from search.web import asking, batches, library, openapi, pages, problems, suggesting, uploads
from search.web.access import Access
from search.web.changes import Changes
from search.web.compatible import routes as compatible
from search.web.compatible.dialect import Dialect
from search.web.desk import Desk
from search.web.envelope import Envelope
from search.web.generating import Generating
from search.web.jobs import Jobs
from search.web.metrics import Metrics
from search.web.rules import Rules

DESCRIPTION = """Questions about a pile of reports, answered with exact citations, in Chinese and English.

Offsets count Unicode code points. Every failure is an RFC 9457 problem detail that says what to do.
"""

RULES = Rules()


def create_app(service: Service | Desk, rules: Rules = RULES) -> FastAPI:
    """The application over a service, or over a desk that will get one."""
    desk = service if isinstance(service, Desk) else Desk(service)
    metrics = Metrics(rules.index)
    jobs = Jobs(desk)
    changes = Changes(desk, rules.index if rules.changes else None)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        jobs.close()
        changes.close()

    app = FastAPI(
        title="wenbao 问报",
        version=_version(),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,  # served by `openapi`, in two languages
        lifespan=life,
    )
    app.include_router(asking.routes(desk, metrics, Generating(desk, rules.endpoint)))
    app.include_router(suggesting.routes(desk))
    app.include_router(library.routes(desk))
    app.include_router(uploads.routes(changes))
    app.include_router(batches.routes(jobs))
    app.include_router(compatible.routes(desk))
    app.include_router(pages.routes(desk, metrics, rules))
    pages.mount(app)
    problems.install(app)
    openapi.install(app)
    app.add_middleware(Access, rules=rules)
    if rules.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=rules.origins,
            allow_methods=("GET", "POST", "DELETE"),
            allow_headers=("Authorization", "Content-Type", "X-API-Key", "If-None-Match"),
            expose_headers=("X-Request-ID", "Location", "Retry-After", "ETag"),
        )
    app.add_middleware(Envelope, metrics=metrics, rules=rules)
    app.add_middleware(Dialect)
    return app


def _version() -> str:
    try:
        return version("wenbao")
    except PackageNotFoundError:
        return "0"
