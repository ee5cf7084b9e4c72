"""The OpenAPI document: what FastAPI derives, with every failure as the problem detail it really is.

Its sentences are written in English; `data/openapi_zh.tsv` has each with the same in Chinese, for whoever prefers that.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from search.tongue import Tongue, spoken
from search.web.compatible.dialect import PREFIX
from search.web.problems import MEDIA_TYPE, TITLES
from search.web.replies import reply

ADDRESS = "/openapi.json"
SENTENCES = Path(__file__).parents[1] / "data" / "openapi_zh.tsv"

PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}

EVERYWHERE = (500,)
WITH_BODY = (400, 413)
SPARE = ("HTTPValidationError", "ValidationError")
"""Models that FastAPI adds for a shape of failure that this API doesn't have."""


def install(app: FastAPI) -> None:
    """Makes `app` describe its failures as problem details, and serve the description in either language."""
    derive = app.openapi

    @cache
    def document() -> dict[str, Any]:
        whole = derive()
        for path, methods in whole["paths"].items():
            for operation in methods.values() if not path.startswith(PREFIX) else ():
                _describe(operation)
        for name in SPARE:
            whole["components"]["schemas"].pop(name, None)
        return whole

    @cache
    def told(tongue: Tongue) -> Any:  # noqa: ANN401 - any JSON value
        return in_chinese(document()) if tongue == "zh" else document()

    async def description(_: Request) -> Response:
        return reply(told(spoken.get()), headers={"Content-Language": spoken.get(), "Vary": "Accept-Language"})

    app.openapi = document  # type: ignore[method-assign] # FastAPI's own way of extending the document
    app.add_route(ADDRESS, description, include_in_schema=False)


def in_chinese(part: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A part of the document with its descriptions and summaries in Chinese; what has no line stays as it is."""
    if isinstance(part, list):
        return [in_chinese(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: _told(value) if name in {"description", "summary"} and isinstance(value, str) else in_chinese(value)
        for name, value in part.items()
    }


def _told(text: str) -> str:
    """A text, paragraph by paragraph."""
    return "\n\n".join(_sentences().get(paragraph, paragraph) for paragraph in text.strip().split("\n\n"))


@cache
def _sentences() -> dict[str, str]:
    return dict(line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines())


def _describe(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in (*EVERYWHERE, *(WITH_BODY if "requestBody" in operation else ())):
        responses.setdefault(str(status), {"description": TITLES[status]})
    for status, response in responses.items():
        if status >= "400":
            response["content"] = {MEDIA_TYPE: PROBLEM}
