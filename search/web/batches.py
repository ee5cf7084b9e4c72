"""POST /api/batch and GET /api/batch/{id}."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import FileResponse, Response

from search.web.jobs import Jobs
from search.web.replies import BatchState, Problem, reply
from search.web.requests import MAX_TOP

Format = Literal["jsonl", "csv", "xlsx", "html"]

UNKNOWN: dict[int | str, dict[str, object]] = {
    404: {"model": Problem, "description": "No such batch, or it has gone."},
    409: {"model": Problem, "description": "The batch isn't finished."},
}


def routes(jobs: Jobs) -> APIRouter:
    """The routes that answer whole files."""
    router = APIRouter(tags=["batch"], responses={503: {"model": Problem, "description": "The index can't be used."}})

    @router.post(
        "/api/batch",
        status_code=202,
        response_model=BatchState,
        responses={422: {"model": Problem, "description": "The file can't be used."}},
        summary="Answer a question file",
    )
    def start(
        file: Annotated[UploadFile, File(description=".txt .csv .tsv .jsonl or .xlsx, a column question or 问题.")],
        top: Annotated[int, Form(ge=1, le=MAX_TOP, description="How many passages for each question.")] = 10,
    ) -> Response:
        """Takes the file and begins; the reply says where to ask how far it is."""
        job = jobs.start(Path(file.filename or "").name, file.file.read(), top=top)
        return reply(job.json(), status=202, headers={"Location": f"/api/batch/{job.id}"})

    @router.get("/api/batch/{batch_id}", response_model=BatchState, responses=UNKNOWN, summary="How far a batch is")
    def state(batch_id: str, request: Request, format: Format | None = None) -> Response:  # noqa: A002 - the parameter's name in the address
        """Progress and the last answers; with `format`, the results of a finished batch as a file."""
        job = jobs.get(batch_id)
        if format is None:
            return reply(job.json())
        path = jobs.results(job, f".{format}", str(request.base_url).rstrip("/"))
        return FileResponse(path, filename=f"{Path(job.name).stem or 'questions'}-answers.{format}")

    return router
