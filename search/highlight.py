"""Which words of a passage match a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from search.records import Concept, Hit, Query, Span
from search.view import View

LEAST_FIT = 0.3
"""Forms that stand less well than this for their concept are not marked: the reader would wonder why."""


def marked(query: Query, hits: Sequence[Hit], view: View) -> tuple[Hit, ...]:
    """The hits with what matches in each."""
    folded = (view.page(hit.passage.row).text for hit in hits)
    return tuple(
        replace(hit, highlights=highlights(query.concepts, text)) for hit, text in zip(hits, folded, strict=True)
    )


def highlights(concepts: Iterable[Concept], folded: str) -> tuple[Span, ...]:
    """Where forms of the concepts stand in a folded passage: sorted, touching and overlapping spans merged.

    Lone Chinese characters are left out, they stand in too many words.
    """
    forms = {form for concept in concepts for form, fit in concept.forms if fit >= LEAST_FIT and _telling(form)}
    return merged(span for form in forms for span in _places(form, folded))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _places(form: str, folded: str) -> Iterable[Span]:
    at = folded.find(form)
    while at >= 0:
        if _stands_alone(form, folded, at):
            yield at, at + len(form)
        at = folded.find(form, at + len(form))


def _stands_alone(form: str, folded: str, at: int) -> bool:
    """Figures and Latin words must not be parts of longer ones; Chinese words may."""
    before, after = folded[at - 1 : at], folded[at + len(form) : at + len(form) + 1]
    return not ((_latin(form[0]) and _latin(before)) or (_latin(form[-1]) and _latin(after)))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _telling(form: str) -> bool:
    return len(form) > 1 or _latin(form)
