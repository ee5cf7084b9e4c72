"""POST /v1/embeddings, POST /v1/rerank and GET /v1/models."""

from __future__ import annotations

from base64 import b64encode

import numpy as np
from fastapi import APIRouter
from starlette.responses import Response

from index.records import Vectors
from search.shapes import Json
from search.web.compatible.models import QUERY, Models
from search.web.compatible.replies import FAILURES, Embeddings, ModelLine, ModelList, Reranked
from search.web.compatible.requests import EmbeddingRequest, RerankRequest, is_query
from search.web.desk import Desk
from search.web.problems import Refusal
from search.web.replies import reply


def routes(desk: Desk) -> APIRouter:
    """The routes under /v1, for the encoder of the index."""
    router = APIRouter(prefix="/v1", tags=["compatible"], responses=FAILURES)
    models = Models(desk)

    @router.get("/models", response_model=ModelList, summary="The encoder of the index")
    def listed() -> Response:
        """The model twice: its plain name encodes passages, with :query behind it questions."""
        return reply({"object": "list", "data": models.current().json()})

    @router.get("/models/{model:path}", response_model=ModelLine, summary="One model")
    def described(model: str) -> Response:
        """One line of the list."""
        current = models.current()
        current.require(model)
        return reply(next(one for one in current.json() if one["id"] == model))

    @router.post("/embeddings", response_model=Embeddings, summary="Vectors of texts")
    def embeddings(wanted: EmbeddingRequest) -> Response:
        """Vectors of length 1, as OpenAI's route gives them; texts are passages unless the request says otherwise."""
        model = models.current()
        model.require(wanted.model)
        _require_dimensions(wanted.dimensions, model.encoder.dimension)
        tokens = model.count(wanted.input, truncate=wanted.truncate)
        query = is_query(wanted.input_type) if wanted.input_type else wanted.model.endswith(QUERY)
        vectors = models.encode(model, wanted.input, query=query)
        data = [
            {
                "object": "embedding",
                "index": place,
                "embedding": _written(_first(vector, wanted.dimensions), wanted.encoding_format),
            }
            for place, vector in enumerate(vectors)
        ]
        usage = {"prompt_tokens": tokens, "total_tokens": tokens}
        return reply({"object": "list", "data": data, "model": model.name, "usage": usage})

    @router.post("/rerank", response_model=Reranked, summary="Texts by how well they fit a query")
    def rerank(wanted: RerankRequest) -> Response:
        """Documents by the cosine of their vector to the query's, best first; long ones count to the window's end."""
        model = models.current()
        model.require(wanted.model)
        tokens = model.count([wanted.query, *wanted.documents], truncate=True)
        (query,) = models.encode(model, [wanted.query], query=True)
        vectors = models.encode(model, wanted.documents, query=False)
        scores = np.clip(np.stack(vectors) @ query, 0.0, 1.0)
        order = np.argsort(-scores, kind="stable")[: wanted.top_n]
        results = [_ranked(int(place), float(scores[place]), wanted) for place in order]
        return reply({"model": model.name, "results": results, "usage": {"total_tokens": tokens}})

    return router


def _require_dimensions(asked: int | None, own: int) -> None:
    if asked is not None and asked > own:
        raise Refusal(
            422, "dimensions", f"The model's vectors have {own} dimensions, not {asked}.", f"Ask for at most {own}."
        )


def _first(vector: Vectors, dimensions: int | None) -> Vectors:
    """The first numbers of a vector, to length 1 again; of the embedded encoder they say most."""
    cut: Vectors = vector[:dimensions]
    return cut / np.float32(max(float(np.linalg.norm(cut)), 1e-12))


def _written(vector: Vectors, encoding_format: str) -> str | list[float]:
    if encoding_format == "base64":
        return b64encode(vector.astype("<f4").tobytes()).decode("ascii")
    numbers: list[float] = vector.tolist()
    return numbers


def _ranked(place: int, score: float, wanted: RerankRequest) -> Json:
    shape: Json = {"index": place, "relevance_score": round(score, 6)}
    if wanted.return_documents:
        shape["document"] = {"text": wanted.documents[place]}
    return shape
