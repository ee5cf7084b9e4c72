"""POST and DELETE of /api/reports, and GET /api/uploads/{id}."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, File, Header, UploadFile
from starlette.responses import Response, StreamingResponse

from search.web.changes import Changes, Incoming, Upload
from search.web.replies import EVENTS, Problem, event, reply
from search.web.uploaded import Removed, UploadState

POLL_SECONDS = 0.2
"""How often an upload is looked at for somebody who listens to it."""

REFUSED: dict[int | str, dict[str, object]] = {
    403: {"model": Problem, "description": "This server changes nothing."},
    503: {"model": Problem, "description": "The index can't be used."},
}


def routes(changes: Changes) -> APIRouter:
    """The routes that change what is indexed."""
    router = APIRouter(tags=["reports"])

    @router.post(
        "/api/reports",
        status_code=202,
        response_model=UploadState,
        responses={
            **REFUSED,
            422: {"model": Problem, "description": "No file was sent."},
            507: {"model": Problem, "description": "There is no room for the files."},
        },
        summary="Add reports",
    )
    def add(
        files: Annotated[
            list[UploadFile], File(min_length=1, description="Reports, or archives of reports; the field may repeat.")
        ],
    ) -> Response:
        """Takes files and begins to read them; the reply says where to ask how far it is."""
        upload = changes.start([Incoming(file.filename or "", file.file) for file in files])
        return reply(upload.json(), status=202, headers={"Location": f"/api/uploads/{upload.id}"})

    @router.delete(
        "/api/reports/{report_id}",
        response_model=Removed,
        responses={
            **REFUSED,
            404: {"model": Problem, "description": "No such report."},
            409: {"model": Problem, "description": "Reports are being added."},
        },
        summary="Remove a report",
    )
    def remove(report_id: str) -> Response:
        """Returns once the report can't be found any more."""
        found = changes.remove(report_id)
        return reply({"id": found.id, "name": found.name})

    @router.get(
        "/api/uploads/{upload_id}",
        response_model=UploadState,
        responses={404: {"model": Problem, "description": "No such upload, or it has gone."}},
        summary="How far an upload is",
    )
    async def state(upload_id: str, accept: Annotated[str, Header()] = "") -> Response:
        """Progress, and once it is done what became of each file; with `Accept: text/event-stream` as it goes."""
        upload = changes.get(upload_id)
        if EVENTS in accept:
            return StreamingResponse(_events(upload), media_type=EVENTS)
        return reply(upload.json())

    return router


async def _events(upload: Upload) -> AsyncIterator[bytes]:
    """An event "progress" whenever something has changed, an event "result" at the end."""
    told = None
    while not upload.finished:
        now = (upload.state, upload.stage, upload.done)
        if now != told:
            told = now
            yield event("progress", upload.json())
        await asyncio.sleep(POLL_SECONDS)
    yield event("result", upload.json())
