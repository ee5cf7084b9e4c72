"""The description of the API in both languages, and the page that shows it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from search.web import pages
from search.web.openapi import SENTENCES

if TYPE_CHECKING:
    from playwright.sync_api import Page

LINES = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
HAN = re.compile(r"[一-鿿]")


def told(part: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """Every paragraph of the descriptions and summaries."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in {"description", "summary"} and isinstance(value, str):
                yield from value.strip().split("\n\n")
            else:
                yield from told(value)
    elif isinstance(part, list):
        for one in part:
            yield from told(one)


def shape(part: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The same without what is told to people."""
    if isinstance(part, list):
        return [shape(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: "" if name in {"description", "summary"} and isinstance(value, str) else shape(value)
        for name, value in part.items()
    }


def test_every_sentence_of_the_description_is_there_in_chinese(api: httpx.Client) -> None:
    """Each has its line, no line is left behind, and names in backticks stand in both alike."""
    english = set(told(api.get("/openapi.json").json()))
    assert len(english) > 100
    assert english == {line[0] for line in LINES}
    assert len(english) == len(LINES)
    for one, other in LINES:
        assert HAN.search(other), one
        assert re.findall(r"`[^`]+`", one) == re.findall(r"`[^`]+`", other)


def test_the_description_comes_in_the_language_asked_for(api: httpx.Client) -> None:
    """Only what people read differs; whoever names no language gets English."""
    english = api.get("/openapi.json")
    chinese = api.get("/openapi.json", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"})
    assert [one.headers["content-language"] for one in (english, chinese)] == ["en", "zh"]
    assert chinese.headers["vary"] == "Accept-Language"
    assert all(HAN.search(text) for text in told(chinese.json()))
    assert shape(english.json()) == shape(chinese.json())


@pytest.mark.browser
def test_the_page_of_the_documentation_speaks_both_languages(page: Page, address: str) -> None:
    """As the address says, and the other one at the press of a button; a problem is found by its name."""
    from playwright.sync_api import expect

    page.goto(f"{address}/docs?lang=zh#problem-filter")
    expect(page.get_by_role("heading", name="接口文档")).to_be_visible()
    expect(page.locator("#problem-filter")).to_contain_text("有一个筛选条件不存在")
    expect(page.locator("#problem-filter")).to_be_in_viewport()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("link", name="POST /api/ask").click()
    expect(page.get_by_role("heading", name="POST /api/ask")).to_be_in_viewport()
    page.get_by_role("button", name="Switch to English").click()
    expect(page.get_by_role("heading", name="Addresses")).to_be_visible()
    expect(page.get_by_text("Ranked passages").first).to_be_visible()
    expect(page.get_by_role("link", name="Ask", exact=True)).to_have_attribute("href", "/?lang=en")


def test_a_changed_file_of_the_page_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a second; until then the files are not even looked at."""
    clock = iter([5.0, 5.9, 6.0, 7.0])
    monkeypatch.setattr(pages, "STATIC", tmp_path)
    monkeypatch.setattr(pages, "monotonic", lambda: next(clock))
    file = tmp_path / "app.js"
    file.write_text("one", encoding="utf-8")
    first = pages.stamped()
    file.write_text("two", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert pages.stamped() == first
    second = pages.stamped()
    assert second != first
    assert pages.stamped() == second
