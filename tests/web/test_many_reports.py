"""The page over very many reports, and over none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from search.web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MANY = 1_230
"""More than the list shows at first, and more than it fetches at once."""


def served(standin: Any, serving: Any, count: int) -> Any:  # noqa: ANN401 - modules and fixtures without types
    """A server over so many one-sentence reports, the last of them of the oldest year."""
    module = sys.modules[type(standin).__module__]
    place = standin.index.reports()[0].metadata.region.value
    drafts = []
    for number in range(count):
        year = 2001 if number == count - 1 else 2020
        draft = module.Draft(f"第{number:04}号工作总结", year, "city", "工作总结", place)
        draft.section("title", 0, "", draft.title)
        draft.paragraph(f"第{number}号报告只有这一句话。")
        drafts.append(draft)
    few = module.StandIn()
    few.index = module.Shelf(drafts)
    return serving(create_app(few))


@pytest.fixture(scope="module")
def many(standin: Any, serving: Any) -> Iterator[str]:  # noqa: ANN401 - see `served`
    with served(standin, serving, MANY) as at:
        yield at


def test_what_is_looked_for_is_found_among_all_reports(page: Page, many: str) -> None:
    """Also where the list shows only the first of them yet; a link to what was looked for finds it too."""
    page.goto(f"{many}/?view=reports&lang=zh")
    page.locator(".report-list tbody tr").nth(199).wait_for()
    page.get_by_role("searchbox", name="按标题、学校、地区查找").fill("第1229号")
    page.get_by_text("共 1 份报告").wait_for()
    assert page.locator(".report-list tbody tr").count() == 1
    page.goto(f"{many}/?view=reports&lang=zh&find=第1228号")
    page.get_by_role("link", name="第1228号工作总结").wait_for()


def test_all_reports_are_put_in_order_not_only_those_shown(page: Page, many: str) -> None:
    """The oldest stands first wherever it was added; the button for more goes when there are no more."""
    page.goto(f"{many}/?view=reports&lang=zh")
    more = page.get_by_role("button", name="再显示 1030 个")
    more.click()
    page.get_by_role("button", name="再显示 830 个").wait_for()
    page.get_by_role("button", name="年份").click()
    page.locator(".report-list tbody tr").nth(MANY - 1).wait_for()
    assert page.locator(".report-list tbody tr").first.locator("a").inner_text() == "第1229号工作总结"
    assert page.get_by_role("button", name="再显示").count() == 0


def test_without_reports_the_page_says_how_to_add_some(page: Page, standin: Any, serving: Any) -> None:  # noqa: ANN401
    """Questions that nothing can answer are not proposed."""
    with served(standin, serving, 0) as at:
        page.goto(f"{at}/?lang=zh")
        page.get_by_role("heading", name="还没有报告。").wait_for()
        assert page.get_by_text("wenbao add").count() == 1
        assert page.locator("[data-q]").count() == 0
