"""Items under the name that the question's language has for them: "nursing (护理)" in an English answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from corpus.fold import fold
from corpus.glossary import glossary
from search.answers.inquiry import Reply
from search.records import Item, Language

_ROOM = 380
"""Characters of an answer with the names of its items, spaces left out, up to which English is added."""
_KIND = re.compile(r"(?:专业|证书|省|市)$")


def in_language(reply: Reply, language: Language) -> Reply:
    """The reply with its items also named in English for an English question; text and quotes stay as they are."""
    if language != "en":
        return reply
    items = tuple(replace(item, name=_both(item.name)) for item in reply.items)
    return replace(reply, items=items) if _length(reply.text, items) <= _ROOM else reply


def english_name(name: str) -> str:
    """The glossary's English for a Chinese name, "" where it has none."""
    plain = fold(name).strip('“”"《》 ')
    return _names().get(plain) or _names().get(_KIND.sub("", plain), "")


def _both(name: str) -> str:
    english = english_name(name)
    return f"{english} ({name})" if english else name


def _length(text: str, items: Sequence[Item]) -> int:
    return len("".join("".join([text, *(item.name for item in items)]).split()))


@cache
def _names() -> dict[str, str]:
    return {fold(term.zh): term.en for term in reversed(glossary())}
