"""Judge numbered lines by their company: is a run of numbers a row of headings or a list of sentences?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from corpus.numbering import CASE, FIGURE, TABLE, Number, alike

_MOST, _HALF, _SOME = 0.8, 0.5, 0.34
_CHINESE = {"一、", "（一）", "一）"}
_LABELS = {CASE, TABLE, FIGURE}
_ENOUGH_RUNS = 3
_MAX_SKIP = 3


class Shape(Enum):
    """What follows a number on its line."""

    OWN = auto()
    """A title and nothing else."""
    CLOSED = auto()
    """One short sentence with its full stop, or a title with a colon."""
    RUN_IN = auto()
    """A short sentence, then more text."""
    LONG = auto()
    """Text that begins with no title."""
    EMPTY = auto()
    """Nothing."""
    CAPTION = auto()
    """The caption of a table or figure."""
    STYLED = auto()
    """The format calls it a heading."""


_TITLED = {Shape.OWN, Shape.STYLED, Shape.RUN_IN}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a heading; `at` is its place among the layout's lines."""

    at: int
    number: Number | None
    shape: Shape
    apart: bool = False
    """A blank or a colon parts the number from the text."""
    bare: bool = False
    """The next line carries the next number of the same family: nothing stands under this one."""
    proven: bool = False
    """The next line carries a number under this one ("2" before "2.1")."""


@dataclass
class _Run:
    items: list[Candidate]
    under: str
    """Family of the heading it stands under."""

    @property
    def family(self) -> str:
        return _family(self.items[0])

    @property
    def key(self) -> tuple[str, str]:
        return self.family, self.under

    def share(self, *shapes: Shape) -> float:
        return sum(item.shape in shapes for item in self.items) / len(self.items)


def accepted(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are headings, in order."""
    dotted = {c.number.values for c in candidates if c.number and c.number.dotted}
    lists = _dotted_lists(candidates)
    found = {c.at: c for c in candidates if _stands_alone(c, dotted) and c.at not in lists}
    runs = _runs(c for c in candidates if c.number and not c.number.dotted and c.number.family not in _LABELS)
    outvoted = _outvoted(runs)
    for run in runs:
        if _is_heading(run) and not (run.key in outvoted and not run.share(Shape.OWN, Shape.STYLED)):
            found.update((item.at, item) for item in run.items if item.shape is not Shape.EMPTY)
    return [found[at] for at in sorted(found)]


def _dotted_lists(candidates: Iterable[Candidate]) -> set[int]:
    """Dotted numbers whose row (6.1, 6.2, ...) is a list of sentences."""
    rows: dict[tuple[int, ...], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.number and candidate.number.dotted:
            rows[candidate.number.values[:-1]].append(candidate)
    return {c.at for row in rows.values() if not _has_titles(row) for c in row}


def _has_titles(row: Sequence[Candidate]) -> bool:
    if any(c.shape in {Shape.OWN, Shape.STYLED} for c in row):
        return True
    return sum(c.shape is Shape.LONG or (c.shape is Shape.CLOSED and c.bare) for c in row) <= _SOME * len(row)


def _stands_alone(candidate: Candidate, dotted: set[tuple[int, ...]]) -> bool:
    """What needs no company: a style, a caption, a case, a chapter; a dotted number needs a neighbour."""
    number, shape = candidate.number, candidate.shape
    if number is None or shape in {Shape.STYLED, Shape.CAPTION}:
        return True
    if number.family == CASE:
        return shape is not Shape.LONG
    if number.family.startswith("第") or candidate.proven:
        return shape is Shape.OWN or (number.family == "第条" and candidate.apart)
    if not number.dotted or shape in {Shape.LONG, Shape.EMPTY}:
        return False
    *before, last = number.values
    return last == 1 or bool({(*before, last - 1), (*before, last + 1)} & dotted)


def _runs(candidates: Iterable[Candidate]) -> list[_Run]:
    runs: list[_Run] = []
    running: dict[str, _Run] = {}
    under = ""
    for candidate in candidates:
        family = _family(candidate)
        run = running.get(family) or _mixed(running, candidate)
        if run is None or not 0 < _last(candidate) - _last(run.items[-1]) <= _MAX_SKIP:
            run = _Run([], under if under != family else _outer(running, family))
            runs.append(run)
        run.items.append(candidate)
        _close_inner(running, run)
        running[family] = run
        if candidate.shape in {Shape.OWN, Shape.STYLED, Shape.RUN_IN} and not candidate.bare:
            under = family
    return runs


def _mixed(running: dict[str, _Run], candidate: Candidate) -> _Run | None:
    """A run in a family much like the candidate's that the candidate goes on with: "1." before "2、"."""
    runs = (running[other] for other in alike(_family(candidate)) if other in running)
    return next((run for run in runs if _last(run.items[-1]) + 1 == _last(candidate)), None)


def _close_inner(running: dict[str, _Run], run: _Run) -> None:
    """A number of an outer family ends the runs that began after that family did."""
    previous = running.get(run.family, run)
    begin = previous.items[0].at
    for family in [f for f, other in running.items() if other.items[0].at > begin]:
        del running[family]


def _outer(running: dict[str, _Run], family: str) -> str:
    run = running.get(family)
    return run.under if run else ""


def _is_heading(run: _Run) -> bool:
    filled = [item for item in run.items if not item.bare]
    closed = not run.share(Shape.RUN_IN) or run.share(Shape.OWN, Shape.STYLED) > 0
    titled = [i for i in run.items if i.shape in _TITLED or (closed and i.shape is Shape.CLOSED and not i.bare)]
    if len(titled) < _MOST * len(run.items):
        return False
    if len(run.items) == 1:
        return _single(run.items[0])
    if run.share(Shape.OWN, Shape.STYLED) >= _HALF:
        return len(filled) > _SOME * len(run.items)
    return True


def _single(item: Candidate) -> bool:
    """A number without a second: the first of its kind, or a Chinese one whose neighbours were lost."""
    if item.bare or item.shape not in {Shape.OWN, Shape.STYLED, Shape.RUN_IN}:
        return False
    if item.shape is Shape.RUN_IN:
        return _family(item) in _CHINESE and _last(item) == 1
    return _last(item) == 1 or _family(item) in _CHINESE


def _outvoted(runs: Iterable[_Run]) -> set[tuple[str, str]]:
    """Places (family, family above) whose runs are nearly all lists: there a run of short sentences is one too."""
    votes: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for run in runs:
        if not run.share(Shape.OWN, Shape.STYLED):
            votes[run.key].append(_is_heading(run))
    return {key for key, found in votes.items() if found.count(False) >= max(_ENOUGH_RUNS, 2 * found.count(True))}


def _family(candidate: Candidate) -> str:
    return candidate.number.family if candidate.number else ""


def _last(candidate: Candidate) -> int:
    return candidate.number.last if candidate.number else 0
