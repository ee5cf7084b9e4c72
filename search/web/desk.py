"""Where requests find the service: still loading, ready, or the reason why it can't be had."""

from __future__ import annotations

from corpus.errors import WenbaoError
from search.service import Service
from search.web.problems import Refusal


class Desk:
    """Holds the service for the routes; the loader fills it while the server already listens."""

    def __init__(self, service: Service | None = None) -> None:
        self._service = service
        self._failure: WenbaoError | None = None

    @property
    def ready(self) -> bool:
        """Whether questions can be answered now."""
        return self._service is not None

    @property
    def service(self) -> Service:
        """The service.

        Raises:
            Refusal: it is still loading, or its index can't be used; both are a 503.
        """
        if self._service is not None:
            return self._service
        if self._failure is not None:
            raise Refusal(503, self._failure.code, self._failure.message, self._failure.remedy)
        raise Refusal(503, "loading", "The index is still being loaded.", "Try again in a few seconds.")

    def open(self, service: Service) -> None:
        """From now on `service` answers."""
        self._service, self._failure = service, None

    def fail(self, error: WenbaoError) -> None:
        """From now on every question is told why it can't be answered."""
        self._failure = error
