"""Data of charts that a file kept as text: series names, categories and values on lines of tabs, without a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.captions import caption_of
from corpus.flow import Draft, Item, Paragraph, Row
from corpus.numbering import FIGURE
from corpus.records import Block

_VALUE = re.compile(r"[-−]?\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?%?")
_MIN_TOKENS = 4
_SHARE_DIGITS = 2  # decimals of the percentages that a text gives for shares
_MIN_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    categories: tuple[str, ...]
    values: tuple[str, ...]


def find_charts(blocks: Sequence[Block | Draft]) -> list[Block | Draft]:
    """The blocks with the data of each chart put into one draft of kind "figure": a row for each category."""
    found: list[Block | Draft] = []
    at = 0
    while at < len(blocks):
        end = _region(blocks, at)
        draft = _chart([b for b in blocks[at:end] if isinstance(b, Block)]) if end > at else None
        if draft is None:
            found.append(blocks[at])
            at += 1
        else:
            found.append(draft)
            at = end
    return found


def with_labels(items: Sequence[Item]) -> list[Item]:
    """Charts that go by the caption of the figure they belong to, where that can be told."""
    captions = [
        i for i in items if isinstance(i, Paragraph) and (number := caption_of(i.text)) and number.family == FIGURE
    ]
    charts = [n for n, item in enumerate(items) if isinstance(item, Draft) and item.kind == "figure"]
    found = list(items)
    texts = [item.text for item in items if isinstance(item, Paragraph)]
    free = list(captions)
    for judge in (_by_name, _by_text):
        for n in list(charts):
            draft = found[n]
            caption = judge(draft, free, texts) if isinstance(draft, Draft) else None
            if caption is not None and isinstance(draft, Draft):
                found[n] = _labelled(draft, caption.text)
                free.remove(caption)
                charts.remove(n)
    if len(charts) == len(free) == 1 and isinstance(draft := found[charts[0]], Draft):
        found[charts[0]] = _labelled(draft, free[0].text)
    return found


def _labelled(draft: Draft, caption: str) -> Draft:
    """The only series of a chart that names none is what the caption says."""
    number = caption_of(caption)
    title = caption[number.end :].strip() if number else caption
    columns = tuple(name or title for name in draft.columns[1:])
    return replace(draft, label=caption, columns=(draft.columns[0], *columns))


def _by_name(draft: Draft, captions: Sequence[Paragraph], _texts: Sequence[str]) -> Paragraph | None:
    """A caption with most of the characters of the first series' name."""
    name = set(re.sub(r"[\W\d]", "", draft.columns[1]))
    if not name:
        return None
    scored = [(len(name & set(caption.text)) / len(name), -n) for n, caption in enumerate(captions)]
    share, at = max(scored, default=(0.0, 0))
    return captions[-at] if share > _MIN_OVERLAP else None


def _by_text(draft: Draft, captions: Sequence[Paragraph], texts: Sequence[str]) -> Paragraph | None:
    """The caption whose words stand in the sentence that gives the chart's shares as percentages."""
    shares = [_percentage(row.cells[1]) for row in draft.rows]
    best = max(texts, key=lambda text: sum(share in text for share in shares if share), default="")
    if not any(share and share in best for share in shares):
        return None
    return max(captions, key=lambda caption: _common(caption.text, best), default=None)


def _percentage(value: str) -> str:
    if not re.fullmatch(r"0?\.\d+", value):
        return ""
    return f"{float(value) * 100:.{_SHARE_DIGITS}f}%"


def _common(caption: str, text: str) -> int:
    """Pairs of neighbouring characters of the caption that the text has too."""
    return sum(caption[n : n + 2] in text for n in range(len(caption) - 1))


def _region(blocks: Sequence[Block | Draft], at: int) -> int:
    """Lines with tabs inside, with no more than one empty line between them."""
    if not _has_tabs(blocks[at]):
        return at
    end = at + 1
    while end < len(blocks):
        if _has_tabs(blocks[end]):
            end += 1
        elif end + 1 < len(blocks) and _is_empty(blocks[end]) and _has_tabs(blocks[end + 1]):
            end += 2
        else:
            break
    return end


def _has_tabs(block: Block | Draft) -> bool:
    return isinstance(block, Block) and block.grid is None and "\t" in block.text.strip(" ") and block.text[0] != "\t"


def _is_empty(block: Block | Draft) -> bool:
    return isinstance(block, Block) and block.grid is None and not block.text


def _chart(blocks: Sequence[Block]) -> Draft | None:
    tokens = [token.strip() for block in blocks for token in block.text.split("\t") if token.strip()]
    if len(tokens) < _MIN_TOKENS:
        return None
    series = _series(list(_runs(tokens)))
    if not series or any(one.categories != series[0].categories for one in series):
        return None
    line, page = blocks[0].line, blocks[0].page
    columns = ("", *(one.name for one in series))
    rows = (
        Row((category, *(one.values[n] for one in series)), line, page)
        for n, category in enumerate(series[0].categories)
    )
    header = (Row(columns, line, page),) if any(columns) else ()
    return Draft("figure", columns, header, tuple(rows))


def _runs(tokens: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Names, then values, then names again: a pair for each row of names with the values behind it."""
    names: list[str] = []
    values: list[str] = []
    for token in tokens:
        if _VALUE.fullmatch(token):
            values.append(token)
        else:
            if values:
                yield names, values
                names, values = [], []
            names.append(token)
    yield names, values


def _series(runs: Sequence[tuple[list[str], list[str]]]) -> list[_Series]:
    """A series is its name (or none), its categories and as many values; [] when the runs are something else.

    A name followed by a single value that comes again as the last of the next values is a name alone: the chart's
    last point, written twice.
    """
    found: list[_Series] = []
    pending = ""
    for n, (names, values) in enumerate(runs):
        following = runs[n + 1][1] if n + 1 < len(runs) else []
        if len(names) == len(values) == 1 and len(following) > 1 and following[-1] == values[0]:
            pending = names[0]
        elif len(names) == len(values) + 1:
            found.append(_Series(names[0], tuple(names[1:]), tuple(values)))
        elif len(names) == len(values) and len(values) > 1:
            found.append(_Series(pending, tuple(names), tuple(values)))
            pending = ""
        else:
            return []
    return found
