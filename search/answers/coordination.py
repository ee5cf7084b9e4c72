"""Things that a question joins by "and" or "or" and asks the same of: 副高级和正高级教师各有多少."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.fold import fold
from search.records import Query

_LINK = re.compile(
    r"\s*(?:[、]|还是|以及|和|与|跟|及|或|比(?!例|较|重)"
    r"|(?<=[a-z ])(?:and|or|versus|vs\.?|than)(?= ))\s*"
)
_GAP = re.compile(r"[\s的“”\"'-]*(?:of|the|in|for)?\s*")
_YEAR = re.compile(r"(?:19|20)\d\d年?")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def coordinated(query: Query) -> Iterator[tuple[str, ...]]:
    """For each of the things joined the words of the others; nothing where none are joined."""
    things = _things(fold(query.question), query)
    words = [{word.text for word in thing} for thing in things]
    for at, own in enumerate(words):
        others = set().union(*words[:at], *words[at + 1 :]) - own
        if others and own - set().union(*words[:at], *words[at + 1 :]):
            yield tuple(sorted(others, key=len, reverse=True))


def _things(question: str, query: Query) -> list[list[_Word]]:
    """The words of each thing: those that touch the links on either side."""
    words, links = _words(question, query), list(_LINK.finditer(question))
    if question.isascii() and len(links) > 1:
        return []
    for link in links:
        left = _run(question, list(reversed([word for word in words if word.end <= link.start()])), link.start())
        if not left:
            continue
        things, at = [left], link.end()
        longest = left[0].end - left[-1].start if len(left) > 1 else len(left[0].text)
        while right := _head(question, words, at, longest):
            things.append(right)
            following = _LINK.match(question, right[-1].end)
            if following is None:
                break
            at = following.end()
        if len(things) > 1:
            return things
    return []


def _words(question: str, query: Query) -> list[_Word]:
    """The concepts of a question that name no place, school or year, where they stand."""
    names = fold(" ".join([*query.names, *(reading.text for reading in query.readings)]))
    found, at = [], 0
    for concept in query.concepts:
        text = fold(concept.text)
        start = question.find(text, at)
        if start >= 0:
            at = start + len(text)
            if text not in names and not _YEAR.fullmatch(text):
                found.append(_Word(text, start, at))
    return found


def _run(question: str, before: Sequence[_Word], end: int) -> list[_Word]:
    """The words that end at `end` without a gap, the last one first."""
    run: list[_Word] = []
    for word in before:
        if not _GAP.fullmatch(question, word.end, end):
            break
        run.append(word)
        end = word.start
    return run


def _head(question: str, words: Sequence[_Word], start: int, longest: int) -> list[_Word]:
    """The words from `start` on, as far as the first thing is long."""
    run: list[_Word] = []
    end = start
    for word in words:
        if word.start < start:
            continue
        if not _GAP.fullmatch(question, end, word.start) or (run and word.start - start >= longest):
            break
        run.append(word)
        end = word.end
    return run
