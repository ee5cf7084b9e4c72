"""The model behind /v1: the encoder of the index, under the names that requests may give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock

from index.encoder import load_encoder
from index.pieces import Pieces
from index.records import Encoder, Vectors
from search.shapes import Json
from search.web.desk import Desk
from search.web.problems import Refusal

QUERY = ":query"
"""Behind the model's name: texts are questions. Most clients can set a model's name and nothing else."""

WAITING = 4
"""Requests that may wait for the encoder; the rest are told to come back, so that questions find a free thread."""

PORTION = 64
"""Texts encoded at a time; between two portions another request has its turn."""


@dataclass(frozen=True, slots=True)
class Model:
    """One encoder with its counter."""

    encoder: Encoder
    pieces: Pieces

    @property
    def name(self) -> str:
        """What clients call it: the hub's name, or the last part of a folder's."""
        path = Path(self.encoder.name)
        return path.name if path.is_absolute() else self.encoder.name

    def require(self, asked: str) -> None:
        """Makes sure that a request means this model.

        Raises:
            Refusal: 404, it names another.
        """
        if asked not in {"", self.name, self.name + QUERY}:
            raise Refusal(
                404,
                "model_not_found",
                f"There is no model {asked} here.",
                f"The model is {self.name}; see GET /v1/models.",
            )

    def count(self, texts: Sequence[str], *, truncate: bool) -> int:
        """Pieces of all texts together, those beyond the window left out.

        Raises:
            Refusal: 422, a text is longer than the window, and `truncate` is false.
        """
        counts = self.pieces.count(texts)
        most = self.pieces.window
        for place, count in enumerate(counts):
            if count > most and not truncate:
                raise Refusal(
                    422,
                    "context_length_exceeded",
                    f"Text {place} has {count} tokens; {self.name} reads {most}.",
                    "Send shorter texts, or set truncate to true.",
                )
        return sum(min(count, most) for count in counts)

    def json(self) -> list[Json]:
        """As GET /v1/models lists it, once for passages and once for questions."""
        about = {
            "object": "model",
            "created": 0,
            "owned_by": "wenbao",
            "dimensions": self.encoder.dimension,
            "context_length": self.pieces.window,
        }
        return [{"id": self.name, **about}, {"id": self.name + QUERY, **about}]


class Models:
    """The encoder of the index as it is now; one request at a time uses it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: tuple[str, Pieces] | None = None
        self._turn = Lock()
        self._waiting = BoundedSemaphore(WAITING)

    def current(self) -> Model:
        """The model.

        Raises:
            Refusal: 503, the index can't be used yet.
        """
        with self._desk.service.reading() as view:
            encoder = view.encoder
        known = self._known
        if known is None or known[0] != encoder.fingerprint:
            known = (encoder.fingerprint, load_encoder(encoder.name).pieces)
            self._known = known
        return Model(encoder, known[1])

    def encode(self, model: Model, texts: Sequence[str], *, query: bool) -> list[Vectors]:
        """A vector, (dimension,), for each text.

        Raises:
            Refusal: 503, too many wait already.
        """
        if not self._waiting.acquire(blocking=False):
            raise Refusal(503, "busy", "The encoder is busy with other requests.", "Try again in a few seconds.")
        try:
            return [vector for at in range(0, len(texts), PORTION) for vector in self._some(model, texts[at:], query)]
        finally:
            self._waiting.release()

    def _some(self, model: Model, texts: Sequence[str], query: bool) -> Vectors:  # noqa: FBT001 - private, one caller
        encode = model.encoder.encode_queries if query else model.encoder.encode_passages
        with self._turn:
            return encode(texts[:PORTION])
