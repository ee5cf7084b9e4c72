"""The page in a real Chromium: what a person does, and what they must see."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = pytest.mark.browser

Until = Callable[..., None]

ROOT = Path(__file__).parents[2]
SHARE = "2022年双师型教师比例是多少"
SHAPES = {
    "number": "双师型教师比例是多少",
    "cell": "表中2022年在校生",
    "list": "哪些学校扩大1+X试点",
    "names": "哪几所学校扩大1+X试点",
    "compare": "比较2021和2022的双师型教师比例",
    "text": "湖畔车间怎么运行",
    "none": "无人机竞赛",
}
VIEWS = {
    "home": "/",
    "batch": "/?view=batch",
    "reports": "/?view=reports",
    "docs": "/docs",
    **{name: f"/?q={quote(q)}" for name, q in SHAPES.items()},
}


@pytest.fixture(autouse=True)
def faultless(page: Page, address: str) -> Any:  # noqa: ANN401 - a generator
    """No test may leave a script error, a refused policy, or a request to anybody else behind."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if "Refused" in message.text else None)
    page.on(
        "request",
        lambda request: faults.append(request.url) if not request.url.startswith((address, "data:")) else None,
    )
    yield
    assert faults == []


def ask(page: Page, question: str) -> None:
    page.get_by_role("combobox", name="问题").fill(question)
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for()


def open_view(page: Page, name: str) -> None:
    page.goto(VIEWS[name])
    signs = {"home": ".home", "batch": ".drop", "reports": ".report-list tbody tr", "docs": ".operation"}
    page.locator(signs.get(name, ".answer")).first.wait_for()


def marks(scope: Page | Locator) -> list[str]:
    return scope.locator("mark").all_inner_texts()


def test_a_question_is_answered_above_its_passages(page: Page) -> None:
    """Typing and Enter give the value large, its quote with the source, and passages with marks and paths."""
    page.goto("/")
    ask(page, SHARE)
    answer = page.locator(".answer")
    assert answer.locator(".figure strong").inner_text() == "86.5%"
    assert answer.locator("blockquote").inner_text() == "全市双师型教师占专业课教师的比例为86.5%"
    assert "云溪市中等职业教育质量年度报告（2022年度）" in answer.locator("figcaption").inner_text()
    hit = page.locator(".hit", has_text="能工巧匠")
    assert hit.locator(".hit-title").inner_text() == "云溪市中等职业教育质量年度报告（2022年度）"
    assert (
        hit.locator(".meta").inner_text().split() == ["2022", "云溪市教育局"]
        or "云溪市教育局" in hit.locator(".meta").inner_text()
    )
    assert hit.locator(".path span:not(.step)").all_inner_texts() == [
        "一、学校与学生",
        "（二）师资队伍",
    ]
    assert answer.bounding_box()["y"] < hit.bounding_box()["y"]  # type: ignore[index] # both are visible


def test_marks_count_code_points(page: Page) -> None:
    """Words behind a character outside the basic plane are marked exactly, in passages and in the reader."""
    page.goto(f"/?q={quote(SHARE)}")
    hit = page.locator(".hit", has_text="能工巧匠")
    hit.wait_for()
    assert marks(hit) == ["双师型教师", "比例", "𠮷安"]
    hit.locator(".hit-title").click()
    page.locator("mark.cited").first.wait_for()
    assert "".join(marks(page.locator(".report"))) == hit.locator(".passage").inner_text()


def test_a_citation_opens_the_report_at_its_words(page: Page) -> None:
    """The reader shows the span marked and in sight beside the section tree; Esc closes it where one was."""
    page.goto(f"/?q={quote(SHAPES['text'])}")
    cite = page.locator(".answer .cite")
    cite.click()
    dialog = page.get_by_role("dialog")
    mark = dialog.locator("mark.cited")
    mark.wait_for()
    assert mark.inner_text().startswith("宁泽工业学校与澄江精密制造有限公司共建湖畔车间")
    assert page.evaluate(
        "e => { const b = e.getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight }",
        mark.element_handle(),
    )
    assert "案例2-1 湖畔车间：把课堂搬进企业" in dialog.locator(".tree").inner_text()
    assert "open=" in page.url
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    page.wait_for_url(lambda url: "open=" not in url)  # a dialog tells of its closing a moment after it has gone
    assert page.evaluate("document.activeElement.className") == "cite"


