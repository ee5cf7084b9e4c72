"""Chinese questions to concepts: their words without those that only ask, and what else reports call the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from corpus.fold import fold
from corpus.glossary import glossary, synonyms
from index.words import Span, term_spans
from search.records import Concept
from search.understand.wordlists import word_groups, word_set

SYNONYM = 0.5
"""What another word of a synonym group counts beside the question's own."""
GLOSSARY = 0.4
"""The same for an alias of the glossary: some are wider words."""
COLLOQUIAL = 0.7
"""The same for what reports write where people say something else (挣钱, 收入)."""
PART = 0.35
"""A word inside a longer word of the question (教师 in 教师队伍)."""
LONE = 0.4
"""What a word of one character counts: it stands inside too many others."""
MOST_SYNONYMS = 6
LONGEST_TERM = 16
"""Characters of the longest term that is looked up."""

ASKING = word_set("asking_zh.txt")
"""Words that ask or join and carry no subject; reports rarely use the first, so their rarity would mislead BM25."""

PLAIN = {
    "啥时候": "什么时候", "啥": "什么", "咋样": "怎么样", "咋": "怎么", "俩": "两个", "仨": "三个", "为啥": "为什么",
    "多会儿": "什么时候", "几多": "多少", "点解": "为什么", "边个": "哪个", "有木有": "有没有", "哪旮": "哪里",
}  # fmt: skip
"""Colloquial words and the plain ones that an encoder knows better."""


_ASKED = re.compile(
    r"(?:多少|几)[十百千万亿]*(?:个?(?:百分)?点|个|名|人(?!次|均|才)|家|所|项|元|钱|次|年|位|岁|斤|吨)?"
)
"""The question word with its unit: what is counted stands elsewhere."""
_PLAN = re.compile(r"十[一二三四五]五")
"""A five-year plan, which no dictionary has whole."""


def plain(folded: str) -> str:
    """A folded question in plain words."""
    for word in sorted(PLAIN, key=len, reverse=True):
        folded = folded.replace(word, PLAIN[word])
    return folded


def concepts(folded: str) -> tuple[Concept, ...]:
    """What a folded question speaks of, in its order; spans of glossary terms and of single words may overlap."""
    plans = [Concept(plan, ((plan, 1.0),)) for plan in _PLAN.findall(folded)]
    folded = _PLAN.sub("  ", _ASKED.sub("  ", folded))
    spans = _whole_words(term_spans(folded))
    words = [_word(folded, span, parts) for span, parts in spans if span[0] not in ASKING]
    return (*plans, *words, *_terms(folded))


def _word(folded: str, span: Span, parts: Iterable[str]) -> Concept:
    text = folded[span[1] : span[2]]
    said = [(form, COLLOQUIAL) for form in _said().get(span[0], ())]
    others = [*said, *((form, weight) for form, weight in _same(span[0]) if form != span[0])]
    inside = [(part, PART) for part in parts if part not in ASKING and len(part) > 1]
    alone = len(text) == 1 and not said
    return Concept(
        text, ((span[0], LONE if len(text) == 1 and said else 1.0), *others, *inside), weight=LONE if alone else 1.0
    )


def _terms(folded: str) -> Iterator[Concept]:
    """Terms of several words, the longest at each place, for what else they are called."""
    known, lengths = _index(), _lengths()
    at = 0
    while at < len(folded):
        possible = (n for n in lengths.get(folded[at : at + 2], ()) if n <= len(folded) - at)
        length = next((n for n in possible if folded[at : at + n] in known), 0)
        if length:
            term = folded[at : at + length]
            if len(_whole_words(term_spans(term))) > 1:
                yield Concept(term, ((term, 1.0), *known[term]), weight=0.5)
        at += max(1, length)


def _whole_words(spans: list[Span]) -> list[tuple[Span, list[str]]]:
    """Words that stand inside no other, each with the words inside it."""
    whole: list[tuple[Span, list[str]]] = []
    for span in sorted(spans, key=lambda s: (s[1], -s[2])):
        if whole and span[2] <= whole[-1][0][2]:
            whole[-1][1].append(span[0])
        else:
            whole.append((span, []))
    return whole


def _same(word: str) -> tuple[tuple[str, float], ...]:
    return _index().get(word, ())


@cache
def _said() -> dict[str, tuple[str, ...]]:
    return {group[0]: group[1:] for group in word_groups("colloquial_zh.tsv")}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the terms that begin with two characters are, the longest first."""
    found: dict[str, set[int]] = {}
    for term in _index():
        if 2 < len(term) <= LONGEST_TERM:
            found.setdefault(term[:2], set()).add(len(term))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


@cache
def _index() -> dict[str, tuple[tuple[str, float], ...]]:
    """Each known word with what else it is called."""
    found: dict[str, dict[str, float]] = {}
    groups = chain(
        ((group, SYNONYM) for group in synonyms()),
        ((term.names_zh, GLOSSARY) for term in glossary() if term.kind != "place"),
    )
    for group, weight in groups:
        names = [fold(name) for name in group]
        for name in names:
            others = found.setdefault(name, {})
            for other in names:
                if other != name:
                    others.setdefault(other, weight)
    return {name: tuple(list(others.items())[:MOST_SYNONYMS]) for name, others in found.items()}
