"""The school that a part of a report speaks of: the one named where it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from corpus.mentions import find_names
from corpus.records import Section
from corpus.schools import is_generic
from index.records import Index, StoredPassage

_OPENING = 300
"""Characters of a part's own text in which it names whom it speaks of."""

Led = Callable[[StoredPassage], str]


def leads(index: Index, sections: Callable[[str], Sequence[Section]]) -> Led:
    """For a passage that names no school itself, the first that the nearest opening above it names, else "".

    A report of one school needs no opening: it speaks of that.
    """

    def led(passage: StoredPassage) -> str:
        if passage.report.metadata.school is not None or passage.section is None or _first(passage.text):
            return ""
        text, tree = index.text(passage.report.id), sections(passage.report.id)
        at: int | None = tree[passage.section].parent
        while at is not None:
            name = _first(text[tree[at].body : min(tree[at].end, tree[at].body + _OPENING)])
            if name:
                return name
            at = tree[at].parent
        return ""

    return led


@lru_cache(maxsize=4096)
def _first(text: str) -> str:
    """The first school that a text names, "" if it names none."""
    return next((one.text for one in find_names(text) if one.kind == "school" and not is_generic(one.text)), "")
