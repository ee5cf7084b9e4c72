"""Models that describe the replies under /v1 in the OpenAPI document."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class ErrorBody(BaseModel):
    """What went wrong, as OpenAI tells it."""

    message: str
    type: str
    param: str | None = Field(description="The field that is wrong, where one is.")
    code: str | None


class Error(BaseModel):
    """A failure under /v1."""

    error: ErrorBody


FAILURES: dict[int | str, dict[str, object]] = {
    "4XX": {"model": Error, "description": "The request can't be answered."},
    "5XX": {"model": Error, "description": "The index can't be used, the encoder is busy, or wenbao failed."},
}


class Embedding(BaseModel):
    """A vector: numbers, or base64 of little-endian float32."""

    object: Literal["embedding"]
    index: int
    embedding: list[float] | str


class Usage(BaseModel):
    """Pieces that the model read."""

    prompt_tokens: int
    total_tokens: int


class Embeddings(BaseModel):
    """Reply of POST /v1/embeddings, in the order of the texts."""

    object: Literal["list"]
    data: list[Embedding]
    model: str
    usage: Usage


class RankedText(BaseModel):
    """A document beside its score."""

    text: str


class Ranked(BaseModel):
    """A document by its place in the request."""

    index: int
    relevance_score: float = Field(ge=0, le=1)
    document: RankedText | None = None


class RerankUsage(BaseModel):
    """Pieces that the model read."""

    total_tokens: int


class Reranked(BaseModel):
    """Reply of POST /v1/rerank, best first."""

    model: str
    results: list[Ranked]
    usage: RerankUsage


class ModelLine(BaseModel):
    """A model under a name that requests may give."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str
    dimensions: int
    context_length: int = Field(description="Tokens of a text that it reads.")


class ModelList(BaseModel):
    """Reply of GET /v1/models."""

    object: Literal["list"]
    data: list[ModelLine]
