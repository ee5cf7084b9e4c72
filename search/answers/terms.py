"""What a question speaks of, weighed in the light of an index, and how much of it a text holds."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.fold import fold
from index.records import Index
from index.words import terms as cut
from search.records import Concept, Query

Matched = tuple[float, ...]
"""For each concept of the question how well the best of its words found stands for it, 0 (none) to 1."""

_ASIDE = 0.25
"""What a name or a year counts as a word: `support` looks at them with more care."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The concepts of a question, each with its words (folded, with their weights) and its worth."""

    concepts: tuple[Concept, ...]
    worth: tuple[float, ...]
    """Concept weight times the inverse document frequency of its words (as BM25 has it), in all 1."""

    def found(self, folded: str) -> Matched:
        """The concepts that a folded text holds."""
        return tuple([_best(concept.forms, folded) for concept in self.concepts])

    def share(self, matched: Matched) -> float:
        """Share of the question's whole worth that is matched, 0 to 1."""
        return sum([worth * found for worth, found in zip(self.worth, matched, strict=True)])

    def coverage(self, folded: str) -> float:
        """Share of the question's whole worth that a folded text holds, 0 to 1."""
        return self.share(self.found(folded))

    def missing(self, matched: Matched) -> tuple[str, ...]:
        """The words of the question that are not matched, those of most worth first."""
        lost = [
            (worth, concept.text)
            for concept, worth, found in zip(self.concepts, self.worth, matched, strict=True)
            if not found
        ]
        return tuple(dict.fromkeys(text for _, text in sorted(lost, key=lambda one: -one[0])))


def merge(*several: Matched) -> Matched:
    """What any of several texts holds."""
    return tuple(map(max, zip(*several, strict=True)))


def weigh(query: Query, index: Index) -> Terms:
    """The question's concepts in the light of an index; without any its terms stand for them."""
    known = query.concepts or tuple(Concept(term, ((term, 1.0),), weight) for term, weight in query.terms.items())
    concepts = tuple(_folded(concept) for concept in known if concept.forms)
    names = fold(" ".join([*query.names, *(reading.text for reading in query.readings)]))
    worth = [_worth(concept, names, index) for concept in concepts]
    total = sum(worth) or 1.0
    return Terms(concepts, tuple(one / total for one in worth))


def _best(forms: Sequence[tuple[str, float]], folded: str) -> float:
    for form, weight in forms:
        if form in folded:
            return weight
    return 0.0


def _folded(concept: Concept) -> Concept:
    forms = sorted(((fold(form), weight) for form, weight in concept.forms), key=lambda form: -form[1])
    return Concept(fold(concept.text), tuple(forms), concept.weight)


def _worth(concept: Concept, names: str, index: Index) -> float:
    aside = concept.text in names or re.fullmatch(r"(?:19|20)\d\d年?", concept.text)
    frequencies = [_frequency(form, index) for form, _ in concept.forms]
    frequency = next((count for count in frequencies if count), 0)
    rarity = math.log(1 + (len(index) - frequency + 0.5) / (frequency + 0.5))
    return concept.weight * rarity * (_ASIDE if aside else 1.0)


def _frequency(form: str, index: Index) -> int:
    """In how many passages a form can stand, at most."""
    return min(_counts(cut(form) or [form], index), default=0)


def _counts(words: Sequence[str], index: Index) -> Iterable[int]:
    return (index.document_frequency(word) for word in words)
