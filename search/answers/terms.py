"""What a question speaks of, weighed in the light of an index, and how much of it a text holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from operator import mul
from typing import NamedTuple

from corpus.fold import fold
from index.records import Index
from index.words import phrase_terms
from search.answers.denial import included, leaves_out
from search.records import Concept, Query

Matched = tuple[float, ...]
"""For each concept of the question how well the best of its words found stands for it, 0 (none) to 1."""

_MARKS = "\"' \t\u3000\xa0"
_ASKING = re.compile(r"多少|几|哪|什么|谁|怎|为[何什啥]|如何|啥")
"""Words that only ask: that a report doesn't use them says nothing."""
_SHAPING = re.compile(
    r"不是|而是|达到|平均|一共|总共|目前|现在|提供|打算|进行|包括|到底|具体|大约|左右|开设|开办|设有|设立|拥有|"
    r"提到|谈到|讲到|说到|提出|承认|认为|指出|往后|今后|以后|将来|准备|需要|应该|情况|方面|内容|方式|对象|只有|主要|上面|里面|一起|省份|省市|地区|地方|年报|"
    r"名字|名称|期间|有些|省里|市里|县里|区里|校里|变成|成为|放在|出去|回来|[一二两三四五六七八九十几]+(?:个|张|位|所|项|种|家|门|类|条|份|方面|大)|"
    r"(?:large|big|high|wide|long|much|many|fast|set|made?|make|do|did|add|offer|provide|want|give|gave|take|took|get|got|"
    r"hold|held|have|use|run|ran|mark|turn|begin|began|help|link|carry|reach|come|came|put|go|went|say|said|mention|place|total|according|report|province|region)"
    r"(?:s|e?d|ing)?(?: up| out| in| together| first)?"
)
"""Words that give a question its form: a report says the thing without them, and their translations are chance."""
_LONG, _MOST, _PIECES = 5, 0.6, 0.7
"""From how many characters on a word may be found in pieces ("双师型教师占专业课教师比例"), the share of its pairs of
characters that must be there, and what that counts."""
_PART = 0.62
"""Forms below this that stand inside the concept's own word are its parts (weight 0.35 in search)."""
_LITTLE = re.compile(rf"[^\x00-\x7f]|{_SHAPING.pattern}")
_ASIDE = 0.25
"""What a name or a year counts as a word, since `support` looks at them with more care, and what a word counts that
gives the question its form, or a single character: mostly a verb of speech (花, 搞, 办)."""
_DENIALS = ("没有", "没", "未", "未能", "不再")
"""What a report denies right behind these it doesn't say (没有扩大)."""


class Sought(NamedTuple):
    """What a text is searched for: the question's own word, the words for it, its parts, its pairs."""

    whole: str
    words: tuple[tuple[str, float], ...]
    parts: tuple[str, ...]
    pairs: tuple[str, ...]
    """Pairs of characters of a long first word, () where it is short."""
    weight: float
    """Of that word."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The concepts of a question, each with its words and its worth.

    Words are folded; they count the square root of what they weigh in search, since a sentence in one of the best
    passages that says it with a synonym says it.
    """

    concepts: tuple[Concept, ...]
    worth: tuple[float, ...]
    """Concept weight times the inverse document frequency of its words (as BM25 has it), in all 1."""
    literal: bool = False
    """What a text says it leaves out counts too: the question itself leaves something out."""

    _sought: tuple[Sought, ...] = field(init=False, repr=False, compare=False)
    _heaviest: tuple[tuple[float, int], ...] = field(init=False, repr=False, compare=False)
    """Worths with their places, the greatest first."""
    _seen: dict[str, Matched] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Texts that were looked at already: the shapes of an answer look at the same sentences."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sought", tuple(map(_sought, self.concepts)))
        heaviest = sorted(((worth, at) for at, worth in enumerate(self.worth)), reverse=True)
        object.__setattr__(self, "_heaviest", tuple(heaviest))

    def found(self, folded: str) -> Matched:
        """The concepts that a folded text holds; quotation marks and spaces inside words don't matter."""
        return self.within(folded, (1.0,) * len(self._sought))

    def anywhere(self, folded: str) -> Matched:
        """What any part of a folded text can hold at most: 0 only where none holds a concept."""
        plain = _plain(folded)
        return tuple([_best(sought, plain) for sought in self._sought])

    def within(self, folded: str, whole: Matched) -> Matched:
        """As `found`, for a part of a text that holds `whole` anywhere: what that lacks is not looked for again."""
        known = self._seen.get(folded)
        if known is None:
            plain = _plain(folded if self.literal else included(folded))
            held = [_best(sought, plain) if there else 0.0 for sought, there in zip(self._sought, whole, strict=True)]
            known = self._seen[folded] = tuple(held)
        return known

    def greatest_lost(self, matched: Matched) -> float:
        """Worth of the greatest concept that is not, or only half, matched."""
        lost = 0.0
        for worth, at in self._heaviest:
            if worth <= lost:
                break
            lost = max(lost, worth * (1 - matched[at]))
        return lost

    def share(self, matched: Matched) -> float:
        """Share of the question's whole worth that is matched, 0 to 1."""
        total: float = sum(map(mul, self.worth, matched))
        return total

    def coverage(self, folded: str) -> float:
        """Share of the question's whole worth that a folded text holds, 0 to 1."""
        return self.share(self.found(folded))

    def holds_literals(self, folded: str) -> bool:
        """Whether a folded text holds every name in signs that the question has."""
        plain = _plain(folded)
        return all(_best(self._sought[at], plain) for at in self.literals())

    def literals(self) -> tuple[int, ...]:
        """Places of the concepts that are names in signs."""
        return tuple(at for at, concept in enumerate(self.concepts) if _is_literal(concept))

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
    return tuple(map(max, *several)) if len(several) > 1 else next(iter(several), ())


