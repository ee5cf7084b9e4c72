"""Question files through the API."""

from __future__ import annotations

import csv
import io
import json
import time
from typing import Any

import httpx
import pytest

from search.web.jobs import MAX_ROWS

FILE = "编号,问题,备注\na,2022年双师型教师比例是多少,=1+1\nb,哪些学校扩大1+X试点,\nc,,空的\nd,无人机竞赛,\n"


def send(api: httpx.Client, name: str, content: bytes) -> httpx.Response:
    return api.post("/api/batch", files={"file": (name, content)})


def finished(api: httpx.Client, started: httpx.Response) -> dict[str, Any]:
    assert started.status_code == 202, started.text
    deadline = time.monotonic() + 20
    while True:
        state: dict[str, Any] = api.get(started.headers["location"]).json()
        if state["state"] not in {"waiting", "running"}:
            return state
        assert time.monotonic() < deadline, state
        time.sleep(0.02)


def test_a_file_is_answered_row_by_row(api: httpx.Client) -> None:
    """Every row gets its answer or its error, and the counts add up."""
    state = finished(api, send(api, "问题.csv", FILE.encode("gb18030")))
    assert (state["state"], state["total"], state["done"]) == ("done", 4, 4)
    assert (state["answered"], state["unanswered"], state["failed"]) == (2, 1, 1)
    assert [one["failed"] for one in state["preview"]] == [False, False, True, False]
    lines = [json.loads(line) for line in api.get(f"/api/batch/{state['id']}?format=jsonl").text.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c", "d"]
    assert lines[0]["备注"] == "=1+1"
    single = api.post("/api/ask", json={"question": lines[1]["question"], "id": "b"}).json()
    assert lines[1]["answer"] == single["answer"]


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("html", b"<!")])
def test_results_come_as_files(api: httpx.Client, kind: str, start: bytes) -> None:
    """Each format is downloaded under the question file's name."""
    state = finished(api, send(api, "问题.csv", FILE.encode()))
    reply = api.get(f"/api/batch/{state['id']}", params={"format": kind})
    assert reply.content.startswith(start)
    assert reply.headers["content-disposition"].startswith("attachment")
    assert f"%E9%97%AE%E9%A2%98-answers.{kind}" in reply.headers["content-disposition"]


def test_formulas_are_harmless_in_the_results(api: httpx.Client) -> None:
    """A cell that a spreadsheet would run comes back as text."""
    state = finished(api, send(api, "q.csv", FILE.encode()))
    rows = list(csv.DictReader(io.StringIO(api.get(f"/api/batch/{state['id']}?format=csv").text.lstrip("\ufeff"))))
    assert rows[0]["备注"].startswith("'=")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("q.docx", b"x", "batch-type"),
        ("q.txt", b"", "batch-empty"),
        ("../../q", b"x", "batch-type"),
        ("q.csv", b"a,b\n1,2\n", "batch-columns"),
        ("q.txt", "问\n".encode() * (MAX_ROWS + 1), "batch-size"),
    ],
)
def test_files_that_cannot_be_used_are_turned_down(api: httpx.Client, name: str, content: bytes, code: str) -> None:
    """An unknown type, an empty file, no question column, too many rows: said at once."""
    reply = send(api, name, content)
    assert (reply.status_code, reply.json()["code"]) == (422, code)
    assert reply.json()["remedy"]


def test_unknown_and_unfinished_batches_are_told_apart(api: httpx.Client) -> None:
    """404 for an id that nobody got, 422 for a format that nobody writes, 422 for a missing file."""
    assert api.get("/api/batch/nobody").json()["code"] == "batch-unknown"
    state = finished(api, send(api, "q.txt", "无人机竞赛".encode()))
    assert api.get(f"/api/batch/{state['id']}?format=pdf").status_code == 422
    assert api.post("/api/batch").json()["errors"][0]["field"] == "file"
