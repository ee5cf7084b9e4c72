"""Generated answers of POST /api/ask: the reports' own answer first, then what a language model makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import BoundedSemaphore

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from corpus.errors import WenbaoError
from search.exchange import Asking
from search.generate.answer import generate, whole
from search.generate.endpoint import Endpoint
from search.generate.records import Said
from search.generate.shapes import generated_json, said_json, with_generated
from search.records import Result
from search.shapes import hit_json, result_json
from search.web.desk import Desk
from search.web.problems import Refusal, of_error
from search.web.replies import EVENTS, event, event_of, reply

AT_ONCE = 4
"""Generated answers under way at a time: each keeps a thread for as long as its model takes."""


class Generating:
    """Answers with the model of one endpoint; None refuses them all."""

    def __init__(self, desk: Desk, endpoint: Endpoint | None) -> None:
        self._desk = desk
        self._endpoint = endpoint
        self._free = BoundedSemaphore(AT_ONCE)

    async def response(self, asking: Asking, *, streamed: bool) -> Response:
        """The reply with `answer.generated`; streamed: hits, the result without it, its sentences, and then the whole.

        Raises:
            Refusal: no model is set, or too many answers are being written.
            WenbaoError: as `Service.ask`.
        """
        endpoint = self._require()
        result = await run_in_threadpool(self._ask, asking)
        if streamed:
            return StreamingResponse(self._events(result, endpoint), media_type=EVENTS)
        return await run_in_threadpool(self._whole, result, endpoint)

    def _require(self) -> Endpoint:
        if self._endpoint is None:
            raise Refusal(
                422,
                "model-unset",
                "This server has no language model.",
                "Start it with --llm-url and --llm-model, or leave `generate` out.",
            )
        return self._endpoint

    def _ask(self, asking: Asking) -> Result:
        result = self._desk.service.ask(asking.question, filters=asking.filters, top=asking.top, drop=asking.drop)
        return replace(result, id=asking.id)

    def _whole(self, result: Result, endpoint: Endpoint) -> Response:
        with self._turn():
            return reply(with_generated(result, whole(generate(self._desk.service, result, endpoint))))

    def _events(self, result: Result, endpoint: Endpoint) -> Iterator[bytes]:
        for hit in result.hits:
            yield event("hit", hit_json(hit))
        yield event("result", result_json(result))
        try:
            with self._turn():
                for step in generate(self._desk.service, result, endpoint):
                    if isinstance(step, Said):
                        yield event("sentence", said_json(step))
                    else:
                        yield event("generated", generated_json(step))
        except WenbaoError as error:
            yield event_of("problem", bytes(of_error(error).body))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._free.acquire(blocking=False):
            raise Refusal(503, "busy", "Too many generated answers are being written.", "Try again in a few seconds.")
        try:
            yield
        finally:
            self._free.release()
