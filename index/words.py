"""Cuts text into the terms that are posted and asked for.

Everything happens on the folded text, in which each character stands where it stood. Latin words and figures are found
by pattern; runs of Chinese characters go to jieba in search mode, which gives the words inside words too, so that
处理 finds 待处理. rjieba, where it is installed, cuts such runs the same way, twelve times as fast (a test compares).
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata
from importlib.util import find_spec

from corpus.fold import fold

Span = tuple[str, int, int]
"""A term with its start and end in the text it was cut from."""

Cutter = Callable[[str], list[Span]]

RULES = "1"
"""Changes whenever the rules of this file would cut something otherwise; part of `tokenizer_fingerprint`."""

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


def terms(text: str) -> list[str]:
    """The terms of a text in the order they stand; a word inside a word stands before it."""
    return [term for term, _, _ in term_spans(text)]


def term_spans(text: str) -> list[Span]:
    """As `terms`, each with its start and end in `text`."""
    folded = fold(text)
    return [span for match in TOKEN.finditer(folded) for span in _spans(match)]


@cache
def tokenizer_fingerprint() -> str:
    """Hexadecimal hash of everything that decides how text is cut: equal fingerprints give equal terms."""
    parts = (RULES, metadata.version("jieba"), fold("變〇Ａ"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _spans(match: re.Match[str]) -> Iterator[Span]:
    start, found = match.start(), match.group()
    if match.lastgroup == "chinese":
        yield from ((term, start + begin, start + end) for term, begin, end in _cutter()(found))
    elif match.lastgroup == "figure":
        yield from _figure(found, start)
    else:
        yield from _parted(found, start)


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
    return _fast() if find_spec("rjieba") else _reference()


def _fast() -> Cutter:
    from rjieba import Jieba

    tokenize = Jieba().tokenize
    return lambda run: tokenize(run, mode="search")


def _reference() -> Cutter:
    import jieba  # type: ignore[import-untyped]  # it has no annotations

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    return lambda run: list(tokenizer.tokenize(run, mode="search"))
