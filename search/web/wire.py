"""HTTP/1.1 on the wire: httptools' parser, which takes half the time of h11, with the limit that h11 had."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 1 << 18
"""Bytes of request line and headers: a question of 10,000 characters, percent-encoded, still gets its answer."""


class Wire(HttpToolsProtocol):
    """A connection that is closed with 400 when more than `MAX_HEAD` bytes come without completing anything.

    That bounds what the parser may hold back: a head, one line of it, what announces a piece of a body, and what
    follows the last piece. The server itself bounds whole bodies.
    """

    _waiting = 0
    """Bytes since the last head or piece of a body was complete."""
    _in_head = True

    def data_received(self, data: bytes) -> None:
        """Takes what has come, and no more of it than the limit allows."""
        self._waiting += len(data)
        super().data_received(data)
        if self._waiting > MAX_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def on_message_begin(self) -> None:
        """A request line begins."""
        self._in_head = True
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keeps a header; what stands behind a body in pieces is none."""
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The request is known and begins to be answered."""
        self._in_head, self._waiting = False, 0
        # The parser of addresses takes no more than 65,535 bytes; a question may have more.
        self.url, _, query = self.url.partition(b"?")
        super().on_headers_complete()
        self.scope["query_string"] = query

    def on_body(self, body: bytes) -> None:
        """A piece of the body is there."""
        self._waiting = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._waiting = 0
        super().on_message_complete()
