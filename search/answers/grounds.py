"""What speaks for a place in a report as the answer to a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from search.answers.terms import Matched, Terms

STRANGER, OTHER_YEAR = 0.6, 0.25
"""What a place loses that speaks of others than the question, or of another year."""


class Grounds(NamedTuple):
    """All between 0 and 1, the more the better except for `gap` and `missing`."""

    own: float
    """Share of the question's worth in the very sentence, cell or heading."""
    reach: float
    """The same with its passage, headings and title."""
    gap: float
    """Worth of the greatest thing in the question that is not, or only half, there."""
    missing: float
    """The same for the very sentence, cell or heading."""
    named: float = 1.0
    dated: float = 1.0
    """How surely it speaks of the question's names and years."""

    @property
    def worth(self) -> float:
        """What answers of different shapes are compared by."""
        return self.own - self.lost

    @property
    def lost(self) -> float:
        """What it loses by other names and years than the question's."""
        return STRANGER * (1 - self.named) + OTHER_YEAR * (1 - self.dated)


def grounds(terms: Terms, own: Matched, reach: Matched, named: float = 1.0, dated: float = 1.0) -> Grounds:
    """The grounds of a place that holds `own`, and with all around it `reach`."""
    return Grounds(
        own=terms.share(own),
        reach=terms.share(reach),
        gap=terms.greatest_lost(reach),
        missing=terms.greatest_lost(own),
        named=named,
        dated=dated,
    )


def weakest(several: Sequence[Grounds]) -> Grounds:
    """The grounds of an answer with several sides, all of which must hold."""
    return Grounds(
        own=min(one.own for one in several),
        reach=min(one.reach for one in several),
        gap=max(one.gap for one in several),
        missing=max(one.missing for one in several),
        named=min(one.named for one in several),
        dated=min(one.dated for one in several),
    )
