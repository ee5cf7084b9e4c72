"""Leave out what pages and web sites put around a report: page numbers, buttons, trails, links at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files
from itertools import pairwise

from corpus.records import Block

_PAGE = re.compile(
    r"""\s*(?:
        [-–—－·•]{1,2}\s?\d{1,4}\s?[-–—－·•]{1,2}
      | 第\s?\d{1,4}\s?页(?:\s?[,，/／共]*\s?\d{1,4}\s?页)?
      | \d{1,4}\s?[/／]\s?\d{1,4}
      | Page\s\d{1,4}(?:\sof\s\d{1,4})?
      | [-–—]\s?[IVXivx]{1,5}\s?[-–—]
    )\s*""",
    re.VERBOSE,
)
_BARE_PAGE = re.compile(r"\s*\d{1,3}\s*")
_BUTTON_LINE = re.compile(
    r"""(?:
        字[号体]
      | (?:浏览次数|点击[量数率]|阅读[量数]?)\s?[:：]\s?\d{0,9}\s?次?
      | 分享到? | 打印 | 关闭 | 大 | 中 | 小 | 加大 | 减小 | 还原
      | [【】\[\]｜/、\s:：]
    )++""",
    re.VERBOSE,
)
_RELATED = re.compile(r"\s*(?:相关(?:报道|链接|阅读|新闻|文章)|推荐阅读|延伸阅读)\s?[:：]?\s*")
_TRAIL = re.compile(r"\s*(?:您?(?:当前|现在)?的?位置\s?[:：].{0,120}|首页\s?(?:[>›»/-]+\s?[^>›»\n]{1,24}){1,8})\s*")
_ARROWS = frozenset({">", ">>", "›", "»", "/"})
_MAX_LINK = 50
_ENOUGH = 3
_EDGE = 30  # blocks at the beginning and the end where a single button is one


def without_furniture(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without page numbers, button words, trails and lists of related links."""
    drop = _page_numbers(blocks) | _trails(blocks) | _buttons(blocks)
    end = _related(blocks)
    return [block for n, block in enumerate(blocks) if n < end and n not in drop]


def _page_numbers(blocks: Sequence[Block]) -> set[int]:
    """Marked page numbers, bare ones where they count up through the file, and running heads beside them."""
    marked = {n for n, block in enumerate(blocks) if block.grid is None and _PAGE.fullmatch(block.text)}
    bare = [n for n, b in enumerate(blocks) if b.grid is None and "\t" not in b.text and _BARE_PAGE.fullmatch(b.text)]
    counting = sum(int(blocks[b].text) == int(blocks[a].text) + 1 for a, b in pairwise(bare))
    if counting + 1 >= _ENOUGH and counting * 4 >= 3 * (len(bare) - 1):
        marked |= set(bare)
    return marked | _running_heads(blocks, marked)


def _running_heads(blocks: Sequence[Block], pages: AbstractSet[int]) -> set[int]:
    """Short lines beside page numbers that the file has elsewhere too; the first of them is the one that is meant."""
    seen: Counter[str] = Counter()
    found: set[int] = set()
    beside = {_next(blocks, n, step) for n in pages for step in (1, -1)}
    for n, block in enumerate(blocks):
        text = block.text.strip()
        if not text or len(text) > _MAX_LINK or block.grid is not None:
            continue
        seen[text] += 1
        if n in beside and seen[text] > 1 and n not in pages:
            found.add(n)
    return found


def _next(blocks: Sequence[Block], at: int, step: int) -> int | None:
    at += step
    while 0 <= at < len(blocks):
        if blocks[at].text.strip():
            return at
        at += step
    return None


def _buttons(blocks: Sequence[Block]) -> set[int]:
    """Button words: in rows of three and more anywhere, alone only at the file's edges."""
    found: set[int] = set()
    row: list[int] = []
    for n, block in enumerate(blocks):
        if not block.text.strip() and block.grid is None:
            continue
        if block.grid is None and _is_button(block.text):
            row.append(n)
            continue
        found.update(_real_buttons(blocks, row))
        row = []
    found.update(_real_buttons(blocks, row))
    return found


def _real_buttons(blocks: Sequence[Block], row: Sequence[int]) -> Sequence[int]:
    if len(row) >= _ENOUGH:
        return row
    return [n for n in row if (n < _EDGE or n >= len(blocks) - _EDGE) and len(blocks[n].text.strip()) > 1]


def _is_button(text: str) -> bool:
    if text.startswith("\t"):
        return False
    text = text.strip()
    return len(text) <= _MAX_LINK and (
        text.rstrip(":：") in _buttons_known() or _BUTTON_LINE.fullmatch(text) is not None
    )


@cache
def _buttons_known() -> frozenset[str]:
    text = files("corpus").joinpath("data/web_words.txt").read_text("utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))


def _trails(blocks: Sequence[Block]) -> set[int]:
    """Where the page stands in its site: "首页 > 公开 > 报告", on one line or on one for each step."""
    found = {n for n, block in enumerate(blocks) if block.grid is None and _TRAIL.fullmatch(block.text)}
    lines = [n for n, block in enumerate(blocks) if block.text.strip()]
    for k, n in enumerate(lines):
        if blocks[n].text.strip() != "首页":
            continue
        end = k + 1
        while end + 1 < len(lines) and blocks[lines[end]].text.strip() in _ARROWS:
            end += 2
        if end > k + 1:
            found.update(lines[k:end])
    return found


def _related(blocks: Sequence[Block]) -> int:
    """Where a list of links begins that reaches to the file's end."""
    for n in range(len(blocks) - 1, -1, -1):
        block = blocks[n]
        text = block.text.strip()
        if block.grid is not None or len(text) > _MAX_LINK or text.endswith(("。", "！", "？")):
            return len(blocks)
        if _RELATED.fullmatch(text):
            return n
    return len(blocks)
