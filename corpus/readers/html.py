"""Web pages and Word's HTML: headings, paragraphs, numbers, tables; what surrounds the text is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.readers.content import Content, fail
from corpus.readers.encoding import decode
from corpus.readers.html_menus import Met, has_words, is_link, links_of_table, without_menus
from corpus.readers.html_tables import is_layout, read_table
from corpus.readers.limits import MAX_HTML_DEPTH
from corpus.readers.text import check_size
from corpus.records import Block, BlockStyle

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|pageEncoding\s*=\s*\"([\w-]+)\"", re.IGNORECASE)
_TAG = re.compile(
    rb"<(/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|wbr|p|li|dt|dd|td|th|tr|option)\b)[a-z]",
    re.IGNORECASE,
)
"""Tags that open or close a level; void elements and those that the next of their kind closes don't."""

_CHARSET_WITHIN = 4096
_SERVER_CODE = re.compile(r"<%.*?%>|<\?(?:php|xml).*?\?>", re.DOTALL)

# fmt: off
_DROPPED = {
    "script", "style", "noscript", "template", "button", "select", "option", "input",
    "textarea", "iframe", "svg", "canvas", "object", "embed", "video", "audio", "map", "dialog", "title", "meta",
    "link", "base", "head", "xml",
}
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
    "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "caption",
}
# fmt: on
_CHROME_ROLES = {"navigation", "banner", "contentinfo", "search", "menu", "menubar"}
_CHROME_NAMES = re.compile(
    r"(?:site-?)?(?:nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|pagination|pager|share)"
)
_CHROME_TAGS = {"nav", "footer", "aside"}
_MAX_NAMED, _MAX_TAGGED = 0.3, 0.8
"""Part of the page's text that something may hold that is named like page furniture, or is marked so by its tag; more
is the text itself, or an end tag is missing."""

_MAX_WEIGHED = 500
"""Elements whose part of the text is looked at; pages have dozens, each look reads all that is inside."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_OUTLINE = re.compile(r"mso-outline-level\s*:\s*([1-9])", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_NOTE_LINK = re.compile(r"#_(?:ftn|edn)(?:ref)?\d+")
_WORD_HEADING = re.compile(r"Mso(?:Heading|heading)([1-9])|Heading([1-9])")
_BULLET = re.compile(r"[^0-9A-Za-z一-鿿①-⓿⒈-⒛㈠-㊰]+|[lnuüØ§oqvwp]")

_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAK_IN_CHINESE = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uff60])[ \t]*[\r\n][ \t\r\n]*(?=[\u2e80-\u9fff\uff00-\uff60])"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """How the paragraph that is being collected is styled."""

    style: BlockStyle = "body"
    depth: int | None = None
    number: str = ""


def read_html(data: bytes, name: str) -> Content:  # noqa: ARG001 - readers have one shape
    """One block a paragraph or table; `line` counts them from 1."""
    from selectolax.lexbor import LexborHTMLParser

    check_size(data)
    _check_depth(data)
    found = _CHARSET.search(data[:_CHARSET_WITHIN].replace(b"\0", b""))
    declared = (found[1] or found[2]).decode("ascii") if found else None
    decoded = decode(data, declared)
    root = LexborHTMLParser(_SERVER_CODE.sub("", decoded.text)).root
    blocks = [] if root is None else _Walk(root).blocks()
    return Content(tuple(replace(block, line=n) for n, block in enumerate(blocks, 1)), decoded.problems)


def _check_depth(data: bytes) -> None:
    """Raises `ReadError` "damaged" above `MAX_HTML_DEPTH`."""
    depth = 0
    for match in _TAG.finditer(data):
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_HTML_DEPTH:
            raise fail(
                "damaged",
                f"The page's elements lie in each other more than {MAX_HTML_DEPTH} deep.",
                "Open it in a browser, save its text and add that.",
            )


@dataclass(slots=True)
class _Level:
    """An element that the walk is inside of: its children still to come, and what to do at its end."""

    children: Iterator[LexborNode]
    mark: _Mark
    outer: _Mark | None = None
    """The mark to go back to after a block; None for an inline element."""
    items: int = 0
    """List items met among its children."""
    linked: bool = False
    """Inside a link to somewhere else."""


class _Walk:
    """Goes through a page in reading order, without recursion, and collects paragraphs."""

    def __init__(self, root: LexborNode) -> None:
        self._size = len(root.text())
        self._weighed = 0
        self._text = ""
        self._free = ""
        self._links = 0
        self._mark = _Mark()
        self._found: list[Met] = []
        self._levels = [_Level(_nodes(root), _Mark())]

    def blocks(self) -> list[Block]:
        """All blocks but menus, `line` still 0."""
        while self._levels:
            child = next(self._levels[-1].children, None)
            if child is None:
                outer = self._levels.pop().outer
                if outer is not None:
                    self._flush()
                    self._mark = outer
            else:
                self._visit(child, self._levels[-1])
        self._flush()
        return without_menus(self._found)

    def _visit(self, node: LexborNode, level: _Level) -> None:
        tag = node.tag
        if tag == "-text":
            self._add(node.text_content or "", linked=level.linked)
        elif tag == "br":
            self._break()
        elif (
            tag is None or tag in _DROPPED or tag.startswith(("-", "!")) or _is_note_mark(node) or self._is_chrome(node)
        ):
            return
        elif tag == "table" and not is_layout(node):
            self._table(node)
        elif tag in _BLOCKS:
            level.items += tag == "li"
            self._enter(node, level)
        elif _LIST_NUMBER.search(node.attributes.get("style") or ""):
            self._word_number(node)
        else:
            linked = is_link(node)
            self._links += linked
            self._levels.append(_Level(_nodes(node), level.mark, linked=level.linked or linked))

    def _add(self, text: str, *, linked: bool) -> None:
        self._text += text
        self._free += "" if linked else text

    def _enter(self, node: LexborNode, level: _Level) -> None:
        """Begins a block; its number belongs to its first paragraph only."""
        self._flush()
        inner = _marked(node, level.mark, level.items)
        self._levels.append(_Level(_nodes(node), replace(inner, number=""), outer=self._mark, linked=level.linked))
        self._mark = inner

    def _flush(self) -> None:
        text = collapse(self._text)
        if text:
            mark = self._mark
            shown = with_number(mark.number, text) if mark.number else text
            block = Block(shown, 0, None, mark.style, mark.depth, mark.number)
            self._found.append(Met(block, 0 if has_words(self._free) else max(1, self._links)))
            self._mark = replace(mark, number="")
            self._links = 0
        self._text = self._free = ""

    def _break(self) -> None:
        """A line break parts paragraphs, but not the lines of one heading."""
        if self._mark.style == "body":
            self._flush()
        else:
            self._text += "\n"

    def _table(self, node: LexborNode) -> None:
        self._flush()
        table = read_table(node)
        if table.caption:
            self._found.append(Met(Block(table.caption, 0)))
        if any(cell.text for cell in table.grid.cells):
            self._found.append(Met(Block("", 0, grid=table.grid), links_of_table(node)))

    def _word_number(self, node: LexborNode) -> None:
        """Word writes a list's number as text that browsers show."""
        number = collapse((node.text() or "").replace("\xa0", " ")).replace(" ", "")
        if not self._text.strip() and not _BULLET.fullmatch(number):
            self._mark = replace(self._mark, number=number)

    def _is_chrome(self, node: LexborNode) -> bool:
        attributes = node.attributes
        if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
            return True
        if attributes.get("role") in _CHROME_ROLES:
            return True
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
        tagged = node.tag in _CHROME_TAGS
        if self._weighed >= _MAX_WEIGHED or not (tagged or any(map(_CHROME_NAMES.fullmatch, names))):
            return False
        self._weighed += 1
        return len(node.text()) < (_MAX_TAGGED if tagged else _MAX_NAMED) * self._size


