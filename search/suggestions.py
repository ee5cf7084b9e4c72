"""What a question may go on with: names, places, terms and titles of the reports, by characters or by pinyin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from corpus.fold import fold
from corpus.glossary import glossary
from index.records import Index
from search.shapes import report_title
from search.understand.pinyin import spelled
from search.view import View

SuggestionKind = Literal["school", "place", "indicator", "term", "company", "report"]

WEIGHTS: dict[SuggestionKind, float] = {
    "school": 3.0,
    "place": 3.0,
    "indicator": 2.0,
    "term": 1.5,
    "report": 1.2,
    "company": 1.0,
}
"""How likely a kind is what somebody types; times the number of reports, damped, it orders what fits equally well."""

TABLED = 200
"""Reports whose tables are looked through for indicators; their names repeat from year to year."""

LEAST, MOST = 2, 40
"""Characters of what is suggested; the longest title is still read at one glance."""

PLAIN = 10
"""Characters from which on a suggestion counts less, the longer it is."""

TAIL = 10
"""Characters at the end of a question that may be the beginning of a suggestion."""

_LETTERS = re.compile(r"(?<![a-z0-9+])[a-z]{2,}$")
_WORD = re.compile(r"[a-z0-9+]{2}")
_UNIT = re.compile(r"\s*[（(][^（）()]*[）)]$")
_INDICATOR = re.compile(r"[\u4e00-\u9fffA-Za-z0-9+、\-]*[\u4e00-\u9fff]{2}[\u4e00-\u9fffA-Za-z0-9+、\-]*")
_NOT_ONE = re.compile(
    r"^(合计|总计|小计|其中|备注|序号|指标|项目|名称|单位|年度|学校名称|学校|数据|变化|说明)$|\d{4}|^表|^第"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` may take the place of the question from `start` on; `report` is the id where it is a report's title."""

    text: str
    kind: SuggestionKind
    start: int = 0
    report: str | None = None


class Suggester:
    """Finds suggestions for one state of the index; made once for it, asked for every letter."""

    def __init__(self, view: View) -> None:
        self._entries = tuple(_ranked(view))
        spellings = [spelled(one.text) for one in self._entries]
        self._text = _Column([fold(one.text) for one in self._entries])
        self._pinyin = _Column([whole for whole, _ in spellings])
        self._initials = _Column([initials for _, initials in spellings])

    def __len__(self) -> int:
        return len(self._entries)

    def suggest(self, typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """At most `limit`, best first: begun by the whole of `typed`, then by its end, then holding it."""
        folded = fold(typed)
        found: dict[str, Suggestion] = {}
        for start, part, prefix in _parts(folded):
            for number in self._matching(part, limit, prefix=prefix):
                one = self._entries[number]
                if fold(typed[:start] + one.text) != folded:
                    found.setdefault(one.text, Suggestion(one.text, one.kind, start, one.report))
            if len(found) >= limit:
                break
        return tuple(found.values())[:limit]

    def _matching(self, part: str, limit: int, *, prefix: bool) -> Iterator[int]:
        columns = [self._text]
        if part.isascii() and part.isalpha():
            columns += [self._initials, self._pinyin]
        for column in columns:
            yield from column.find(part, limit, prefix=prefix)


class _Column:
    """Keys in one long string, a line each, so that finding is one search through memory."""

    def __init__(self, keys: list[str]) -> None:
        self._text = "\n" + "".join(f"{key}\n" for key in keys)
        self._starts = [1, *accumulate((len(key) + 1 for key in keys), initial=1)][1:-1]

    def find(self, part: str, limit: int, *, prefix: bool) -> Iterator[int]:
        """Numbers of the keys that begin with `part`, or hold it, in their order."""
        wanted = f"\n{part}" if prefix else part
        at, last = self._text.find(wanted), -1
        while at >= 0 and limit:
            number = bisect_right(self._starts, at + prefix) - 1
            if number != last:
                yield number
                limit -= 1
            last = number
            at = self._text.find(wanted, at + 1)


def _parts(folded: str) -> Iterator[tuple[int, str, bool]]:
    """(start, part, whether it must begin the suggestion) of what is typed, in the order in which they count."""
    whole = folded.strip()
    if not whole:
        return
    lead = len(folded) - len(folded.lstrip())
    yield lead, whole, True
    letters = _LETTERS.search(whole)
    if letters and letters.start():
        yield lead + letters.start(), letters[0], True
    else:
        for size in range(min(TAIL, len(whole) - 1), LEAST - 1, -1):
            if not _WORD.match(whole[-size - 1 : len(whole) - size + 1]):
                yield lead + len(whole) - size, whole[-size:], True
    if len(whole) >= LEAST:
        yield lead, whole, False


def _ranked(view: View) -> list[Suggestion]:
    """Everything that can be suggested, each text once, the likeliest first."""
    weights: dict[str, tuple[float, Suggestion]] = {}
    for one, reports in _all(view):
        if LEAST <= len(one.text) <= MOST:
            weight = WEIGHTS[one.kind] * reports**0.3 * min(1.0, PLAIN / len(one.text))
            if weight > weights.get(one.text, (0.0, one))[0]:
                weights[one.text] = weight, one
    ordered = sorted(weights.values(), key=lambda pair: (-pair[0], len(pair[1].text), pair[1].text))
    return [one for _, one in ordered]


def _all(view: View) -> Iterator[tuple[Suggestion, int]]:
    """Suggestions, each with the number of reports that speak of it."""
    for report in view.index.reports():
        yield Suggestion(report_title(report), "report", report=report.id), 1
    for place, count in _places(view.index).items():
        yield Suggestion(place, "place"), count
    for entry in view.names.entries:
        yield Suggestion(entry.canonical, "school" if entry.kind == "school" else "company"), len(entry.reports)
    for name, count in _indicators(view.index).items():
        yield Suggestion(name, "indicator"), count
    reports = len(view.index.reports())
    for term in glossary():
        occurs = view.frequency(fold(term.zh)) if term.kind != "place" else 0
        if occurs:
            yield Suggestion(term.zh, "term"), min(occurs, reports)


def _places(index: Index) -> Counter[str]:
    regions = (report.metadata.region for report in index.reports())
    return Counter(name for region in regions if region is not None for name in region.value.names)


def _indicators(index: Index) -> Counter[str]:
    """What tables have in their first column and over the others, units left out, by the number of reports."""
    found: Counter[str] = Counter()
    for report in index.reports()[-TABLED:]:
        heads: set[str] = set()
        for table in index.tables(report.id):
            heads.update(_heads([*table.columns, *(row[0].text for row in table.rows if row)]))
        found.update(heads)
    return found


def _heads(cells: Iterable[str]) -> Iterator[str]:
    for cell in cells:
        name = _UNIT.sub("", cell.strip().rsplit("/", 1)[-1]).strip()
        if LEAST < len(name) <= 20 and _INDICATOR.fullmatch(name) and not _NOT_ONE.search(name):
            yield name
