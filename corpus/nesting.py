"""Which heading stands under which, decided from the document itself.

Numbering families have no fixed order. A family stands under whatever was open when it first appeared and keeps that
place; dotted numbers and the numbers of cases name their chapter, and prove it when the chapter's heading is lost;
the format's own levels count where a file has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.headings import Mark
from corpus.numbering import Number, alike

_PARTS = (
    "第部分",
    "第编",
    "第篇",
    "第单元",
    "第讲",
    "第章",
    "第节",
    "第条",
)  # the order that the words themselves state
_MOST = 0.5
_AHEAD = 200  # headings looked at to see how a numbering goes on
PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Open:
    """A heading under which the next line may stand."""

    id: int
    level: int
    family: str
    values: tuple[int, ...] = (0,)
    depth: int | None = None
    case: bool = False

    @property
    def dotted(self) -> bool:
        """Its number repeats its ancestors' ("1.2")."""
        return self.family.startswith("1.1")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a heading stands; `lost` when its number proves that a heading before it is missing."""

    level: int
    parent: int | None
    lost: bool = False


class Nesting:
    """Places headings one after another; what stands open is the path of the current line."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        """Learn from all the headings of a report which family dotted numbers and cases count."""
        numbers = [mark.number for mark in marks if mark.number and mark.kind in {"heading", "case"}]
        self._marks = [mark for mark in marks if mark.kind in {"heading", "case"}]
        self._placed = 0
        self._chapter = _chapter_family(numbers)
        self._cases_tell = _cases_tell(marks, self._chapter)
        self._styled = _styled(marks)
        self._least = min((len(n.values) for n in numbers if n.dotted), default=2)
        self._above: set[tuple[str, str]] = set()
        self._proven: int | None = None
        self._open: list[Open] = []

    @property
    def top(self) -> Open | None:
        """The innermost open heading."""
        return self._open[-1] if self._open else None

    def title(self, section: int) -> None:
        """A title page: everything else is closed."""
        self._open = [Open(section, 0, "title")]
        self._proven = None

    def leave_case(self) -> None:
        """The text belongs to the case's section again."""
        self._cut(next((n for n, o in enumerate(self._open) if o.case), len(self._open)))

    def leave_all(self) -> None:
        """What follows stands under nothing but the document's title."""
        self._cut(next((n for n, o in enumerate(self._open) if o.family != "title"), len(self._open)))

    def leave_chapter(self) -> None:
        """What follows stands under no heading of the current chapter."""
        self._cut(self._container())

    def place(self, mark: Mark, section: int) -> Placed:
        """Close what `mark` ends, and open it as `section`."""
        number = mark.number
        self._placed += 1
        if mark.kind == "case":
            placed, family = self._case(number), "case"
        elif number is not None and number.dotted:
            placed, family = self._dotted(number), number.family
        else:
            family = number.family if number else PLAIN
            by_depth = mark.depth is not None and family in self._styled
            self._cut(self._by_depth(mark.depth or 0) if by_depth else self._by_family(mark, family))
            placed = self._here()
        self._above.update((o.family, family) for o in self._open)
        values = number.values if number else (0,)
        self._open.append(Open(section, placed.level, family, values, mark.depth, mark.kind == "case"))
        return placed

    def _here(self, deeper: int = 1, *, lost: bool = False) -> Placed:
        if not self._open:
            return Placed(deeper, None, lost)
        return Placed(self._open[-1].level + deeper, self._open[-1].id, lost)

    def _cut(self, at: int) -> None:
        del self._open[at:]

    def _find(self, prefix: tuple[int, ...]) -> int | None:
        """The open heading that a dotted number names as its ancestor."""
        for n in range(len(self._open) - 1, -1, -1):
            o = self._open[n]
            if (o.dotted and o.values == prefix) or (o.family == self._chapter and o.values == prefix):
                return n
        return None

    def _dotted(self, number: Number) -> Placed:
        for length in range(len(number.values) - 1, 0, -1):
            found = self._find(number.values[:length])
            if found is not None:
                self._cut(found + 1)
                missing = len(number.values) - length
                return self._here(missing, lost=missing > 1)
            if length == len(number.values) - 1 and (sibling := self._sibling(number)) is not None:
                level = self._open[sibling].level
                self._cut(sibling)
                return Placed(level, self._open[-1].id if self._open else None)
        chapter = self._chapter_open()
        if chapter is not None and number.values[0] <= chapter:
            self._cut(self._by_known_order(number.family))
            return self._here()
        self._cut(self._container())
        depth = len(number.values) if self._chapter else len(number.values) - self._least + 1
        return self._here(depth, lost=bool(self._chapter))

    def _sibling(self, number: Number) -> int | None:
        for n, o in enumerate(self._open):
            if o.family == number.family and o.values[:-1] == number.values[:-1]:
                return n
        return None

    def _case(self, number: Number | None) -> Placed:
        self.leave_case()
        if number is None or not self._cases_tell or len(number.values) < 2:
            return self._here()
        chapter, current = number.values[0], self._current_chapter()
        if current == chapter or (current is not None and chapter < current):
            return self._here()
        self._cut(self._container())
        lost = self._proven != chapter
        self._proven = chapter
        return self._here(lost=lost)

    def _current_chapter(self) -> int | None:
        dotted = next((o.values[0] for o in self._open if o.dotted), None)
        return dotted if dotted is not None else self._chapter_open()

    def _chapter_open(self) -> int | None:
        return next((o.values[-1] for o in self._open if o.family == self._chapter), None)

    def _container(self) -> int:
        """First open heading that belongs to the chapter; what stands before it holds the chapters."""
        for n, o in enumerate(self._open):
            if o.dotted or o.case or o.family == self._chapter:
                return n
        return len(self._open)

    def _by_depth(self, depth: int) -> int:
        for n, o in enumerate(self._open):
            if o.family != "title" and (o.depth is None or o.depth >= depth):
                return n
        return len(self._open)

    def _by_family(self, mark: Mark, family: str) -> int:
        if mark.number is None:
            return self._by_what_follows()
        last = mark.number.last
        same = [n for n, o in enumerate(self._open) if o.family == family]
        if same:
            if last == 1 and (self._open[-1].case or self._returns(mark, self._open[same[-1]])):
                return len(self._open)
            fitting = [n for n in same if self._open[n].values[-1] + 1 == last] or same[-1:]
            return fitting[-1] if self._comes_again(mark.number) else fitting[0]
        for n, o in enumerate(self._open):
            if o.family in alike(family) and o.values[-1] + 1 == last:
                return n
        if family == self._chapter and (current := self._current_chapter()) is not None and last > current:
            return self._container()
        return self._by_known_order(family)

    def _comes_again(self, number: Number) -> bool:
        """The same number follows before its family begins anew: this one is the inner one of two."""
        for later in self._ahead():
            if later.number and later.number.family == number.family and later.number.last in {1, number.last}:
                return later.number.last == number.last
        return False

    def _by_what_follows(self) -> int:
        """An unnumbered heading stands above the numbers that begin anew behind it, and beside its own kind."""
        numbers = (mark.number for mark in self._ahead() if mark.kind == "heading")
        following = next((number for number in numbers if number), None)
        if following is not None:
            same = [n for n, o in enumerate(self._open) if o.family == following.family]
            if same:
                plain = [n for n, o in enumerate(self._open) if o.family == PLAIN and n > same[-1]]
                return same[-1] if following.last == 1 else (plain or [len(self._open)])[0]
        return next((n for n, o in enumerate(self._open) if o.family == PLAIN), len(self._open))

    def _ahead(self) -> Sequence[Mark]:
        """The headings that come next, the one that is being placed not among them."""
        return self._marks[self._placed : self._placed + _AHEAD]

    def _by_known_order(self, family: str) -> int:
        if family in _PARTS:
            inner = set(_PARTS[_PARTS.index(family) :])
            return next(
                (n for n, o in enumerate(self._open) if n and (o.family not in _PARTS or o.family in inner)),
                len(self._open),
            )
        for n, o in enumerate(self._open):
            known = (family, o.family) in self._above and (o.family, family) not in self._above
            if known and o.family != PLAIN:
                return n
        return len(self._open)

    def _returns(self, mark: Mark, outer: Open) -> bool:
        """The numbers that begin anew at `mark` are inner ones: the outer ones go on behind them."""
        family, expected, last = outer.family, outer.values[-1] + 1, 0
        for later in (mark, *self._ahead()):
            if later.number is None or later.number.family != family:
                continue
            value = later.number.last
            if value == expected and last + 1 != value:
                return True
            if value <= last:
                return False
            last = value
        return False


