"""The only file that talks to a language model: one streamed chat completion over HTTP.

The standard library does it: one request, one stream, a deadline for the whole.
"""

from __future__ import annotations

import socket
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Timer
from urllib.parse import urlsplit

import orjson
from pydantic import BaseModel, JsonValue, ValidationError

from search.generate.endpoint import Endpoint
from search.generate.errors import ModelError

MOST_BYTES = 1 << 20
"""Of a whole reply: a thousand times an answer, thoughts included."""

MOST_LINE = 1 << 16
"""Bytes of one event: a token with what servers put around it."""

SHOWN = 200
"""Characters of a server's own words that are passed on."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat."""

    role: str
    content: str


class _Words(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    delta: _Words = _Words()
    message: _Words = _Words()
    finish_reason: str | None = None


class _Part(BaseModel):
    """An event of a stream, or a whole reply of a server that doesn't stream."""

    choices: list[_Choice] = []
    error: JsonValue = None


def stream_chat(endpoint: Endpoint, messages: Sequence[Message]) -> Generator[str, None, None]:
    """The reply piece by piece, as it is written; closing the iterator closes the connection.

    Raises:
        ModelError: no connection, an HTTP error, not the protocol, half a stream, or not done in time.
    """
    with _opened(endpoint) as (connection, expired):
        try:
            response = _request(connection, endpoint, messages)
            yield from _pieces(response)
        except (OSError, HTTPException, ValueError) as error:
            raise _late(endpoint) if expired.is_set() or isinstance(error, TimeoutError) else _lost(error) from error
        except ModelError as error:
            raise _late(endpoint) if expired.is_set() else error from error


@contextmanager
def _opened(endpoint: Endpoint) -> Iterator[tuple[HTTPConnection, Event]]:
    """A connection that is cut when the time is up, however slowly the other side drips."""
    parts = urlsplit(endpoint.url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    expired = Event()
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=endpoint.timeout)
        connection.connect()
    except TimeoutError as error:
        raise _late(endpoint) from error
    except (OSError, ValueError) as error:
        raise ModelError(
            "model-unreachable",
            f"The language model at {parts.hostname}:{parts.port or parts.scheme} can't be reached: {error}.",
            "Check that its server runs and that --llm-url is right.",
        ) from error
    channel: socket.socket = connection.sock

    def cut() -> None:
        expired.set()
        channel.shutdown(socket.SHUT_RDWR)

    watch = Timer(endpoint.timeout, cut)
    watch.daemon = True
    watch.start()
    try:
        yield connection, expired
    finally:
        watch.cancel()
        connection.close()
        channel.close()


def _request(connection: HTTPConnection, endpoint: Endpoint, messages: Sequence[Message]) -> HTTPResponse:
    body = {
        "model": endpoint.model,
        "messages": [{"role": message.role, "content": message.content} for message in messages],
        "stream": True,
        "temperature": 0,
    }
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream", "Connection": "close"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    connection.request("POST", urlsplit(endpoint.url).path + "/chat/completions", orjson.dumps(body), headers)
    response = connection.getresponse()
    if response.status != 200:
        said = _shown(response.read(MOST_LINE), endpoint)
        raise ModelError(
            "model-status",
            f"The language model's server answered {response.status}{f': {said}' if said else ''}.",
            "Check --llm-url, --llm-model and WENBAO_LLM_KEY.",
        )
    return response


def _pieces(response: HTTPResponse) -> Iterator[str]:
    if "json" in (response.getheader("Content-Type") or ""):
        part = _part(response.read(MOST_BYTES))
        yield "".join(choice.message.content or "" for choice in part.choices[:1])
        return
    finished = False
    for data in _events(response):
        if data == b"[DONE]":
            return
        for choice in _part(data).choices[:1]:
            if choice.delta.content:
                yield choice.delta.content
            finished = finished or choice.finish_reason is not None
    if not finished:
        raise ModelError(
            "model-cut-off", "The language model's reply broke off.", "Ask again; its server's log may say why."
        )


def _events(response: HTTPResponse) -> Iterator[bytes]:
    """The data of each server-sent event; these servers write an event's data on one line."""
    read = 0
    while line := response.readline(MOST_LINE + 1):
        read += len(line)
        if len(line) > MOST_LINE or read > MOST_BYTES:
            raise ModelError(
                "model-reply", f"The language model's reply is larger than {read:,} bytes.", "Try another model."
            )
        if line.startswith(b"data:"):
            yield line[5:].strip()


def _part(data: bytes) -> _Part:
    try:
        part = _Part.model_validate_json(data)
    except ValidationError as error:
        raise ModelError(
            "model-reply",
            "The language model's server does not answer as OpenAI's chat completions do.",
            "Check that --llm-url ends with the version, such as /v1.",
        ) from error
    if part.error is not None:
        raise ModelError("model-reply", "The language model's server reports an error.", "Its log says more.")
    return part


def _shown(body: bytes, endpoint: Endpoint) -> str:
    """The beginning of a server's own words on one line, never with the key in it."""
    words = " ".join(body.decode("utf-8", "replace").split())
    return (words.replace(endpoint.key, "***") if endpoint.key else words)[:SHOWN]


def _late(endpoint: Endpoint) -> ModelError:
    return ModelError(
        "model-timeout",
        f"The language model did not finish within {endpoint.timeout:g} seconds.",
        "Allow more with --llm-timeout, or take a smaller model.",
    )


def _lost(error: Exception) -> ModelError:
    return ModelError(
        "model-cut-off",
        f"The connection to the language model was lost: {error or type(error).__name__}.",
        "Ask again; its server's log may say why.",
    )
