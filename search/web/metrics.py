"""What /metrics tells Prometheus."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from index.snapshot import CURRENT
from search.exchange import Reply
from search.web.desk import Desk

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Bounds of the latency histograms: the aim is 15 ms at the median and 250 ms under load."""


class Metrics:
    """Counters of one application, in a registry of their own; `index` is the folder whose age is told."""

    def __init__(self, index: Path | None = None) -> None:
        self._index = index
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
        self._stages = Histogram(
            "wenbao_stage_seconds", "Time of a question by stage", ("stage",), buckets=SECONDS, registry=place
        )
        self._waiting = Gauge("wenbao_questions_waiting", "Questions that wait for encoder and answer", registry=place)
        self._age = Gauge("wenbao_index_age_seconds", "Time since the index was changed", registry=place)
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

    def reply(self, reply: Reply) -> None:
        """Notes an answered question."""
        self._search.observe(reply.took_ms / 1000)
        self._answers.labels(reply.kind).inc()
        for stage, milliseconds in reply.stages.items():
            self._stages.labels(stage).observe(milliseconds / 1000)

    def text(self, desk: Desk) -> bytes:
        """The exposition format, with the index as it is now."""
        self._ready.set(int(desk.ready))
        self._waiting.set(desk.waiting)
        pointer = self._index / CURRENT if self._index is not None else None
        if pointer is not None and pointer.is_file():
            self._age.set(time.time() - pointer.stat().st_mtime)
        if desk.ready:
            with desk.service.reading() as view:
                self._passages.set(len(view.index))
                self._reports.set(len(view.index.reports()))
        return generate_latest(self._registry)
