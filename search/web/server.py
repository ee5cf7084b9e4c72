"""`wenbao serve`: listens at once, loads the index behind it, says what is wrong, ends in good order."""

from __future__ import annotations

import errno
import signal
import socket
from pathlib import Path
from types import FrameType

import uvicorn

from corpus.errors import WenbaoError
from search.web.app import create_app
from search.web.desk import Desk
from search.web.keys import KeyFile
from search.web.loading import Loader, say
from search.web.logs import configure
from search.web.rules import Rules
from search.web.wire import Wire

GRACE_SECONDS = 10
"""How long a shutdown waits for requests that are still being answered."""

BACKLOG = 2048
"""Connections that may wait to be taken on."""

OPEN = (
    "任何能访问这个地址的人都可以增删报告；用 `wenbao keys add NAME --role admin` 限制。"
    " / Anybody who reaches this address may add and remove reports; `wenbao keys add NAME --role admin` limits that."
)

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
"""Names of this machine to itself: a server that listens on one answers for no other name."""


def serve(rules: Rules, *, host: str = "127.0.0.1", port: int = 8000, workers: int = 1) -> None:
    """Serves the page and the API until SIGINT or SIGTERM; with several `workers` that many processes answer.

    The server listens before the index is loaded: /healthz answers, /readyz and the API say 503. An index that
    can't be used is reported on standard error and by every reply, and tried again until it can.

    Raises:
        WenbaoError: the address can't be listened on.
    """
    listener = listen(host, port)
    configure(rules.log)
    desk = Desk()
    loader = Loader(desk, rules.index or Path(), workers)
    say(f"wenbao: http://{_readable(host)}:{listener.getsockname()[1]} (Ctrl-C 结束 / ends it)")
    if rules.changes and not rules.hosts and not KeyFile(rules.index or Path()).required:
        say(OPEN)
    signal.signal(signal.SIGTERM, _leave)
    try:
        config = uvicorn.Config(
            create_app(desk, rules),
            http=Wire,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        return
    finally:
        loader.stop()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one.

    Raises:
        WenbaoError: the port is taken, may not be used, or the host is not an address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise _refused(host, port, error) from error
    return listener


def _refused(host: str, port: int, error: Exception) -> WenbaoError:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return WenbaoError(
            f"Port {port} on {host} is taken by another program.",
            f"End that program or choose another port: --port {port + 1}.",
            code="port-taken",
        )
    if number == errno.EACCES:
        return WenbaoError(
            f"Port {port} may not be used by this user.", "Choose one above 1023, such as 8000.", code="port-refused"
        )
    return WenbaoError(
        f"Can't listen on {host}:{port}: {error}.",
        "Give --host an address of this machine (127.0.0.1, or 0.0.0.0 for all) and a port from 1 to 65535.",
        code="address-refused",
    )


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """SIGTERM after the last request: ended as asked, exit code 0."""
    raise SystemExit(0)


def _readable(host: str) -> str:
    return f"[{host}]" if ":" in host else host
