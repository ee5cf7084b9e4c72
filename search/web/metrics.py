"""What /metrics tells Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from search.records import Result
from search.web.desk import Desk

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Bounds of the latency histograms: the aim is 15 ms at the median and 250 ms under load."""


class Metrics:
    """Counters of one application, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        place = self._registry
        self._requests = Counter("wenbao_requests", "Requests answered", ("method", "route", "status"), registry=place)
        self._latency = Histogram(
            "wenbao_request_seconds", "Time to answer a request", ("route",), buckets=SECONDS, registry=place
        )
        self._open = Gauge("wenbao_requests_in_flight", "Requests being answered", registry=place)
        self._search = Histogram(
            "wenbao_search_seconds", "Time of a question in the service", buckets=SECONDS, registry=place
        )
        self._answers = Counter("wenbao_answers", "Answers by kind", ("kind",), registry=place)
        self._ready = Gauge("wenbao_ready", "1 when questions can be answered", registry=place)
        self._passages = Gauge("wenbao_index_passages", "Passages in the index", registry=place)
        self._reports = Gauge("wenbao_index_reports", "Reports in the index", registry=place)

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """Counts a request for as long as it runs."""
        with self._open.track_inprogress():
            yield

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Notes an answered request."""
        self._requests.labels(method, route, str(status)).inc()
        self._latency.labels(route).observe(seconds)

    def result(self, result: Result) -> None:
        """Notes an answered question."""
        self._search.observe(result.took_ms / 1000)
        self._answers.labels(result.answer.kind).inc()

    def text(self, desk: Desk) -> bytes:
        """The exposition format, with the index as it is now."""
        self._ready.set(int(desk.ready))
        if desk.ready:
            with desk.service.reading() as view:
                self._passages.set(len(view.index))
                self._reports.set(len(view.index.reports()))
        return generate_latest(self._registry)
