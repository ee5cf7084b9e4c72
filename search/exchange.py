"""Questions and replies as they travel: between processes, from question files, and out of the API."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import Protocol

import orjson

from corpus.errors import WenbaoError
from index.records import Filters
from search.records import AnswerKind, Result
from search.service import NO_FILTERS, TOP, Service
from search.shapes import Json, result_json


@dataclass(frozen=True, slots=True)
class Asking:
    """One question with all that the service is to know of it; `offset` hits are left out in front."""

    question: str
    id: str = ""
    filters: Filters = NO_FILTERS
    top: int = TOP
    offset: int = 0
    drop: tuple[str, ...] = ()
    answered: bool = True
    """Whether an answer is wanted, or the passages alone."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What was said to a question: `body` is the JSON object of the contract, in UTF-8."""

    body: bytes
    kind: AnswerKind
    took_ms: float
    stages: dict[str, float]
    """Milliseconds by stage, see `search.records.Result`."""

    def json(self) -> Json:
        """The object that `body` holds."""
        shape: Json = orjson.loads(self.body)
        return shape


class Answerer(Protocol):
    """Answers questions, in this process or in several."""

    @property
    def lanes(self) -> int:
        """How many questions it answers at once."""
        ...

    @property
    def waiting(self) -> int:
        """Questions that nobody has taken on yet."""
        ...

    def submit(self, asking: Asking) -> Future[Reply]:
        """The reply, soon; the future raises what the service raised."""
        ...


class Direct:
    """An `Answerer` that answers in the thread that asks."""

    lanes = 1
    waiting = 0

    def __init__(self, service: Service) -> None:
        self._service = service

    def submit(self, asking: Asking) -> Future[Reply]:
        """The reply, already there."""
        future: Future[Reply] = Future()
        try:
            future.set_result(reply(self._service, asking))
        except WenbaoError as error:
            future.set_exception(error)
        return future


class Threads:
    """An `Answerer` over threads of this process: quick to start, but Python runs one of them at a time."""

    def __init__(self, service: Service, lanes: int = 8) -> None:
        self.lanes = lanes
        self._service = service
        self._pool = ThreadPoolExecutor(max_workers=lanes, thread_name_prefix="wenbao-answers")
        self._open = 0
        self._lock = Lock()

    @property
    def waiting(self) -> int:
        """Questions that no thread has taken on yet."""
        return max(0, self._open - self.lanes)

    def submit(self, asking: Asking) -> Future[Reply]:
        """The reply, soon; the future raises what the service raised."""
        self._count(1)
        future = self._pool.submit(reply, self._service, asking)
        future.add_done_callback(lambda _: self._count(-1))
        return future

    def _count(self, more: int) -> None:
        with self._lock:
            self._open += more


def reply(service: Service, asking: Asking) -> Reply:
    """Asks a service.

    Raises:
        WenbaoError: as `Service.ask`.
    """
    ask = service.ask if asking.answered else service.search
    result = ask(asking.question, filters=asking.filters, top=asking.offset + asking.top, drop=asking.drop)
    shape = _shape(replace(result, id=asking.id, hits=result.hits[asking.offset :]), answered=asking.answered)
    return Reply(orjson.dumps(shape), result.answer.kind, result.took_ms, result.stages)


def _shape(result: Result, *, answered: bool) -> Json:
    shape = result_json(result)
    return shape if answered else {name: value for name, value in shape.items() if name not in {"id", "answer"}}
