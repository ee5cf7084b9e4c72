"""The routes under /v1, used by the openai package and over plain HTTP, on a real index."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from pydantic import TypeAdapter

from index.encoder import load_encoder
from search.service import open_service
from search.web.app import create_app
from search.web.compatible.models import Models
from search.web.compatible.replies import Embeddings, Error, ModelList, Reranked
from search.web.desk import Desk

openai = pytest.importorskip("openai", reason="the package openai is not installed")

TEXTS = ["双师型教师占专业课教师的比例为86.5%。", "The canteen served lunch all year.", "𠮷安籍能工巧匠9人参与授课。"]
MODEL = "wenbao-zh-en"


@pytest.fixture(scope="module")
def real(samples_index: Path, serving: Callable[[Any], Any]) -> Iterator[str]:
    """A server over the sample reports."""
    with open_service(samples_index) as service, serving(create_app(service)) as at:
        yield at


@pytest.fixture
def client(real: str) -> Any:  # noqa: ANN401 - the client of an optional package
    return openai.OpenAI(
        base_url=f"{real}/v1", api_key="none", max_retries=0, http_client=httpx.Client(trust_env=False)
    )


@pytest.fixture
def raw(real: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=real, trust_env=False) as http:
        yield http


def failure(reply: httpx.Response) -> dict[str, Any]:
    """The error of a reply, which must be of OpenAI's shape and nothing more."""
    assert reply.headers["content-type"] == "application/json"
    TypeAdapter(Error).validate_python(reply.json())
    assert set(reply.json()) == {"error"}
    error: dict[str, Any] = reply.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    return error


def test_the_openai_client_gets_the_encoders_own_vectors(client: Any) -> None:  # noqa: ANN401 - see `client`
    """In both encodings and roles, each vector is what the encoder gives, in the order of the texts, cut on request."""
    encoder = load_encoder()
    passages, queries = encoder.encode_passages(TEXTS), encoder.encode_queries(TEXTS)
    for given in ({}, {"encoding_format": "float"}, {"encoding_format": "base64"}):
        reply = client.embeddings.create(model=MODEL, input=TEXTS, **given)
        vectors = [
            np.frombuffer(base64.b64decode(one.embedding), "<f4") if isinstance(one.embedding, str) else one.embedding
            for one in reply.data
        ]
        assert [one.index for one in reply.data] == [0, 1, 2]
        assert np.allclose(vectors, passages, atol=1e-5)
    asked = client.embeddings.create(model=f"{MODEL}:query", input=TEXTS[0])
    assert np.allclose(asked.data[0].embedding, queries[0], atol=1e-5)
    short = client.embeddings.create(model=MODEL, input=TEXTS[0], dimensions=100).data[0].embedding
    assert short == pytest.approx(passages[0, :100] / np.linalg.norm(passages[0, :100]), abs=1e-5)
    stated = client.embeddings.create(model=MODEL, input=TEXTS[0], extra_body={"input_type": "search_query"})
    assert stated.data[0].embedding == asked.data[0].embedding


def test_usage_counts_the_pieces_that_the_model_reads(client: Any) -> None:  # noqa: ANN401 - see `client`
    """The tokenizer's own count, both end marks included; what is cut off is not counted."""
    from transformers import AutoTokenizer

    folder = Path(__file__).parents[2] / "index" / "models" / MODEL
    tokenizer = AutoTokenizer.from_pretrained(folder)
    pieces = sum(len(tokenizer(text)["input_ids"]) for text in TEXTS)
    assert client.embeddings.create(model=MODEL, input=TEXTS).usage.prompt_tokens == pieces
    window = client.models.retrieve(MODEL).context_length
    cut = client.embeddings.create(model=MODEL, input="教" * 5000, extra_body={"truncate": True})
    assert cut.usage.total_tokens == window


def test_models_are_listed(client: Any, raw: httpx.Client) -> None:  # noqa: ANN401 - see `client`
    """The encoder of the index under both its names."""
    assert [model.id for model in client.models.list()] == [MODEL, f"{MODEL}:query"]
    assert client.models.retrieve(f"{MODEL}:query").dimensions == load_encoder().dimension
    TypeAdapter(ModelList).validate_python(raw.get("/v1/models").json())


def test_rerank_puts_what_fits_first(raw: httpx.Client) -> None:
    """Places refer to the request, scores are cosines and fall, top_n cuts, objects and strings may be mixed."""
    documents: list[Any] = [
        TEXTS[1],
        {"text": "三所学校扩大1+X证书制度试点，新增试点专业7个。", "id": 7},
        "学校食堂提供午餐。",
    ]
    body = {"query": "Which schools expanded 1+X pilots?", "documents": documents}
    whole = raw.post("/v1/rerank", json=body).json()
    TypeAdapter(Reranked).validate_python(whole)
    encoder = load_encoder()
    texts = [one if isinstance(one, str) else one["text"] for one in documents]
    cosines = encoder.encode_passages(texts) @ encoder.encode_queries([str(body["query"])])[0]
    assert [one["index"] for one in whole["results"]] == list(np.argsort(-cosines))
    assert whole["results"][0]["index"] == 1
    for one in whole["results"]:
        assert one["relevance_score"] == pytest.approx(max(0.0, cosines[one["index"]]), abs=1e-4)
    best = raw.post("/v1/rerank", json={**body, "top_n": 1, "return_documents": True}).json()["results"]
    assert [one["document"]["text"] for one in best] == [texts[1]]