def _styled(marks: Iterable[Mark]) -> set[str]:
    """Families whose level the format states: unnumbered headings, and numbers that all have the same one."""
    depths: dict[str, set[int | None]] = {}
    for mark in marks:
        if mark.number and mark.kind == "heading":
            depths.setdefault(mark.number.family, set()).add(mark.depth)
    return {family for family, found in depths.items() if len(found) == 1 and None not in found} | {PLAIN}


def _chapter_family(numbers: Sequence[Number]) -> str:
    """The family that the first part of dotted numbers counts: whose value most often agrees with it.

    A dotted number ahead of the family's value says nothing, for a heading may be lost; one that is behind denies it.
    Of two families that agree as often, the one that appeared last is the inner one.
    """
    current: dict[str, int] = {}
    agree: Counter[str] = Counter()
    deny: Counter[str] = Counter()
    for number in numbers:
        if number.dotted:
            agree.update(family for family, value in current.items() if value == number.values[0])
            deny.update(family for family, value in current.items() if value > number.values[0])
        elif len(number.values) == 1:
            current[number.family] = number.last
    likely = [family for family in current if agree[family] and agree[family] >= deny[family]]
    return max(reversed(likely), key=lambda family: agree[family] - deny[family], default="")


def _cases_tell(marks: Iterable[Mark], chapter: str) -> bool:
    """The first part of case numbers is the chapter's number, wherever that is known."""
    current: int | None = None
    votes: list[bool] = []
    for mark in marks:
        number = mark.number
        if number is None:
            continue
        if mark.kind == "case" and len(number.values) > 1 and current is not None:
            votes.append(number.values[0] == current)
        elif number.dotted:
            current = number.values[0]
        elif number.family == chapter:
            current = number.last
    return bool(votes) and sum(votes) > _MOST * len(votes)
