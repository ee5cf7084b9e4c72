"""What comes over a connection before a request is whole: bounded, whatever shape it has."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from itertools import repeat
from urllib.parse import urlsplit

import pytest

from search.web.envelope import MAX_BODY
from search.web.wire import MAX_HEAD

START = b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
PIECES = START + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "request line": (b"GET /healthz?", b"a" * 1000),
    "headers": (START, b"X-More: and more\r\n" * 50),
    "one header": (START + b"X-More: ", b"a" * 1000),
    "what announces a piece": (PIECES + b"1;", b"a" * 1000),
    "trailers": (PIECES + b"0\r\n", b"X-More: and more\r\n" * 50),
    "one trailer": (PIECES + b"0\r\nX-More: ", b"a" * 1000),
}


def connected(address: str) -> socket.socket:
    """A connection to a server."""
    url = urlsplit(address)
    return socket.create_connection((url.hostname or "", url.port or 0), timeout=20)


def replied(connection: socket.socket) -> bytes:
    """All that comes until the other end closes."""
    received = b""
    with suppress(ConnectionResetError):
        while part := connection.recv(65_536):
            received += part
    return received


def taken(connection: socket.socket, parts: Iterator[bytes], most: int) -> int:
    """Bytes that the other end takes before it lets go, `most` at most."""
    sent = 0
    with suppress(ConnectionResetError, BrokenPipeError):
        for part in parts:
            if sent >= most:
                break
            connection.sendall(part)
            sent += len(part)
    return sent


@pytest.mark.parametrize("shape", ENDLESS)
def test_what_never_becomes_whole_is_let_go(address: str, shape: str) -> None:
    """No part of a request that a parser must hold back grows without end: the connection is closed before long."""
    start, more = ENDLESS[shape]
    with connected(address) as connection:
        connection.sendall(start)
        assert taken(connection, repeat(more), 64 * MAX_HEAD) < 64 * MAX_HEAD


def test_a_head_that_is_too_large_is_told_so(address: str) -> None:
    """Just above the limit the reply is a 400 that says why."""
    with connected(address) as connection:
        connection.sendall(START + b"X-More: " + b"a" * MAX_HEAD)
        assert replied(connection).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("size", [1, 1000, 300_000])
def test_a_body_in_pieces_is_read_whole(address: str, size: int) -> None:
    """Pieces of any size make one body, with and without trailers; what trails is no header."""
    body = json.dumps({"question": "双师型教师的比例是多少？"}).encode().ljust(min(size * 500, MAX_BODY // 2))
    pieces = (body[at : at + size] for at in range(0, len(body), size))
    sent = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    with connected(address) as connection:
        connection.sendall(PIECES.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + sent)
        connection.sendall(b"0\r\nHost: elsewhere\r\n\r\n")
        reply = replied(connection)
    assert reply.startswith(b"HTTP/1.1 200 ")
    assert b'"answer"' in reply


def test_requests_behind_each_other_are_answered_in_turn(address: str) -> None:
    """Several requests sent at once over one connection get as many replies."""
    ask = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
    with connected(address) as connection:
        connection.sendall((ask + b"\r\n") * 4 + ask + b"Connection: close\r\n\r\n")
        assert replied(connection).count(b"HTTP/1.1 200 ") == 5
