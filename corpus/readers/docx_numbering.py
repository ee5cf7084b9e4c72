"""Word's automatic numbers, computed from numbering.xml (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from corpus.readers.docx_formats import format_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_NO_SPACE_AFTER = tuple("、）】》〕。：，")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and how its number is written."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    """All numbers in decimal digits (isLgl)."""
    restart: int | None = None
    """0: never; n: when level n (from 1) or a higher one counts; None: when any higher one does."""
    gap: str = "tab"
    paragraph_style: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph's number and the space Word puts behind it."""

    number: str
    gap: str


@dataclass(slots=True)
class _List:
    """The counters that all `num` elements of one abstract list share; None: not used since its restart."""

    levels: dict[int, Level]
    style_link: str = ""
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Num:
    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    """`startOverride` by level, taken out once it has been used."""


def value(element: ET.Element | None, default: str = "") -> str:
    """The `w:val` of an element that may be missing."""
    return default if element is None else element.get(f"{W}val", default)


def integer(element: ET.Element | None, default: int = 0) -> int:
    """The `w:val` of an element as a number; what isn't one counts as missing."""
    text = value(element)
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default


def is_on(element: ET.Element | None) -> bool:
    """A toggle: present and not switched off."""
    return element is not None and value(element, "1") not in {"0", "false", "off"}


class Numbering:
    """Counts through a document; `number` is to be called for each numbered paragraph, in order."""

    def __init__(self, root: ET.Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, _Num] = {}
        for item in () if root is None else root.findall(f"{W}abstractNum"):
            levels = dict(_level(level) for level in item.findall(f"{W}lvl"))
            link = value(item.find(f"{W}numStyleLink"))
            self._lists[item.get(f"{W}abstractNumId", "")] = _List(levels, link)
        for item in () if root is None else root.findall(f"{W}num"):
            self._nums[item.get(f"{W}numId", "")] = _read_num(item)

    def style_link(self, num_id: str) -> str:
        """The numbering style that a list points to instead of having levels of its own, or ""."""
        num = self._nums.get(num_id)
        listed = self._lists.get(num.abstract) if num else None
        return "" if listed is None or listed.levels else listed.style_link

    def level_of_style(self, num_id: str, style_ids: tuple[str, ...]) -> int | None:
        """The level of a list that is tied to one of these paragraph styles."""
        num = self._nums.get(num_id)
        listed = self._lists.get(num.abstract) if num else None
        for at, level in (listed.levels if listed else {}).items():
            if level.paragraph_style in style_ids:
                return at
        return None

    def number(self, num_id: str, at: int) -> Numbered | None:
        """Counts one paragraph at level `at` (from 0) and writes its number; None for bullets and unknown lists."""
        num = self._nums.get(num_id)
        listed = self._lists.get(num.abstract) if num else None
        if num is None or listed is None or not 0 <= at < MAX_LEVELS:
            return None
        levels = {**listed.levels, **num.levels}
        _count(listed, num, levels, at)
        level = levels.get(at, Level())
        if level.style == "bullet":
            return None
        number = _write(levels, listed.counts, at)
        return Numbered(number, _gap(number, level)) if number else None


def _count(listed: _List, num: _Num, levels: dict[int, Level], at: int) -> None:
    counts = listed.counts
    if at in num.starts:
        counts[at] = num.starts.pop(at)
    else:
        counts[at] = counts[at] + 1 if at in counts else levels.get(at, Level()).start
    for lower in range(at + 1, MAX_LEVELS):
        restart = levels.get(lower, Level()).restart
        if restart is None or (restart > 0 and at < restart):
            counts.pop(lower, None)


def _write(levels: dict[int, Level], counts: dict[int, int], at: int) -> str:
    level = levels.get(at, Level())

    def fill(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        if other > at:
            return ""
        style = levels.get(other, Level()).style
        return format_number(
            counts.get(other, levels.get(other, Level()).start), "decimal" if level.legal and style != "none" else style
        )

    return _PLACEHOLDER.sub(fill, level.text).strip()


def _gap(number: str, level: Level) -> str:
    return "" if level.gap == "nothing" or number.endswith(_NO_SPACE_AFTER) else " "


def _read_num(item: ET.Element) -> _Num:
    num = _Num(value(item.find(f"{W}abstractNumId")))
    for override in item.findall(f"{W}lvlOverride"):
        at = _place(override)
        level = override.find(f"{W}lvl")
        if level is not None:
            num.levels[at] = _level(level)[1]
        start = override.find(f"{W}startOverride")
        if start is not None:
            num.starts[at] = integer(start, 1)
            if at in num.levels:
                num.levels[at] = replace(num.levels[at], start=num.starts[at])
    return num


def _level(item: ET.Element) -> tuple[int, Level]:
    restart = item.find(f"{W}lvlRestart")
    formats = list(item.iter(f"{W}numFmt"))
    return _place(item), Level(
        start=integer(item.find(f"{W}start"), 0),
        style=value(formats[-1], "decimal") if formats else "decimal",
        text=value(item.find(f"{W}lvlText")),
        legal=is_on(item.find(f"{W}isLgl")),
        restart=None if restart is None else integer(restart),
        gap=value(item.find(f"{W}suff"), "tab"),
        paragraph_style=value(item.find(f"{W}pStyle")),
    )


def _place(item: ET.Element) -> int:
    """The level that an element is about, from 0; one that no list can have where it names none."""
    text = item.get(f"{W}ilvl", "0")
    return int(text) if re.fullmatch(r"\d{1,2}", text) else MAX_LEVELS
