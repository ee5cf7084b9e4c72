"""A value that may be worked out before it is asked for, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Ahead(Generic[Value]):
    """Works a value out once, from `start` on or when it is first asked for; safe to use from many threads.

    It is worth a thread where most of the work is reading, hashing or arithmetic of numpy, during which Python goes on.
    """

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._future: Future[Value] | None = None
        self._lock = Lock()

    def start(self) -> None:
        """Begins, if nobody has begun yet."""
        self._begun()

    def get(self) -> Value:
        """The value, as soon as it is there; whatever making it raised is raised here, each time."""
        return self._begun().result()

    def _begun(self) -> Future[Value]:
        with self._lock:
            if self._future is None:
                pool = ThreadPoolExecutor(1, thread_name_prefix="wenbao-ahead")
                self._future = pool.submit(self._make)
                pool.shutdown(wait=False)
            return self._future
