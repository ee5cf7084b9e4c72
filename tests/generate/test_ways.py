"""Generated answers from the command line and through the API."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from search.generate.settings import endpoint_of
from search.service import Service
from search.web.app import create_app
from search.web.replies import Asked
from search.web.rules import Rules

ROOT = Path(__file__).parents[2]
SHARE = "2021年云汀市1+X证书考核的通过率是多少？"
QUOTE = "1126人参加考核"
TRUE = "2021年有1126人参加1+X证书考核，通过率为83.5%"


def truthful(exchange: Any) -> None:  # noqa: ANN401 - the fixture's own class
    exchange.write(f"{TRUE}[{exchange.number(QUOTE)}]。全国第一[{exchange.number(QUOTE)}]。")


def run(index: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "search.cli", "ask", SHARE, "--index", str(index), *arguments]
    environment = {**os.environ, **settings, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_command_line_prints_both_answers(samples_index: Path, model: Any) -> None:  # noqa: ANN401
    """First what the reports say, then the model's sentences with the ranks of their passages."""
    model.behave = truthful
    done = run(samples_index, "--generate", "--llm-url", model.endpoint.url, "--llm-model", "small-model")
    assert done.returncode == 0, done.stderr
    assert f"{TRUE}。 [" in done.stdout
    assert "全国第一" not in done.stdout
    assert done.stdout.index("83.5%") < done.stdout.index(TRUE)
    assert model.requests[0].key is None


def test_the_environment_sets_endpoint_and_key(samples_index: Path, model: Any) -> None:  # noqa: ANN401
    """WENBAO_LLM_URL, _MODEL and _KEY; the JSON has one field more, and without --generate it hasn't."""
    model.behave = truthful
    settings = {"WENBAO_LLM_URL": model.endpoint.url, "WENBAO_LLM_MODEL": "m", "WENBAO_LLM_KEY": "k"}
    answer = json.loads(run(samples_index, "--generate", "--json", **settings).stdout)["answer"]
    assert answer["answered"]
    assert answer["generated"]["text"] == f"{TRUE}。"
    assert (answer["generated"]["dropped"], answer["generated"]["fallback"]) == (1, None)
    assert (model.requests[0].key, model.requests[0].body["model"]) == ("Bearer k", "m")
    assert "generated" not in json.loads(run(samples_index, "--json", **settings).stdout)["answer"]
    assert len(model.requests) == 1


def test_a_generated_answer_needs_an_endpoint(samples_index: Path) -> None:
    """Without one the command says how to set it, and asks nothing."""
    failed = run(samples_index, "--generate")
    assert failed.returncode == 1
    assert "--llm-url" in failed.stderr


@pytest.mark.parametrize(
    ("url", "name", "said"), [("localhost:11434", "m", "http://"), ("http://x/v1", "", "--llm-model")]
)
def test_an_endpoint_that_can_not_be_one_is_refused(url: str, name: str, said: str) -> None:
    """A slip in the settings is told at once."""
    with pytest.raises(Exception, match=said):
        endpoint_of(url, name)


def test_the_api_answers_in_one_object(service: Service, model: Any) -> None:  # noqa: ANN401
    """`generate: true` adds answer.generated to the documented shape."""
    model.behave = truthful
    with TestClient(create_app(service, Rules(endpoint=model.endpoint))) as client:
        reply = client.post("/api/ask", json={"question": SHARE, "generate": True, "id": "q1", "top": 5})
        asked = TypeAdapter(Asked).validate_python(reply.json())
        assert client.get("/readyz").json()["generate"] is True
    assert asked.id == "q1"
    assert asked.answer.generated is not None
    assert asked.answer.generated.text == f"{TRUE}。"
    assert asked.answer.generated.sentences[0].citations[0].quote


def test_the_api_streams_sentences_behind_the_result(service: Service, model: Any) -> None:  # noqa: ANN401
    """hit, result, sentence, generated, in this order; the result is what it is without a model."""
    model.behave = truthful
    with TestClient(create_app(service, Rules(endpoint=model.endpoint))) as client:
        body = {"question": SHARE, "generate": True, "top": 5}
        reply = client.post("/api/ask", json=body, headers={"Accept": "text/event-stream"})
        plain = client.post("/api/ask", json={"question": SHARE, "top": 5}).json()
    events = [block.split("\n") for block in reply.text.strip().split("\n\n")]
    names = [name.removeprefix("event: ") for name, _ in events]
    data = [json.loads(line.removeprefix("data: ")) for _, line in events]
    assert names == ["hit"] * 5 + ["result", "sentence", "generated"]
    assert data[5]["answer"] == plain["answer"]
    assert data[-1]["sentences"] == [data[-2]]


def test_a_failing_model_is_no_failure_of_the_api(service: Service, model: Any) -> None:  # noqa: ANN401
    """200 with the extractive answer, and the cause in `fallback`."""
    model.behave = lambda exchange: exchange.reply(500, "text/plain", b"")
    with TestClient(create_app(service, Rules(endpoint=model.endpoint))) as client:
        reply = client.post("/api/ask", json={"question": SHARE, "generate": True})
    assert reply.status_code == 200
    answer = reply.json()["answer"]
    assert answer["answered"]
    assert answer["generated"]["sentences"] == []
    assert answer["generated"]["fallback"]["cause"] == "model-status"


def test_a_server_without_a_model_says_so(service: Service) -> None:
    """422 that names the option."""
    with TestClient(create_app(service)) as client:
        reply = client.post("/api/ask", json={"question": SHARE, "generate": True})
        assert client.get("/readyz").json()["generate"] is False
    assert (reply.status_code, reply.json()["code"]) == (422, "model-unset")
    assert "--llm-url" in reply.json()["detail"]
