"""`wenbao serve` as a process of its own: it listens at once, says what is wrong, and ends in good order."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from corpus.errors import WenbaoError
from search.web.server import listen

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0

Run = Callable[..., subprocess.CompletedProcess[str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(index: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A server process and a client of it."""
    port = free_port()
    command = [sys.executable, "-m", "search.cli", "serve", "--index", str(index), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=PATIENCE) as client:
        try:
            wait_for(client, "/healthz", 200)
            yield process, client
        finally:
            process.kill()
            process.wait()


def wait_for(client: httpx.Client, path: str, status: int) -> httpx.Response:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            reply = client.get(path)
        except httpx.TransportError:
            reply = httpx.Response(0)
        if reply.status_code == status:
            return reply
        assert time.monotonic() < deadline, f"{path}: {reply.status_code} {reply.text}"
        time.sleep(0.1)


def test_an_index_built_later_is_taken_up(tmp_path: Path, wenbao: Run) -> None:
    """Without an index the server says so in the shell and the API, and answers as soon as there is one."""
    report = tmp_path / "report.txt"
    report.write_text(
        "澄湖职业技术学校教育质量年度报告（2022年度）\n一、师资队伍\n2022年，学校双师型教师占专业课教师的比例为83.6%。\n",
        encoding="utf-8",
    )
    index = tmp_path / "index"
    with serving(index) as (process, client):
        missing = wait_for(client, "/readyz", 503)
        while missing.json()["code"] == "loading":
            missing = client.get("/readyz")
        assert missing.json()["code"] == "index-missing"
        assert "wenbao build" in missing.json()["remedy"]
        assert client.post("/api/ask", json={"question": "比例"}).json()["code"] == "index-missing"
        wenbao("build", report, "--index", index)
        wait_for(client, "/readyz", 200)
        asked = client.post("/api/ask", json={"question": "双师型教师的比例是多少？"}).json()
        assert "83.6%" in asked["answer"]["text"]
        assert asked["hits"][0]["title"] == "澄湖职业技术学校教育质量年度报告（2022年度）"
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        told = process.stderr.read()
    assert f"http://127.0.0.1:{client.base_url.port}" in told
    assert missing.json()["detail"] in told
    assert "Traceback" not in told


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_while_loading_ends_in_good_order(tmp_path: Path, name: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end the server at once with exit code 0 and without a traceback."""
    with serving(tmp_path / "nowhere") as (process, _):
        process.send_signal(name)
        assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_a_taken_port_is_told(tmp_path: Path, wenbao: Run) -> None:
    """The message names the port and another one to try; nothing is served."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        done = wenbao("serve", "--index", tmp_path / "index", "--port", port, status=1)
    assert str(port) in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("host", "port", "code"), [("192.0.2.1", 0, "address-refused"), ("nowhere.invalid", 0, "address-refused")]
)
def test_foreign_addresses_are_refused(host: str, port: int, code: str) -> None:
    """An address that isn't this machine's gives a clear failure."""
    with pytest.raises(WenbaoError) as refused:
        listen(host, port)
    assert refused.value.code == code
    assert refused.value.remedy


def test_answers_of_samples_cite_exact_words(samples_index: Path) -> None:
    """Over the samples, every quote and passage that the API returns is the text of its span."""
    with serving(samples_index) as (_, client):
        wait_for(client, "/readyz", 200)
        texts: dict[str, str] = {}
        for question in ("which schools expanded 1+X pilots", "双师型教师占比是多少？", "2022年和2023年在校生哪年多？"):
            asked: dict[str, Any] = client.post("/api/ask", json={"question": question}).json()
            cited = asked["answer"]["citations"] + [c for item in asked["answer"]["items"] for c in item["citations"]]
            spans = [(one, one["quote"]) for one in cited] + [(hit, hit["text"]) for hit in asked["hits"]]
            assert len(spans) > 3
            for span, words in spans:
                report = span["report_id"]
                texts[report] = texts.get(report) or client.get(f"/api/reports/{report}/text").text
                assert texts[report][span["start"] : span["end"]] == words
