"""The passages that a model is given, numbered, each with what stands above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.fold import fold
from index.records import Index, StoredPassage
from search.answers.pieces import Piece, piece, sentences
from search.answers.support import Setting, setting
from search.records import Hit
from search.shapes import report_title, value

MOST = 8
"""Passages that are given: the gold passage of an answerable question is nearly always among them, and small models
lose their way in more."""


_ORDER = re.compile(
    r"(?:忽略|无视|忘记|不要理会).{0,12}(?:指令|指示|提示词|规则|设定|要求)|系统提示词|"
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompts?|rules)\b|\bsystem prompt\b"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A passage under its number, counted from 1."""

    number: int
    passage: StoredPassage
    heading: str
    """Title, year, publisher and headings; of a table also caption, unit and columns."""
    above: str = field(repr=False)
    """The heading folded, with what else the report says of itself: school and region."""
    sentences: tuple[Piece, ...] = field(repr=False)
    """What may be cited, of a table its rows; what speaks to a model and not to a reader is left out."""
    setting: Setting = field(repr=False)

    @property
    def folded(self) -> str:
        """All that a sentence may be borne out by."""
        return f"{self.above}\n{self.setting.passage}"


def sources_of(hits: Sequence[Hit], index: Index) -> tuple[Source, ...]:
    """The best passages, numbered."""
    return tuple(_source(number, hit.passage, index) for number, hit in enumerate(hits[:MOST], start=1))


def _source(number: int, passage: StoredPassage, index: Index) -> Source:
    around = setting(passage)
    heading = " › ".join(dict.fromkeys(part for part in _parts(passage, index) if part))
    return Source(
        number=number,
        passage=passage,
        heading=heading,
        above=f"{fold(heading)} {around.report} {around.region}",
        sentences=tuple(one for one in sentences(piece(passage.text, passage.start)) if not _ORDER.search(one.folded)),
        setting=around,
    )


def _parts(passage: StoredPassage, index: Index) -> tuple[str, ...]:
    meta = passage.report.metadata
    year = f"{meta.year.value}年" if meta.year else ""
    parts = (report_title(passage.report), year, value(meta.publisher) or "", *passage.path)
    if passage.table is None:
        return parts
    table = index.tables(passage.report.id)[passage.table]
    return (*parts, table.caption, table.unit, " | ".join(column for column in table.columns if column))
