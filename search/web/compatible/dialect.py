"""Failures under /v1 in OpenAI's shape, whichever part of the application turns a request down.

Plain ASGI around everything: a missing key, a body that is too large and an unknown address are refused far from the
routes, all as problem details, and the clients of this dialect read `error.message`.
"""

from __future__ import annotations

from typing import Any

import orjson
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.web.problems import MEDIA_TYPE

PREFIX = "/v1/"

INVALID = "invalid_request_error"
TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
"""OpenAI's kinds of error by status; other requests that are no good are `INVALID`."""


class Dialect:
    """ASGI middleware that translates problem details under /v1."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything else through as it is."""
        spoken = scope["type"] == "http" and scope["path"].startswith(PREFIX)
        await self._app(scope, receive, _Translator(send).send if spoken else send)


class _Translator:
    """One reply; a problem is held until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if (
            message["type"] == "http.response.start"
            and Headers(raw=message["headers"]).get("content-type") == MEDIA_TYPE
        ):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._translate(self._start)

    async def _translate(self, start: Message) -> None:
        status = 400 if start["status"] == 422 else start["status"]
        body = orjson.dumps(error_json(status, orjson.loads(self._body)))
        headers = MutableHeaders(raw=start["headers"])
        headers["content-type"] = "application/json"
        headers["content-length"] = str(len(body))
        await self._send({**start, "status": status, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def error_json(status: int, problem: dict[str, Any]) -> dict[str, Any]:
    """A problem detail as OpenAI would tell it."""
    kind = "server_error" if status >= 500 else TYPES.get(status, INVALID)
    fields = [one["field"] for one in problem.get("errors", ())]
    return {
        "error": {
            "message": problem["detail"],
            "type": kind,
            "param": fields[0] if fields else None,
            "code": problem["code"],
        }
    }