@pytest.mark.parametrize(
    ("body", "status", "param", "said"),
    [
        ({"model": MODEL, "input": []}, 400, "input", "at least 1"),
        ({"model": MODEL, "input": ""}, 400, "input", "empty"),
        ({"model": MODEL, "input": ["好", " "]}, 400, "input", "empty"),
        ({"model": MODEL, "input": [[101, 7]]}, 400, "input", "check_embedding_ctx_length"),
        ({"model": MODEL, "input": [101, 7]}, 400, "input", "token ids"),
        ({"model": MODEL, "input": ["好"] * 2049}, 400, "input", "2048"),
        ({"model": MODEL, "input": "好", "dimensions": 777}, 400, None, "not 777"),
        ({"model": MODEL, "input": "好", "encoding_format": "hex"}, 400, "encoding_format", "base64"),
        ({"model": MODEL, "input": "教" * 5000}, 400, None, "truncate"),
        ({"model": "text-embedding-3-small", "input": "好"}, 404, None, MODEL),
        ({"model": MODEL}, 400, "input", "required"),
    ],
)
def test_failures_speak_openais_language(
    raw: httpx.Client, body: dict[str, object], status: int, param: str | None, said: str
) -> None:
    """The status, the field and what to do, in the shape that its clients read."""
    reply = raw.post("/v1/embeddings", json=body)
    error = failure(reply)
    assert reply.status_code == status
    assert error["type"] == "invalid_request_error"
    assert (error["param"] or "").startswith(param or "")
    assert said in error["message"]


def test_failures_outside_the_routes_speak_it_too(raw: httpx.Client) -> None:
    """No JSON, an unknown address, a wrong method, too large a body: all are told alike, elsewhere as problems."""
    assert (
        failure(raw.post("/v1/embeddings", content=b"{", headers={"content-type": "application/json"}))["code"]
        == "json"
    )
    assert failure(raw.get("/v1/chat/completions"))["code"] == "address"
    assert failure(raw.get("/v1/embeddings"))["code"] == "method"
    assert failure(raw.post("/v1/embeddings", content=b" " * (2 << 20)))["code"] == "body-size"
    assert failure(raw.post("/v1/rerank", json={"query": "好", "documents": []}))["param"] == "documents"
    assert raw.get("/api/nothing").headers["content-type"] == "application/problem+json"


def test_the_openai_client_raises_its_own_errors(client: Any) -> None:  # noqa: ANN401 - see `client`
    """Its exceptions carry the code and the message."""
    with pytest.raises(openai.NotFoundError, match="GET /v1/models") as caught:
        client.embeddings.create(model="another", input="好")
    assert caught.value.code == "model_not_found"


def test_while_the_index_loads_clients_are_told_to_come_back(serving: Callable[[Any], Any]) -> None:
    """503 with Retry-After, as a server error."""
    with serving(create_app(Desk())) as at, httpx.Client(base_url=at, trust_env=False) as http:
        reply = http.post("/v1/embeddings", json={"input": "好"})
        assert (reply.status_code, failure(reply)["type"]) == (503, "server_error")
        assert int(reply.headers["retry-after"]) > 0


def test_only_so_many_requests_wait_for_the_encoder(samples_index: Path) -> None:
    """The next one is refused at once, and accepted when the others are done."""
    with open_service(samples_index) as service:
        models = Models(Desk(service))
        model = models.current()
        held = 0
        while models._waiting.acquire(blocking=False):
            held += 1
        with pytest.raises(Exception, match="busy"):
            models.encode(model, ["好"], query=True)
        for _ in range(held):
            models._waiting.release()
        assert len(models.encode(model, ["好"], query=True)) == 1


def test_the_document_describes_these_replies(raw: httpx.Client) -> None:
    """Failures under /v1 are JSON of the error's shape in the OpenAPI document, and replies fit their models."""
    document = raw.get("/openapi.json").json()
    for path in ("/v1/embeddings", "/v1/rerank"):
        responses = document["paths"][path]["post"]["responses"]
        assert set(responses) == {"200", "4XX", "5XX"}
        assert responses["4XX"]["content"]["application/json"]["schema"]["$ref"].endswith("/Error")
    TypeAdapter(Embeddings).validate_python(raw.post("/v1/embeddings", json={"input": TEXTS}).json())
