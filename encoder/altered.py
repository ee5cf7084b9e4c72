"""A question with another year, another number or another school: so alike, and so wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from encoder.records import Query
from index.context import encoded_text

_NUMBER = re.compile(r"(?<![0-9.])[0-9]{1,9}(?:\.[0-9]{1,4})?(?![0-9])")
_YEAR = range(1900, 2100)
MOST = 2
"""Altered forms kept of one text."""


def altered(text: str, rng: np.random.Generator, *, names: Sequence[tuple[str, str]] = ()) -> tuple[str, ...]:
    """At most `MOST` forms of `text` that differ from it in one number, or in one of `names` (a name, another)."""
    forms = [text.replace(name, other) for name, other in names if name in text and other not in text]
    forms += [
        text[: match.start()] + _another(match.group(), rng) + text[match.end() :] for match in _NUMBER.finditer(text)
    ]
    unique = list(dict.fromkeys(form for form in forms if form != text))
    rng.shuffle(unique)
    return tuple(unique[:MOST])


def query_of(text: str, answer: str, rng: np.random.Generator) -> Query:
    """A query as it is encoded, with its altered forms; an answer of one character stands in too many passages."""
    folded, told = encoded_text("", text), encoded_text("", answer)
    return Query(folded, told if len(told) > 1 else "", altered=altered(folded, rng))


def _another(number: str, rng: np.random.Generator) -> str:
    if "." in number:
        whole, _, part = number.partition(".")
        return f"{_another(whole, rng)}.{part}"
    value = int(number)
    if value in _YEAR:
        return str(value + int(rng.choice([-4, -3, -2, -1, 1, 2, 3])))
    spread = max(3, value // 2)
    step = int(rng.integers(1, spread + 1)) * int(rng.choice([-1, 1]))
    return str(abs(value + step) if value + step else value + abs(step))
