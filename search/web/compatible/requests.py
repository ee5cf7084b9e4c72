"""What the routes under /v1 take; fields that other services know and this one doesn't need are passed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from search.web.requests import Text

MOST_INPUTS = 2048
"""Texts of one request, as OpenAI has it."""

MOST_DOCUMENTS = 1000

InputType = Literal["query", "passage", "search_query", "search_document"]


def _inputs(value: object) -> object:
    """One text may stand without its list; ids of another model's tokens mean nothing here."""
    texts = [value] if isinstance(value, str) else value
    if isinstance(texts, Sequence) and any(isinstance(one, (int, list)) for one in texts):
        raise ValueError(
            "holds token ids; send texts (LangChain's OpenAIEmbeddings does with check_embedding_ctx_length=False)"
        )
    if isinstance(texts, Sequence) and any(isinstance(one, str) and not one.strip() for one in texts):
        raise ValueError("holds an empty text")
    return texts


def _document(value: object) -> object:
    """A document may be its text, or an object that has it under `text`."""
    return value["text"] if isinstance(value, dict) and "text" in value else value


Inputs = Annotated[
    list[Text],
    BeforeValidator(_inputs, json_schema_input_type=str | list[str]),
    Field(min_length=1, max_length=MOST_INPUTS, description="A text or a list of texts."),
]


class TextObject(BaseModel):
    """A document as an object; its other fields are passed over."""

    text: str


Document = Annotated[Text, BeforeValidator(_document, json_schema_input_type=str | TextObject)]


class EmbeddingRequest(BaseModel):
    """Body of POST /v1/embeddings."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"model": "wenbao-zh-en", "input": ["双师型教师比例", "学校与企业共建实训车间。"]}]
        }
    )

    input: Inputs
    model: Text = Field(default="", description="As GET /v1/models lists it; the only model there is if left out.")
    encoding_format: Literal["float", "base64"] = Field(
        default="float", description="base64: little-endian float32, as the openai package asks for."
    )
    dimensions: int | None = Field(
        default=None, ge=1, description="So many of the first numbers of each vector; all if left out."
    )
    input_type: InputType | None = Field(
        default=None,
        description="Which of the model's two prompts comes first; passage if neither this nor the model says.",
    )
    truncate: bool = Field(
        default=False, description="Leave out what is beyond the model's window instead of refusing."
    )


class RerankRequest(BaseModel):
    """Body of POST /v1/rerank."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "query": "Which schools expanded 1+X pilots?",
                    "documents": ["三所学校扩大1+X证书制度试点。", "食堂全年供应学生午餐。"],
                    "top_n": 1,
                }
            ]
        }
    )

    query: Text = Field(min_length=1, max_length=2000)
    documents: list[Document] = Field(min_length=1, max_length=MOST_DOCUMENTS)
    model: Text = Field(default="", description="As GET /v1/models lists it; the only model there is if left out.")
    top_n: int | None = Field(
        default=None, strict=True, ge=1, description="How many of the best to return; all if left out."
    )
    return_documents: bool = Field(default=False, description="Repeat each document beside its score.")


def is_query(input_type: InputType | None) -> bool:
    """Whether a text is to be encoded as a question."""
    return input_type in {"query", "search_query"}
