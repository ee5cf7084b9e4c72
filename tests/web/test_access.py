"""Keys, roles, rates and other sites' pages: who may do what."""

from __future__ import annotations

import json
import logging
import stat
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.snapshot import KEYS
from search.service import Service
from search.web.app import create_app
from search.web.keys import KeyFile
from search.web.logs import Lines
from search.web.rules import Rules

ASK = "/api/ask"
SITE = "https://reports.example"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that passes for an index."""
    (tmp_path / "current").write_text("000001-0 " + "0" * 64, encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(standin: Service, folder: Path, serving: Callable[[Any], Any]) -> Iterator[Callable[..., httpx.Client]]:
    """Clients of servers over the stand-in, by the rules they have."""
    opened = []

    def start(**rules: Any) -> httpx.Client:  # noqa: ANN401 - the fields of Rules
        server = serving(create_app(standin, Rules(index=folder, **rules)))
        opened.append(server)
        return httpx.Client(base_url=server.__enter__(), trust_env=False)

    yield start
    for server in opened:
        server.__exit__(None, None, None)


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_the_first_key_closes_the_api_of_a_running_server(client: Callable[..., httpx.Client], folder: Path) -> None:
    """Before it everybody may ask, after it only who shows a key; a key taken back is refused at once."""
    with client() as api:
        assert api.post(ASK, json={"question": "比例"}).status_code == 200
        key = KeyFile(folder).add("me", "read")
        for headers in ({}, bearer("wenbao_wrong"), bearer(key[:-1]), {"Authorization": f"Basic {key}"}):
            refused = api.post(ASK, json={"question": "比例"}, headers=headers)
            assert (refused.status_code, refused.json()["code"]) == (401, "key")
            assert refused.headers["www-authenticate"] == "Bearer"
        assert api.post(ASK, json={"question": "比例"}, headers=bearer(key)).status_code == 200
        assert api.get("/api/reports", headers={"X-API-Key": key}).status_code == 200
        assert api.get("/metrics").status_code == 401
        for path in ("/", "/docs", "/static/app.js", "/healthz", "/readyz", "/openapi.json"):
            assert api.get(path).status_code == 200
        KeyFile(folder).remove(KeyFile(folder).all()[0].id)
        assert api.get("/api/reports", headers=bearer(key)).status_code == 401
        (folder / KEYS).unlink()
        assert api.get("/api/reports").status_code == 401


def test_only_admins_change_reports(client: Callable[..., httpx.Client], folder: Path) -> None:
    """A read key asks; adding and removing reports takes an admin key."""
    read, admin = KeyFile(folder).add("reader", "read"), KeyFile(folder).add("keeper", "admin")
    with client(changes=True) as api:
        for method, path in (("POST", "/api/reports"), ("DELETE", "/api/reports/0123")):
            lower = api.request(method, path, headers=bearer(read))
            assert (lower.status_code, lower.json()["code"]) == (403, "key-role")
            assert api.request(method, path, headers=bearer(admin)).status_code in {404, 422}
        assert api.post(ASK, json={"question": "比例"}, headers=bearer(admin)).status_code == 200


def test_keys_are_kept_as_hashes_alone(folder: Path) -> None:
    """The file holds no key, and nobody but its owner reads it; every key is another one."""
    keys = [KeyFile(folder).add(f"n{number}", "read") for number in range(3)]
    kept = (folder / KEYS).read_text(encoding="utf-8")
    assert len(set(keys)) == 3
    assert not any(key in kept for key in keys)
    assert [one["sha256"] for one in json.loads(kept)] == [sha256(key.encode()).hexdigest() for key in keys]
    assert stat.S_IMODE((folder / KEYS).stat().st_mode) == 0o600


def test_who_asks_too_often_is_told_when_to_come_back(client: Callable[..., httpx.Client], folder: Path) -> None:
    """Beyond the burst 429 with Retry-After, for this caller alone; health and the page are never counted."""
    one, other = KeyFile(folder).add("one", "read"), KeyFile(folder).add("other", "read")
    with client(rate=6) as api:
        replies = [api.get("/api/reports", headers=bearer(one)) for _ in range(11)]
        assert [reply.status_code for reply in replies] == [200] * 10 + [429]
        assert 1 <= int(replies[-1].headers["retry-after"]) <= 10
        assert replies[-1].json()["code"] == "rate"
        assert api.get("/api/reports", headers=bearer(other)).status_code == 200
        assert {api.get("/healthz").status_code for _ in range(20)} == {200}


def test_pages_of_named_sites_may_call_the_api(client: Callable[..., httpx.Client]) -> None:
    """A preflight and a request from the named site are answered with its origin, from others they are not."""
    with client(origins=(SITE,)) as api:
        preflight = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        allowed = api.options(ASK, headers={"Origin": SITE, **preflight})
        assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, SITE)
        asked = api.post(ASK, json={"question": "比例"}, headers={"Origin": SITE})
        assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, SITE)
        assert "x-request-id" in asked.headers["access-control-expose-headers"].lower()
        assert api.options(ASK, headers={"Origin": "https://evil.example", **preflight}).status_code == 400
        refused = api.post(ASK, json={"question": "比例"}, headers={"Origin": "https://evil.example"})
        assert (refused.status_code, refused.json()["code"]) == (403, "origin")


@pytest.mark.parametrize(("log", "told"), [("requests", False), ("questions", True)])
def test_questions_are_logged_only_where_it_was_asked_for(
    client: Callable[..., httpx.Client],
    caplog: pytest.LogCaptureFixture,
    until: Callable[..., None],
    log: str,
    *,
    told: bool,
) -> None:
    """Every request is one JSON line; with `questions` it holds what was asked, else nothing of it."""
    caplog.set_level(logging.INFO, logger="wenbao.web")
    with client(log=log) as api:
        api.post(ASK, json={"question": "毕业生薪酬"})
        api.get("/api/search", params={"q": "毕业生薪酬"})
        until(lambda: sum(record.name == "wenbao.web" for record in caplog.records) > 1)
    records = [record for record in caplog.records if record.name == "wenbao.web"]
    lines = [json.loads(Lines().format(record)) for record in records]
    assert [(line["route"], line["status"], line["level"]) for line in lines] == [
        ("/api/ask", 200, "info"),
        ("/api/search", 200, "info"),
    ]
    assert all(line["time"].endswith("+00:00") for line in lines)
    assert [line.get("question") for line in lines] == (["毕业生薪酬"] * 2 if told else [None] * 2)
    assert ("薪酬" in json.dumps(lines, ensure_ascii=False)) is told
