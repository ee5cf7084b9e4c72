"""What browsers forbid and what hands miss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

FORBID = """
for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
"""


@pytest.fixture
def forgetful(profile: BrowserContext) -> Iterator[Page]:
    """A page in a browser that keeps nothing for it."""
    page = profile.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(FORBID)
    yield page
    page.close()
    assert faults == []


def test_the_page_works_where_it_may_keep_nothing(forgetful: Page) -> None:
    """Questions are answered, and language and theme changed, by browsers that refuse pages any storage."""
    forgetful.goto(f"/?q={quote('双师型教师比例是多少')}")
    forgetful.locator(".answer").wait_for()
    forgetful.get_by_role("button", name="外观").click()
    assert forgetful.locator("html").get_attribute("data-theme") == "light"
    forgetful.get_by_role("button", name="Switch to English").click()
    forgetful.get_by_role("heading", name="Passages").wait_for()
    forgetful.goto("/docs?lang=en")
    forgetful.get_by_role("heading", name="Addresses").wait_for()


@pytest.mark.parametrize(("kind", "taken"), [("Files", True), ("text/plain", False)])
def test_a_file_dropped_beside_the_box_leaves_the_page_alone(page: Page, kind: str, *, taken: bool) -> None:
    """The browser would open it in the page's place; text may still be dropped into the box."""
    page.goto("/?view=batch")
    page.locator(".drop").wait_for()
    prevented = page.evaluate(
        """(kind) => ["dragover", "drop"].map((name) => {
            const data = new DataTransfer();
            if (kind === "Files") data.items.add(new File(["a"], "a.txt"));
            else data.setData(kind, "a");
            const dropped = new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: data });
            return !document.body.dispatchEvent(dropped);
        })""",
        kind,
    )
    assert prevented == [taken, taken]
