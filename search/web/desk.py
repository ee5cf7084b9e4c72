"""Where requests find the service: still loading, ready, or the reason why it can't be had."""

from __future__ import annotations

import asyncio

from corpus.errors import WenbaoError
from search.exchange import Answerer, Asking, Reply, Threads
from search.service import Service
from search.web.problems import Refusal


class Desk:
    """Holds the service and who answers for it; the loader fills it while the server already listens."""

    def __init__(self, service: Service | None = None, answerer: Answerer | None = None) -> None:
        self._service = service
        self._answerer = answerer or (Threads(service) if service is not None else None)
        self._failure: WenbaoError | None = None

    @property
    def ready(self) -> bool:
        """Whether questions can be answered now."""
        return self._service is not None

    @property
    def waiting(self) -> int:
        """Questions that wait for a process or thread to take them on."""
        return self._answerer.waiting if self._answerer is not None else 0

    @property
    def service(self) -> Service:
        """The service, for what is read from the index.

        Raises:
            Refusal: it is still loading, or its index can't be used; both are a 503.
        """
        if self._service is None:
            raise self._refusal()
        return self._service

    @property
    def answerer(self) -> Answerer:
        """Who answers questions.

        Raises:
            Refusal: as `service`.
        """
        if self._answerer is None:
            raise self._refusal()
        return self._answerer

    async def told(self, asking: Asking) -> Reply:
        """The reply to a question, without keeping the event loop.

        Raises:
            WenbaoError: as `Service.ask`, and as `service`.
        """
        return await asyncio.wrap_future(self.answerer.submit(asking))

    def open(self, service: Service, answerer: Answerer | None = None) -> None:
        """From now on `service` is there, and answered for by `answerer` or by threads of this process."""
        self._service, self._failure = service, None
        self._answerer = answerer or Threads(service)

    def fail(self, error: WenbaoError) -> None:
        """From now on every question is told why it can't be answered."""
        self._failure = error

    def _refusal(self) -> Refusal:
        if self._failure is not None:
            return Refusal(503, self._failure.code, self._failure.message, self._failure.remedy)
        return Refusal(503, "loading", "The index is still being loaded.", "Try again in a few seconds.")