def test_the_reader_shows_the_whole_report(page: Page) -> None:
    """Every character of the canonical text is in the reader, in order, tables as tables."""
    report = page.request.get("/api/reports").json()["reports"][0]["id"]
    text = page.request.get(f"/api/reports/{report}/text").text()
    page.goto(f"/?open={report}:0-0")
    page.locator(".report section").first.wait_for()
    assert page.locator(".report table").count() == 1
    shown = page.evaluate("document.querySelector('.report').textContent")
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)
    sizes = "[...document.querySelectorAll('.report p')].map(p => getComputedStyle(p).fontSize)"
    assert len(set(page.evaluate(sizes))) == 1


def test_words_can_be_found_in_a_report(until: Until, page: Page) -> None:
    """The find box counts the places, and Enter goes from one to the next and around."""
    page.goto("/?view=reports")
    page.get_by_role("link", name="云溪市中等职业教育质量年度报告（2022年度）").click()
    box = page.get_by_role("searchbox", name="在报告中查找")
    box.fill("学校")
    places = page.locator(".places")
    places.get_by_text("第 1 处").wait_for()
    total = int(re.search(r"共 (\d+) 处", places.inner_text())[1])  # type: ignore[index] # the pattern is there
    assert total == page.evaluate("document.querySelector('.report').textContent.split('学校').length - 1")
    seen = [places.inner_text()]
    for _ in range(total):
        box.press("Enter")
        seen.append(places.inner_text())
    assert len(set(seen)) == total
    assert seen[0] == seen[-1]
    box.fill("没有的词")
    until(lambda: places.inner_text() == "没有")


def test_the_tree_leads_to_its_section(until: Until, page: Page) -> None:
    """A heading in the tree brings its section to the top of the text."""
    page.goto("/?view=reports")
    page.get_by_role("link", name="云溪市中等职业教育质量年度报告（2022年度）").click()
    page.locator(".tree").get_by_role("button", name="二、产教融合").click()
    heading = page.locator(".report").get_by_role("heading", name="二、产教融合")
    until(lambda: bool(heading.evaluate("e => e.getBoundingClientRect().top < 250")))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_answer_has_its_form(page: Page, shape: str) -> None:
    """Value large, cell in its table, items with evidence, sides beside each other, or an honest no."""
    open_view(page, shape)
    answer = page.locator(".answer")
    assert {"names": "list"}.get(shape, shape) in (answer.get_attribute("class") or "").split()
    if shape == "cell":
        answer.locator(".cell-table .chart").wait_for()
        assert marks(answer.locator(".table table")) == ["8840"]
        assert answer.locator(".row-hit th").inner_text() == "2022年"
        assert answer.locator(".column-hit").inner_text() == "在校生（人）"
    elif shape == "list":
        assert answer.locator(".entity").all_inner_texts() == ["青岚职业技术学校", "宁泽工业学校", "白鹭湾旅游学校"]
        assert answer.locator("blockquote").first.is_hidden()
        answer.locator("summary").first.click()
        assert answer.locator("blockquote").first.is_visible()
    elif shape == "names":
        assert answer.locator(".names li").all_inner_texts() == ["青岚职业技术学校", "宁泽工业学校", "白鹭湾旅游学校"]
        assert answer.locator("blockquote").all_inner_texts() == [
            "青岚职业技术学校、宁泽工业学校和白鹭湾旅游学校扩大1+X证书制度试点"
        ]
    elif shape == "compare":
        boxes = [side.bounding_box() for side in answer.locator(".side").all()]
        assert answer.locator(".side strong").all_inner_texts() == ["84.4%", "86.5%"]
        assert boxes[0]["y"] == boxes[1]["y"]  # type: ignore[index] # both are visible
    elif shape == "none":
        assert answer.get_by_role("heading").inner_text() == "报告里没有说"
        assert page.locator(".hits h2").inner_text() == "最接近的段落"


def test_the_address_holds_the_state(until: Until, page: Page, chromium: Browser) -> None:
    """A link to what one sees shows the same to somebody else, and Back goes back."""
    page.goto("/")
    ask(page, SHAPES["list"])
    page.locator("[data-facet='level:city']").check()
    page.wait_for_url("**level=city**")
    other = chromium.new_context(locale="zh-CN").new_page()
    other.goto(page.url)
    other.locator(".answer").wait_for()
    assert other.locator("[data-facet='level:city']").is_checked()
    assert other.get_by_role("combobox", name="问题").input_value() == SHAPES["list"]
    page.locator(".results:not([aria-busy] *)").wait_for()
    assert other.locator(".hits").inner_text() == page.locator(".hits").inner_text()
    other.context.close()
    page.go_back()
    page.wait_for_url(lambda url: "level" not in url)
    until(lambda: not page.locator("[data-facet='level:city']").is_checked())


