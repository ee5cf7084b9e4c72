"""What surrounds every request: its id, the security headers, the body's limit, the measures and the log line.

Plain ASGI, outside everything else, so that even a crash leaves as a problem detail with all headers.
"""

from __future__ import annotations

import json
import logging
import re
import time
from secrets import token_hex
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.tongue import accepted, spoken
from search.web.metrics import Metrics
from search.web.problems import of_crash, of_http, problem
from search.web.rules import Rules

log = logging.getLogger("wenbao.web")

MAX_BODY = 1 << 20
"""Bytes of a JSON body: a hundred times the longest question."""

MAX_FILE = 1 << 24
"""Bytes of a question file: 10,000 questions with room for many columns."""

MAX_UPLOAD = 1 << 30
"""Bytes of all reports sent at once; `corpus.readers.limits` holds the caps of one file."""

LIMITS = {"/api/batch": MAX_FILE, "/api/reports": MAX_UPLOAD}
"""Bytes of a body by its address; elsewhere `MAX_BODY`."""

SAFE = ("GET", "HEAD", "OPTIONS")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Only the page's own files run, nothing is framed, and text can't become markup: the page sets text alone."""

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Envelope:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, metrics: Metrics, rules: Rules) -> None:
        self._app = app
        self._metrics = metrics
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes websockets and lifespan through, wraps requests."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        exchange = _Exchange(scope, receive, send)
        spoken.set(exchange.tongue)
        with self._metrics.in_flight():
            await self._answer(exchange)
        self._metrics.request(exchange.method, exchange.route, exchange.status, exchange.seconds)
        exchange.log(questions=self._rules.log == "questions")

    async def _answer(self, exchange: _Exchange) -> None:
        if self._rules.hosts and exchange.host not in self._rules.hosts:
            await _misdirected(exchange.host)(exchange.scope, exchange.receive, exchange.send)
            return
        if exchange.foreign and exchange.origin not in self._rules.origins and "*" not in self._rules.origins:
            await _foreign()(exchange.scope, exchange.receive, exchange.send)
            return
        if exchange.announced > exchange.limit:
            refusal = of_http(exchange.too_large(), exchange.scope["path"])
            await refusal(exchange.scope, exchange.receive, exchange.send)
            return
        try:
            await self._app(exchange.scope, exchange.receive, exchange.send)
        except Exception:
            log.exception("request %s failed", exchange.id)
            if exchange.status == 0:
                await of_crash()(exchange.scope, exchange.receive, exchange.send)


class _Exchange:
    """One request and its reply, with what is to be said of them afterwards."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.id = token_hex(8)
        self.method = scope["method"] if scope["method"] in METHODS else "other"
        self.status = 0
        self.limit = LIMITS.get(scope["path"], MAX_BODY)
        headers = Headers(scope=scope)
        self.host = re.sub(r":\d*$", "", headers.get("host", "")).lower()
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
        self.tongue = accepted(asked or headers.get("accept-language", ""))
        """The language of what it is told when it fails."""
        self.origin = headers.get("origin")
        elsewhere = self.origin is not None and urlsplit(self.origin).netloc != headers.get("host", "")
        self.foreign = self.method not in SAFE and elsewhere
        """Whether a page from elsewhere sends this: a browser lets it post forms and files without asking."""
        length = headers.get("content-length", "0")
        self.announced = int(length) if length.isdecimal() else 0
        self._receive = receive
        self._send = send
        self._received = 0
        self._began = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._began

    @property
    def route(self) -> str:
        """The route's pattern, never the address itself: that would fill the measures, and hold questions."""
        return str(getattr(self.scope.get("route"), "path", "other"))

    def too_large(self) -> HTTPException:
        return HTTPException(413, f"The body is larger than {self.limit} bytes.")

    async def receive(self) -> Message:
        """The next part of the body, as long as the body keeps within its limit."""
        message = await self._receive()
        self._received += len(message.get("body", b""))
        if self._received > self.limit:
            raise self.too_large()
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self.id
            for name, value in SECURITY_HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)

    def log(self, *, questions: bool) -> None:
        """One JSON line: method, route, status, milliseconds, id, the key's id; what was asked where that is wanted."""
        state = self.scope["state"]
        shape = {
            "method": self.method,
            "route": self.route,
            "status": self.status,
            "ms": round(self.seconds * 1000, 1),
            "id": self.id,
            **({"key": state["key"]} if "key" in state else {}),
            **({"question": state["question"]} if questions and "question" in state else {}),
        }
        log.info(json.dumps(shape, ensure_ascii=False), extra={"fields": shape})


def _misdirected(host: str) -> ASGIApp:
    """A page elsewhere may have its name point to this machine, to read what only this machine should."""
    return problem(421, "host", f"This server does not answer for {host or 'no host'}.", "Ask 127.0.0.1 or localhost.")


def _foreign() -> ASGIApp:
    return problem(
        403,
        "origin",
        "A page from elsewhere may not send this.",
        "Use the page of this server, or call the API outside a browser.",
    )
