"""English asking Chinese: an English sentence, or a question made from it, and the Chinese paragraph with its twin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from encoder.altered import altered
from encoder.datafiles import columns
from encoder.records import Group, Query
from encoder.texts import clauses, packed
from index.context import encoded_text

SIZE = 300
"""Characters of a paragraph, about."""
QUERIES = 3
"""English sentences taken of a paragraph, at most."""
LONGEST = 220
"""Characters of an English sentence used as a query."""

_DUTY = re.compile(
    r"^(?:The |A |An |Any |Each |Every )?([A-Z]?[\w ,'’-]{4,70}?) (shall|must|may|should|will) (not )?([a-z]+)\b"
)
_BEING = re.compile(r"^(The |A |An )?([\w ,'’-]{4,60}?) (is|are|was|were|has|have) ")
_WORD = re.compile(r"[A-Za-z][A-Za-z-]+")
_SMALL_WORDS = """
    a an and any article as at be been by following for from had has have her his if in into is it its may must
    not of on or other paragraph preceding prescribed provided pursuant shall such than that the their these
    this those to under was were when where which who whom with accordance are also
"""
_EMPTY = frozenset(_SMALL_WORDS.split())


def twins(folder: Path, name: str, limit: int, rng: np.random.Generator) -> Iterator[Group]:
    """At most `limit` paragraphs of consecutive lines of a parallel file, drawn evenly over it."""
    rows = [row for row in columns(folder, f"{name}.tsv") if len(row) == 2]
    spans = [span for span in packed([zh for zh, _ in rows], SIZE) if span[1] - span[0] > 1]
    chosen = np.sort(rng.permutation(len(spans))[:limit])
    for number in chosen:
        start, end = spans[number]
        group = _group(name, int(number), rows[start:end], rng)
        if group.queries:
            yield group


def _group(name: str, number: int, rows: Sequence[Sequence[str]], rng: np.random.Generator) -> Group:
    passage = encoded_text("", "".join(row[0] for row in rows))[: 2 * SIZE]
    usable = [row for row in rows if 20 <= len(row[1]) <= 2 * LONGEST]
    rng.shuffle(usable)
    queries = [_english(row[1], row[0], rng) for row in usable[:QUERIES]]
    found = clauses(passage, shortest=8, longest=26)
    if found and rng.random() < 0.3:
        clause = str(rng.choice(found))
        queries.append(Query(clause, clause, altered=altered(clause, rng)))
    # Thirty paragraphs on end are about one law: neighbours are the hard negatives.
    return Group(f"twins {name}", f"{name} {number // 30}", passage, tuple(queries))


def _english(sentence: str, twin: str, rng: np.random.Generator) -> Query:
    """The sentence, its words, or a question it answers, in equal shares."""
    form = rng.random()
    text = ""
    if form < 0.4:
        text = _question(sentence, rng)
    elif form < 0.65:
        text = _words(sentence, rng)
    folded = encoded_text("", text or sentence[:LONGEST])
    return Query(folded, encoded_text("", twin), altered=altered(folded, rng))


def _question(sentence: str, rng: np.random.Generator) -> str:
    duty, being = _DUTY.match(sentence), _BEING.match(sentence)
    rest = " ".join(_keywords(sentence)[:7])
    if duty:
        subject, modal, negation, verb = duty.groups()
        forms = (
            f"What {modal} {subject} {negation or ''}{verb}?",
            f"{modal} {subject} {negation or ''}{verb}: {rest}?",
            f"When {modal} {subject} {negation or ''}{verb}?",
            f"What is said about {subject} and {rest}?",
        )
        return str(rng.choice(forms))
    if being:
        article, subject, verb = being.groups()
        about = (
            f"What {verb} {article or ''}{subject}?",
            f"What is known about {article or ''}{subject}?",
            f"{subject}: {rest}",
        )
        return str(rng.choice(about))
    return f"What about {rest}?" if rest else ""


def _words(sentence: str, rng: np.random.Generator) -> str:
    words = _keywords(sentence)
    if len(words) < 3:
        return ""
    size = int(rng.integers(3, 8))
    start = int(rng.integers(0, max(1, len(words) - size)))
    return " ".join(words[start : start + size])


def _keywords(sentence: str) -> list[str]:
    return [word for word in _WORD.findall(sentence) if word.lower() not in _EMPTY]
