"""Folds characters that searchers don't tell apart, one for one, so that every span stays true."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

REMEMBERED = 500
"""Characters of the longest text whose folded form is kept: a question folds the same passages again and again."""

_KEPT_FORMS = frozenset({"<circle>", "<super>", "<sub>", "<square>", "<fraction>"})
"""Compatibility forms that NFKC would turn into digits and so glue to a figure beside them (①2020, 10²)."""

_LOOKALIKES = {
    **dict.fromkeys("“”„‟「」﹁﹂〝〞«»", '"'),
    **dict.fromkeys("‘’‚‛『』﹃﹄‹›", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("•‧∙⋅・･", "·"),
    "〜": "~",
    "〇": "零",
}


def fold(text: str) -> str:
    """The text in the form that is searched: simplified, half width, lower case, straight quotes.

    Length is kept: `fold(text)[start:end]` folds `text[start:end]`. Folding twice changes nothing.
    Characters that only a longer string could fold (½, ㈠, İ) stay as they are.
    """
    return _remembered(text) if len(text) <= REMEMBERED else text.translate(_table())


@lru_cache(maxsize=8192)
def _remembered(text: str) -> str:
    return text.translate(_table())


class _FoldTable(dict[int, str]):
    """A translate table that fills itself: each code point is worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _fold_character(character)
        while folded != character:
            character, folded = folded, _fold_character(folded)
        self[code] = folded
        return folded


@cache
def _table() -> _FoldTable:
    return _FoldTable()


@cache
def _to_simplified() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def _fold_character(character: str) -> str:
    if character in _LOOKALIKES:
        return _LOOKALIKES[character]
    for step in (_compatible, str.lower, _simplified):
        changed = step(character)
        if len(changed) == 1:
            character = changed
    return character


def _compatible(character: str) -> str:
    if unicodedata.decomposition(character).split(" ")[0] in _KEPT_FORMS:
        return character
    return unicodedata.normalize("NFKC", character)


def _simplified(character: str) -> str:
    # A lone surrogate can't cross into opencc's C strings.
    return character if "\ud800" <= character <= "\udfff" else _to_simplified().convert(character)
