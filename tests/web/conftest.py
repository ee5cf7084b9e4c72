"""Servers on 127.0.0.1 for the tests of the API, and a real Chromium for those of the page."""

from __future__ import annotations

import importlib.util
import logging
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
import uvicorn

from search.service import Service
from search.web.app import create_app
from search.web.desk import Desk
from search.web.server import listen
from search.web.wire import Wire

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
)

Address = str


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are skipped, with the reason, where there is no browser."""
    missing = "no chromium on this machine" if CHROMIUM is None else ""
    if importlib.util.find_spec("playwright") is None:
        missing = "the package playwright is not installed"
    for item in items:
        if missing and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=missing))


def _load(name: str) -> Any:  # noqa: ANN401 - a module of the tests
    """A helper beside this file: test folders are no packages."""
    spec = importlib.util.spec_from_file_location(f"web_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@contextmanager
def running(app: Any) -> Iterator[Address]:  # noqa: ANN401 - any ASGI application
    """A real server on a free port for as long as the block runs."""
    logging.getLogger("uvicorn.access").disabled = True
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, http=Wire, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def until() -> Callable[..., None]:
    """Waits from outside the page: its policy refuses the strings that a wait inside it is made of."""

    def wait(condition: Callable[[], bool], seconds: float = 10.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it did not come to pass"
            time.sleep(0.02)

    return wait


@pytest.fixture(scope="session")
def serving() -> Callable[[Any], Any]:
    """Runs an application on a free port for as long as a with-block lasts."""
    return running


@pytest.fixture(scope="session")
def standin() -> Service:
    """Invented reports and an answer of every shape."""
    return cast(Service, _load("standin").StandIn())


@pytest.fixture(scope="session")
def address(standin: Service) -> Iterator[Address]:
    """A server over the stand-in."""
    with running(create_app(standin)) as at:
        yield at


@pytest.fixture
def api(address: Address) -> Iterator[httpx.Client]:
    """A client of the server over the stand-in."""
    with httpx.Client(base_url=address, trust_env=False) as client:
        yield client


@pytest.fixture
def desk() -> Desk:
    """A desk whose service isn't there yet."""
    return Desk()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, kept from talking to anybody."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profile(chromium: Browser, address: Address) -> Iterator[BrowserContext]:
    """A profile in Chinese, 1280 by 900; its cache spares each test the loading of the page's files."""
    context = chromium.new_context(base_url=address, locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(profile: BrowserContext) -> Iterator[Page]:
    """A new page; what it stored and was permitted is forgotten afterwards."""
    page = profile.new_page()
    yield page
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear()")
    page.close()
    profile.clear_permissions()