def test_readings_are_chips_that_can_be_taken_away(page: Page) -> None:
    """The year read from the question narrows the passages until its chip is pressed."""
    page.goto(f"/?q={quote(SHARE)}")
    chip = page.get_by_role("button", name="年份 2022 去掉")
    chip.click()
    page.locator(".meta", has_text="2021").first.wait_for()
    assert chip.count() == 0
    assert parse_qs(urlsplit(page.url).query)["drop"] == ["year:2022"]


def test_facets_narrow_and_chips_widen(until: Until, page: Page) -> None:
    """A facet becomes a chip in the same moment; taking the chip away brings everything back."""
    page.goto(f"/?q={quote('教师')}")
    page.get_by_text("个段落，用时").first.wait_for()
    before = page.locator(".hit").count()
    page.get_by_label("学校", exact=False).and_(page.locator("[data-facet='level:school']")).check()
    chip = page.get_by_role("button", name="层级 学校 去掉")
    chip.wait_for()
    until(lambda: page.locator(".hit").count() < before)
    chip.click()
    until(lambda: page.locator(".hit").count() == before)


def test_the_interface_speaks_english(page: Page) -> None:
    """The switch turns the interface over, says so in lang, goes into the address and is remembered."""
    page.goto(f"/?q={quote(SHAPES['none'])}")
    page.get_by_role("button", name="Switch to English").click()
    page.get_by_role("heading", name="The reports don't say").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    assert "lang=en" in page.url
    page.goto("/")
    page.get_by_role("heading", name="Ask the reports").wait_for()
    visible = page.locator("body").inner_text()
    assert re.findall(r"[一-鿿]+", visible.replace("毕业生就业率是多少", "")) == ["问", "问报", "中文"]


def test_text_is_never_markup(page: Page) -> None:
    """A question of tags is shown as it was typed, and nothing of it runs."""
    attack = "<img src=x onerror=window.hurt=1><script>window.hurt=1</script>"
    page.goto(f"/?q={quote(attack)}&region={quote('亚特兰蒂斯<b>')}")
    page.locator(".answer, .notice").wait_for()
    assert page.get_by_role("combobox", name="问题").input_value() == attack
    assert page.locator("main img, main script, main b").count() == 0
    assert page.evaluate("window.hurt") is None
    assert page.get_by_role("button", name="地区 亚特兰蒂斯<b> 去掉").is_visible()


def test_everything_can_be_done_by_keyboard(page: Page) -> None:
    """/ goes to the box, arrows through the passages and back, Enter opens one, Esc closes it."""
    page.goto(f"/?q={quote(SHARE)}")
    page.locator(".hit").first.wait_for()
    page.locator("body").press("/")
    focused = "document.activeElement.id || document.activeElement.className"
    assert page.evaluate(focused) == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "hit-title"
    assert page.locator(".hit-title").nth(1).evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    page.locator("mark.cited, mark.cell").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert page.locator(".hit-title").nth(1).evaluate("e => e === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "q"


def test_whoever_narrows_by_keyboard_stays_there(until: Until, page: Page) -> None:
    """Space on a facet leaves the focus on it though all is drawn anew; a chip taken away leads to the results."""
    page.goto(f"/?q={quote('教师')}")
    facet = page.locator("[data-facet='level:school']")
    facet.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="层级 学校 去掉").wait_for()
    until(lambda: page.evaluate("document.activeElement.dataset.facet") == "level:school")
    assert facet.is_checked()
    page.get_by_role("button", name="层级 学校 去掉").press("Enter")
    until(lambda: page.evaluate("document.activeElement.id") == "main")


def test_results_come_while_one_types(page: Page) -> None:
    """A pause in typing is enough, and typing fills no history."""
    page.goto("/")
    length = page.evaluate("history.length")
    page.get_by_role("combobox", name="问题").press_sequentially("无人机竞赛", delay=20)
    page.locator(".answer.none").wait_for()
    assert page.evaluate("history.length") == length


def test_problems_are_told_in_words(page: Page) -> None:
    """A question that is too long and a server that is gone are explained, with what to do."""
    page.goto("/")
    page.get_by_role("combobox", name="问题").fill("问" * 10_000)
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_role("heading", name="问题太长。").wait_for()
    page.route("**/api/**", lambda route: route.abort())
    page.get_by_role("combobox", name="问题").fill(SHARE)
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_role("heading", name="连不上服务。").wait_for()
    page.unroute("**/api/**")
    page.locator(".answer").wait_for()