def _nodes(parent: LexborNode) -> Iterator[LexborNode]:
    return parent.iter(include_text=True)


def _is_note_mark(node: LexborNode) -> bool:
    """Whether an element is the number of a note, in the text or at the note: a .docx shows neither in its text."""
    return node.tag == "a" and _NOTE_LINK.fullmatch(node.attributes.get("href") or "") is not None


def _marked(node: LexborNode, mark: _Mark, item: int) -> _Mark:
    tag = node.tag or ""
    attributes = node.attributes
    classes = attributes.get("class") or ""
    if re.fullmatch(r"h[1-6]", tag):
        return _Mark("heading", int(tag[1]))
    if "MsoTitle" in classes.split():
        return _Mark("title")
    outline = _OUTLINE.search(attributes.get("style") or "") or _WORD_HEADING.fullmatch(classes)
    if outline:
        return _Mark("heading", int(next(filter(None, outline.groups()))))
    if "MsoFootnoteText" in classes or "MsoEndnoteText" in classes:
        return _Mark("footnote")
    if tag == "li" and node.parent is not None and node.parent.tag == "ol":
        return replace(mark, number=_ordered(node.parent, item))
    return mark


def _ordered(parent: LexborNode, item: int) -> str:
    """The number that a browser shows before an item of a list."""
    start = parent.attributes.get("start") or "1"
    value = item - 1 + (int(start) if start.isdecimal() else 1)
    kind = parent.attributes.get("type")
    if kind in {"a", "A"} and value <= 26:
        return f"{chr(ord(kind) + value - 1)}."
    return f"{value}."


def collapse(text: str) -> str:
    """White space as a browser shows it; a source line's end between two Chinese characters is none."""
    return _SPACE.sub(" ", _BREAK_IN_CHINESE.sub("", text)).replace("\xa0", " ").strip()


def with_number(number: str, text: str) -> str:
    """A number in front of its paragraph."""
    return number + ("" if number.endswith(("、", "）", "】", "．")) else " ") + text
