"""Cuts text into the terms that are posted and asked for.

Everything happens on the folded text, in which each character stands where it stood. Latin words and figures are found
by pattern. Runs of Chinese characters are cut by jieba with its dictionary, the terms of the glossary and a file of the
user's own words; then every dictionary word inside a word is given too, so that 处理 finds 待处理. The guessing of
unknown words (HMM) is off: it cuts the same name one way here and another way there.

Names of schools and companies in the reports are not taught: each new report would change how all others are cut, and
nothing is gained (120 questions: recall@5 0.978 both ways, nDCG@10 0.915 without, 0.913 with them).

rjieba, where it is installed, cuts exactly as jieba does, eleven times as fast (3.9 against 0.35 million characters
a second on one core, 0.2 against 0.7 s to load); a test compares them.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from corpus.fold import fold
from corpus.glossary import glossary, synonyms
from index.errors import IndexFault

Span = tuple[str, int, int]
"""A term with its start and end in the text it was cut from."""

RULES = "2"
"""Changes whenever the rules of this file would cut something otherwise; part of `tokenizer_fingerprint`."""

DICTIONARY_VARIABLE = "WENBAO_DICTIONARY"
"""Environment variable that names a file of the user's own words, one a line."""

TAUGHT_FREQUENCY = 1000
"""Of an added word, in jieba's dictionary of 60 million words: kept whole unless its parts are very common."""

LONGEST_TAUGHT = 12
"""Characters of the longest term that is added: longer ones are names of documents, seldom repeated in full."""

CHINESE = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々"

TOKEN = re.compile(
    rf"""
      (?P<chinese> [{CHINESE}]+ )
    | (?P<plus>    [a-z0-9]+ (?: \+ [a-z0-9]+ )+ )                       # 1+x, 7+n
    | (?P<word>    (?: \d+ (?=[^\W\d_{CHINESE}]) )? [^\W\d_{CHINESE}] [^\W_{CHINESE}]*
                   (?: ['-] [^\W_{CHINESE}]+ )* )                        # e-learning, 3d, school's
    | (?P<figure>  \d+ (?: , \d{{3}} (?!\d) )* (?: \s?\.\s? \d+ )* (?: \s? [%‰] )? )
    """,
    re.VERBOSE,
)


class Cutter(Protocol):
    """What is asked of jieba or rjieba."""

    def cut(self, run: str) -> list[str]:
        """The words of a run of Chinese characters, one after the other."""
        ...

    def knows(self, word: str) -> bool:
        """Whether a word is in the dictionary."""
        ...

    def teach(self, word: str) -> None:
        """Adds a word to the dictionary."""
        ...


def terms(text: str) -> list[str]:
    """The terms of a text in the order they stand; words inside a word stand before it."""
    return [term for term, _, _ in term_spans(text)]


@lru_cache(maxsize=65_536)
def phrase_terms(phrase: str) -> tuple[str, ...]:
    """As `terms`, remembered: the words that questions are made of come again and again."""
    return tuple(terms(phrase))


def term_spans(text: str) -> list[Span]:
    """As `terms`, each with its start and end in `text`."""
    folded = fold(text)
    return [span for match in TOKEN.finditer(folded) for span in _spans(match)]


@cache
def tokenizer_fingerprint() -> str:
    """Hexadecimal hash of everything that decides how text is cut: equal fingerprints give equal terms."""
    parts = (RULES, metadata.version("jieba"), fold("變〇Ａ"), *taught_words())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def taught_words() -> tuple[str, ...]:
    """Words of the glossary, of the synonyms and of the user's own file, folded and sorted.

    Raises:
        IndexFault: the user's file can't be read.
    """
    words = {name for term in glossary() for name in term.names_zh}
    words.update(word for group in synonyms() for word in group)
    own = os.environ.get(DICTIONARY_VARIABLE)
    if own:
        words.update(_lines(Path(own)))
    chinese = re.compile(f"[{CHINESE}]{{2,{LONGEST_TAUGHT}}}")
    return tuple(sorted(word for word in map(fold, words) if chinese.fullmatch(word)))


def _lines(path: Path) -> list[str]:
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise IndexFault(
            f"The dictionary {path} can't be read: {error}.",
            f"Let {DICTIONARY_VARIABLE} name a UTF-8 file with one word a line, or unset it.",
        ) from error


def _spans(match: re.Match[str]) -> Iterator[Span]:
    start, found = match.start(), match.group()
    if match.lastgroup == "chinese":
        yield from _chinese(found, start)
    elif match.lastgroup == "figure":
        yield from _figure(found, start)
    else:
        yield from _parted(found, start)


def _chinese(run: str, start: int) -> Iterator[Span]:
    for word in _cutter().cut(run):
        if len(word) > 2:
            yield from ((word[a:b], start + a, start + b) for a, b in _inside(word))
        yield word, start, start + len(word)
        start += len(word)


@lru_cache(maxsize=100_000)
def _inside(word: str) -> tuple[tuple[int, int], ...]:
    """Where shorter words of the dictionary stand in a word of three characters or more."""
    knows, size = _cutter().knows, len(word)
    spans = ((a, b) for b in range(2, size + 1) for a in range(b - 1) if b - a < size)
    return tuple((a, b) for a, b in spans if knows(word[a:b]))


def _figure(found: str, start: int) -> Iterator[Span]:
    """A figure without blanks and separators; what blanks may have glued together, and the bare number, come first."""
    if re.search(r"\s\.|\.\s", found):
        for part in re.finditer(r"[\d,]+", found):
            yield part.group().replace(",", ""), start + part.start(), start + part.end()
    whole = re.sub(r"[\s,]", "", found)
    if whole[-1] in "%‰":
        bare = found.rstrip("%‰").rstrip()
        yield whole[:-1], start, start + len(bare)
    yield whole, start, start + len(found)


def _parted(found: str, start: int) -> Iterator[Span]:
    """A Latin word or 1+x; its parts of two characters and more come first, a possessive s is left out."""
    found = found.removesuffix("'s")
    parts = list(re.finditer(r"[^'+-]+", found))
    if len(parts) > 1:
        long = (part for part in parts if len(part.group()) > 1)
        yield from ((part.group(), start + part.start(), start + part.end()) for part in long)
    yield found, start, start + len(found)


@cache
def _cutter() -> Cutter:
    cutter = _Fast() if find_spec("rjieba") else _Reference()
    for word in taught_words():
        if not cutter.knows(word):
            cutter.teach(word)
    return cutter


class _Fast:
    """rjieba's own instance: importing it makes one, and a second would take as long again."""

    def __init__(self) -> None:
        import rjieba

        self._jieba = rjieba
        self.knows: Callable[[str], bool] = rjieba.has_word

    def cut(self, run: str) -> list[str]:
        return self._jieba.cut(run, hmm=False)

    def teach(self, word: str) -> None:
        self._jieba.add_word(word, TAUGHT_FREQUENCY, None)


class _Reference:
    """jieba."""

    def __init__(self) -> None:
        import jieba  # type: ignore[import-untyped]  # it has no annotations

        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._jieba.initialize()

    def cut(self, run: str) -> list[str]:
        return list(self._jieba.cut(run, HMM=False))

    def knows(self, word: str) -> bool:
        return bool(self._jieba.FREQ.get(word, 0))

    def teach(self, word: str) -> None:
        self._jieba.total -= self._jieba.FREQ.get(word, 0)  # else add_word counts a word twice that was known before
        self._jieba.add_word(word, TAUGHT_FREQUENCY)