def weigh(query: Query, index: Index) -> Terms:
    """The question's concepts in the light of an index; without any its terms stand for them."""
    known = query.concepts or tuple(Concept(term, ((term, 1.0),), weight) for term, weight in query.terms.items())
    used = [concept for concept in known if concept.forms and not _ASKING.match(concept.text)]
    names = fold(" ".join([*query.names, *(reading.text for reading in query.readings)]))
    worth = [_worth(concept, names, index) for concept in used]
    total = sum(worth) or 1.0
    literal = leaves_out(fold(query.question))
    return Terms(tuple(map(_folded, used)), tuple(one / total for one in worth), literal)


def _folded(concept: Concept) -> Concept:
    forms = sorted(((_plain(fold(form)), sqrt(weight)) for form, weight in concept.forms), key=lambda form: -form[1])
    return Concept(fold(concept.text), tuple(forms), concept.weight)


def _plain(folded: str) -> str:
    for mark in _MARKS:
        if mark in folded:
            folded = folded.replace(mark, "")
    return folded


def _sought(concept: Concept) -> Sought:
    """A concept's words as texts are searched for them; translations have no parts."""
    whole = concept.text if concept.text == concept.forms[0][0] else ""
    parts = [form for form, weight in concept.forms if weight < _PART and len(form) < len(whole) and form in whole]
    words = tuple((form, weight) for form, weight in concept.forms if form not in parts)
    first, weight = concept.forms[0]
    long = len(first) >= _LONG and not first.isascii()
    pairs = tuple(first[at : at + 2] for at in range(len(first) - 1)) if long else ()
    return Sought(whole, words, tuple(parts), pairs, weight)


def _best(sought: Sought, plain: str) -> float:
    """How well the best form found stands for its concept; a long one may be found in pieces."""
    whole, words, parts, pairs, _ = sought
    for form, weight in words:
        if form in plain and _affirmed(form, plain):
            return weight
    if not parts and not pairs:
        return 0.0
    found = [form for form in parts if form in plain]
    return max(_covered(whole, found) if found else 0.0, _in_pairs(sought, plain) if pairs else 0.0)


def _covered(whole: str, parts: Sequence[str]) -> float:
    """What a compound counts of which only parts are found: 服务 is half of 航空服务, and says little of it."""
    places = {at + offset for part in parts for at in [whole.find(part)] for offset in range(len(part))}
    return _PIECES * len(places) / len(whole)


def _in_pairs(sought: Sought, plain: str) -> float:
    """What a long form counts that is found in pairs of characters."""
    share = sum([pair in plain for pair in sought.pairs]) / len(sought.pairs)
    return _PIECES * sought.weight * share if share >= _MOST else 0.0


def _affirmed(form: str, plain: str) -> bool:
    """Whether a form stands somewhere without being denied."""
    at = plain.find(form)
    while at >= 0:
        if not plain.endswith(_DENIALS, 0, at):
            return True
        at = plain.find(form, at + 1)
    return False


def _worth(concept: Concept, names: str, index: Index) -> float:
    aside = concept.text in names or re.fullmatch(r"(?:19|20)\d\d年?", concept.text)
    return concept.weight * _rarity(concept, index) * (_ASIDE if aside or _LITTLE.fullmatch(concept.text) else 1.0)


def _is_literal(concept: Concept) -> bool:
    """A name in signs that reports write as it is (1+X, 5G, 3D): they have no other word for it."""
    return bool(re.fullmatch(r"(?=.*[a-z])(?=.*\d)[a-z\d+.-]+", concept.text)) and concept.forms[0][0] == concept.text


def _rarity(concept: Concept, index: Index) -> float:
    """Inverse document frequency of the first of its words that reports use (as BM25 has it)."""
    frequencies = (_frequency(form, index) for form, _ in concept.forms)
    frequency = next((count for count in frequencies if count), 0)
    return log(1 + (len(index) - frequency + 0.5) / (frequency + 0.5))


def _frequency(form: str, index: Index) -> int:
    """In how many passages a form can stand, at most."""
    return min(_counts(phrase_terms(form) or (form,), index), default=0)


def _counts(words: Sequence[str], index: Index) -> Iterable[int]:
    return (index.document_frequency(word) for word in words)
