"""The OpenAPI document: what FastAPI derives, with every failure as the problem detail it really is."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from search.web.compatible.dialect import PREFIX
from search.web.problems import MEDIA_TYPE, TITLES

PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}

EVERYWHERE = (500,)
WITH_BODY = (400, 413)
SPARE = ("HTTPValidationError", "ValidationError")
"""Models that FastAPI adds for a shape of failure that this API doesn't have."""


def install(app: FastAPI) -> None:
    """Makes `app` describe its failures as problem details."""
    derive = app.openapi

    def document() -> dict[str, Any]:
        whole = derive()
        for path, methods in whole["paths"].items():
            for operation in methods.values() if not path.startswith(PREFIX) else ():
                _describe(operation)
        for name in SPARE:
            whole["components"]["schemas"].pop(name, None)
        return whole

    app.openapi = document  # type: ignore[method-assign] # FastAPI's own way of extending the document


def _describe(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in (*EVERYWHERE, *(WITH_BODY if "requestBody" in operation else ())):
        responses.setdefault(str(status), {"description": TITLES[status]})
    for status, response in responses.items():
        if status >= "400":
            response["content"] = {MEDIA_TYPE: PROBLEM}
