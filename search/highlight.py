"""Which words of a passage match a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Literal

import numpy as np

from index.records import Vectors
from search.features import weigh
from search.records import Concept, Hit, Match, Query, Span
from search.view import Page, View

Field = Literal["passage", "headings", "report"]
Form = tuple[str, float]
"""A word that may stand for a concept, and how well it does."""
BY_MEANING = 1
"""First hits in which, where hardly a word matches, the nearest sentence is looked for: 3 ms a sentence."""
LITTLE = 0.15
"""Share of the question that is hardly a word of it."""
OF_SOURCE = 0.3
"""What a word of the report's title, place or school counts in choosing a sentence."""
SENTENCE = re.compile(r"[^。！？!?;；\n]*[^\s。！？!?;；\n][。！？!?;；]?")

LEAST_FIT = 0.3
"""Forms that stand less well than this for their concept are not marked: the reader would wonder why."""


def marked(query: Query, hits: Sequence[Hit], view: View) -> tuple[Hit, ...]:
    """The hits with what matches in each: the words, and the sentence that says most of what was asked."""
    shares = [one.share for one in weigh(query.concepts, view)]
    weights = cache(lambda source: _beside_source(query.concepts, shares, source))  # many hits share their report
    return tuple(_marked(query, hit, view, weights) for hit in hits)


def _marked(query: Query, hit: Hit, view: View, weights_beside: Callable[[str], list[float]]) -> Hit:
    page = view.page(hit.passage.row)
    inside = [[one for one in concept.forms if one[0] in page.text] for concept in query.concepts]
    weights = weights_beside(page.source)
    sentence, share = _fullest(weights, inside, page.text)
    if share < LITTLE * sum(weights) and hit.rank <= BY_MEANING:
        sentence = nearest_sentence(view.vector(query.dense), page.text, view.vector)
    found = zip(query.concepts, inside, strict=True)
    return replace(
        hit,
        highlights=_highlights({form for forms in inside for form in forms}, page.text),
        sentence=sentence,
        matches=tuple(match for concept, forms in found if (match := _match(concept, forms, page))),
    )


def _match(concept: Concept, inside: Sequence[Form], page: Page) -> Match | None:
    """Where the best form of a concept stands, in the passage (`inside`) rather than above it."""
    if inside:
        return _best(concept, inside, "passage")
    fields: tuple[tuple[Field, str], ...] = (("headings", page.headings), ("report", page.source))
    for name, text in fields:
        found = [one for one in concept.forms if one[0] in text]
        if found:
            return _best(concept, found, name)
    return None


def _best(concept: Concept, found: Sequence[Form], field: Field) -> Match:
    fit, form = max((fit, form) for form, fit in found)
    return Match(concept.text, form, field, fit)


def best_sentence(concepts: Sequence[Concept], folded: str) -> Span | None:
    """The sentence of a folded passage that holds most of the question by its words, None where none holds any."""
    inside = [[one for one in concept.forms if one[0] in folded] for concept in concepts]
    return _fullest([concept.weight for concept in concepts], inside, folded)[0]


def _fullest(weights: Sequence[float], inside: Sequence[Sequence[Form]], folded: str) -> tuple[Span | None, float]:
    """The same for concepts of these weights with the forms that the passage has; and the weight of what it holds."""
    best, most = None, 0.0
    present = [(weight, forms) for weight, forms in zip(weights, inside, strict=True) if forms]
    for start, end in sentence_spans(folded) if present else ():
        sentence, share = folded[start:end], 0.0
        for weight, forms in present:  # in one loop: a call for each concept would take longer than its search
            fit = 0.0
            for form, own in forms:
                if own > fit and form in sentence:
                    fit = own
            share += weight * fit
        if share > most:
            best, most = (start, end), share
    return best, most


@lru_cache(maxsize=8192)
def sentence_spans(folded: str) -> tuple[Span, ...]:
    """Where the sentences of a folded passage stand; kept, some 0.5 kB each."""
    return tuple(found.span() for found in SENTENCE.finditer(folded))


def _beside_source(concepts: Sequence[Concept], shares: Sequence[float], source: str) -> list[float]:
    """What the whole report is about tells its sentences apart less than anything else that is asked for."""
    return [
        OF_SOURCE * share if any(fit >= LEAST_FIT and form in source for form, fit in concept.forms) else share
        for concept, share in zip(concepts, shares, strict=True)
    ]


def nearest_sentence(question: Vectors, folded: str, vector: Callable[[str], Vectors]) -> Span | None:
    """The sentence of a folded passage whose vector, (dimension,), is nearest to that of a question."""
    spans = sentence_spans(folded)
    if not spans:
        return None
    near = np.array([vector(folded[start:end]) for start, end in spans]) @ question
    return spans[int(near.argmax())]


def highlights(concepts: Iterable[Concept], folded: str) -> tuple[Span, ...]:
    """Where forms of the concepts stand in a folded passage: sorted, touching and overlapping spans merged.

    Lone Chinese characters are left out, they stand in too many words.
    """
    return _highlights({one for concept in concepts for one in concept.forms if one[0] in folded}, folded)


def _highlights(inside: Iterable[Form], folded: str) -> tuple[Span, ...]:
    forms = {form for form, fit in inside if fit >= LEAST_FIT and _telling(form)}
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