def test_the_list_of_reports_can_be_searched(page: Page) -> None:
    """All reports with their metadata, narrowed by any word of them."""
    open_view(page, "reports")
    assert page.locator(".report-list tbody tr").count() == 3
    page.get_by_role("searchbox", name="按标题、学校、地区查找").fill("青岚区")
    assert page.locator(".report-list tbody tr").count() == 1
    assert page.locator(".library .amount").inner_text() == "共 1 份报告"


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_wider_than_the_screen(page: Page, view: str) -> None:
    """From a small phone to a desktop, no view scrolls sideways."""
    open_view(page, view)
    wide = []
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(width)
    assert wide == []


def test_a_question_file_is_answered(page: Page, tmp_path: Path) -> None:
    """A chosen file runs to its end under an address of its own, its answers are shown and can be downloaded."""
    questions = tmp_path / "问题.txt"
    questions.write_text(f"{SHARE}\n无人机竞赛\n", encoding="utf-8")
    page.goto("/")
    page.get_by_role("link", name="批量").click()
    page.get_by_label("选择问题文件").set_input_files(questions)
    page.get_by_role("status").get_by_text("已完成").wait_for()
    assert page.locator(".preview tbody th").all_inner_texts() == [SHARE, "无人机竞赛"]
    assert "已答 1，报告没说 1，出错 0" in page.locator(".run").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name=".csv").click()
    assert download.value.suggested_filename == "问题-answers.csv"
    page.reload()
    page.get_by_role("status").get_by_text("已完成").wait_for()


def test_a_file_of_no_use_is_explained(page: Page, tmp_path: Path) -> None:
    """A file without questions leaves the box there for another try."""
    empty = tmp_path / "q.txt"
    empty.write_text("")
    page.goto("/?view=batch")
    page.get_by_label("选择问题文件").set_input_files(empty)
    page.get_by_role("alert").get_by_role("heading", name="文件里没有问题。").wait_for()
    assert page.get_by_label("选择问题文件").is_enabled()


def axe_source() -> str | None:
    folders = [
        ROOT / "node_modules",
        *(Path(part) for part in os.environ.get("NODE_PATH", "").split(os.pathsep) if part),
    ]
    scripts = [folder / "axe-core" / "axe.min.js" for folder in folders]
    return next((script.read_text(encoding="utf-8") for script in scripts if script.is_file()), None)


def written(page: Page) -> str:
    """The events of a generated answer."""
    result = page.request.post("/api/ask", data={"question": SHARE}).json()
    sentence = {"text": "比例为86.5%。", "citations": result["answer"]["citations"]}
    whole = {"model": "m", "text": sentence["text"], "sentences": [sentence], "dropped": 1, "fallback": None}
    events = (("result", result), ("sentence", sentence), ("generated", whole))
    return "".join(f"event: {name}\ndata: {json.dumps(shape)}\n\n" for name, shape in events)


@pytest.fixture(scope="module")
def inspected(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A profile in which a script from elsewhere may run: axe."""
    context = chromium.new_context(base_url=address, locale="zh-CN", bypass_csp=True)
    yield context
    context.close()


@pytest.mark.skipif(axe_source() is None, reason="axe-core is not here: npm install axe-core")
@pytest.mark.parametrize("view", [*VIEWS, "reader", "problem", "suggestions", "removing", "generated"])
def test_axe_finds_nothing(inspected: BrowserContext, view: str) -> None:
    """Every view is free of violations of WCAG 2.2 AA that axe can find; in the dark nothing but colours differs."""
    page = inspected.new_page()
    if view == "reader":
        report = page.request.get("/api/reports").json()["reports"][0]["id"]
        page.goto(f"/?open={report}:202-230")
        page.locator(".report mark").wait_for()
    elif view == "problem":
        page.goto(f"/?q=x&region={quote('亚特兰蒂斯')}")
        page.locator(".notice").wait_for()
    elif view == "suggestions":
        page.goto("/")
        page.get_by_role("combobox", name="问题").press_sequentially("yxs")
        page.get_by_role("option").first.wait_for()
    elif view == "removing":
        page.route("**/readyz", lambda route: route.fulfill(json={"status": "ready", "changes": True}))
        page.goto("/?view=reports")
        page.locator(".remove").first.click()
        page.get_by_role("dialog").wait_for()
    elif view == "generated":
        page.route("**/readyz", lambda route: route.fulfill(json={"status": "ready", "generate": True}))
        page.route("**/api/ask", lambda route: route.fulfill(body=written(page), content_type="text/event-stream"))
        page.goto(f"/?q={quote(SHARE)}&generate=1")
        page.get_by_text("由 m 生成。").wait_for()
    else:
        open_view(page, view)
    page.evaluate(axe_source() or "")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run({ runOnly: tags })", tags)["violations"]
    page.emulate_media(color_scheme="dark")
    found += page.evaluate("axe.run({ runOnly: { type: 'rule', values: ['color-contrast'] } })")["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []
    page.close()
