"""Who may do what, and how often: keys, roles and rates, settled before a request reaches its route."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from math import ceil

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from search.web.keys import Key, KeyFile
from search.web.problems import problem
from search.web.rules import Role, Rules

GUARDED = ("/api/", "/v1/", "/mcp", "/metrics")
"""Addresses that need a key where there are keys; the page itself, health and the documentation are for everybody."""

CALLERS = 10_000
"""Callers whose rate is remembered; who was quiet longest goes first."""

BURST_SECONDS = 10
"""What a caller may save up: so many seconds of their rate at once, a page with its pieces at least."""

LEAST_BURST = 10


class Access:
    """ASGI middleware inside the envelope."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._keys = KeyFile(rules.index) if rules.index is not None else None
        self._rates = Rates(rules.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through or answers why not."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        if not scope["path"].startswith(GUARDED) or scope["method"] == "OPTIONS":
            return None
        client = scope.get("client")
        caller = str(client[0]) if client else ""
        if self._keys is not None and self._keys.required:
            secret = shown(Headers(scope=scope))
            key = self._keys.find(secret) if secret else None
            if key is None:
                return self._rates.take(caller) or _unknown(secret)
            if not _may(key, needed(scope["method"], scope["path"])):
                return _lower(key)
            scope.setdefault("state", {})["key"] = key.id
            caller = key.id
        return self._rates.take(caller)


def shown(headers: Headers) -> str:
    """The key in `Authorization: Bearer KEY` or `X-API-Key: KEY`, "" where there is none."""
    kind, _, secret = headers.get("authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else headers.get("x-api-key", "")


def needed(method: str, path: str) -> Role:
    """What a request takes: changing the reports is for admins."""
    return "admin" if path.startswith("/api/reports") and method not in {"GET", "HEAD"} else "read"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Rates:
    """A token bucket for each caller: `rate` requests a minute, a few seconds of it at once; 0 for any number."""

    def __init__(self, rate: int) -> None:
        self._rate = rate / 60
        self._most = max(LEAST_BURST, self._rate * BURST_SECONDS)
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, caller: str) -> Response | None:
        """Counts a request; the refusal where the caller has had enough for now."""
        if not self._rate:
            return None
        now = time.monotonic()
        bucket = self._buckets.setdefault(caller, _Bucket(self._most, now))
        self._buckets.move_to_end(caller)
        if len(self._buckets) > CALLERS:
            self._buckets.popitem(last=False)
        bucket.tokens = min(self._most, bucket.tokens + (now - bucket.at) * self._rate)
        bucket.at = now
        if bucket.tokens < 1:
            seconds = ceil((1 - bucket.tokens) / self._rate)
            return _too_many(seconds)
        bucket.tokens -= 1
        return None


def _may(key: Key, role: Role) -> bool:
    return key.role in {"admin", role}


def _unknown(secret: str) -> Response:
    message = "This key is not known here." if secret else "This server answers only those who show a key."
    remedy = "Send it as `Authorization: Bearer KEY`; whoever runs the server makes one with `wenbao keys add`."
    return problem(401, "key", message, remedy, headers={"WWW-Authenticate": "Bearer"})


def _lower(key: Key) -> Response:
    return problem(
        403, "key-role", f"The key {key.id} may ask, but not change the reports.", "Use a key with the role admin."
    )


def _too_many(seconds: int) -> Response:
    return problem(
        429,
        "rate",
        "That was more than this server takes from one caller.",
        f"Try again in {seconds} s.",
        headers={"Retry-After": str(seconds)},
    )
