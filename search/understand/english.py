"""English words: cut, reduced to the form that the lexicon lists, and told apart from function words."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from search.understand.wordlists import word_set

_WORD = re.compile(r"\d+(?:[.,]\d+)*(?:[a-z]+\b|\+[a-z\d]+)?|[a-z]+(?:['-][a-z]+)*")
_SIBILANT = re.compile(r"(?:ss|sh|ch|x|z)es$")

FUNCTION_WORDS = word_set("function_words_en.txt")
"""Words that carry no subject: articles, prepositions, auxiliaries, question words, and how one asks."""

_IRREGULAR = {
    "held": "hold", "won": "win", "taught": "teach", "built": "build", "took": "take", "taken": "take", "gave": "give",
    "given": "give", "got": "get", "made": "make", "spent": "spend", "sent": "send", "led": "lead", "grew": "grow",
    "grown": "grow", "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "began": "begin",
    "begun": "begin", "became": "become", "ran": "run", "paid": "pay", "bought": "buy", "brought": "bring",
    "found": "find", "met": "meet", "set": "set", "kept": "keep", "left": "leave", "men": "man", "women": "woman",
    "children": "child", "people": "people", "went": "go", "gone": "go", "came": "come", "chose": "choose",
    "chosen": "choose", "written": "write", "wrote": "write", "drew": "draw", "drawn": "draw", "bodies": "body",
    "bases": "base", "criteria": "criterion", "curricula": "curriculum", "curriculums": "curriculum",
}  # fmt: skip


def words(text: str) -> list[str]:
    """Lower-case words of folded text in order, hyphens and apostrophes inside them kept."""
    return _WORD.findall(text)


@lru_cache(maxsize=16_384)
def singular(word: str) -> str:
    """A noun without its plural or possessive ending; the form in which the lexicon lists words."""
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and _SIBILANT.search(word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=8192)
def forms(word: str) -> tuple[str, ...]:
    """The word and what it may be a form of, likeliest first: "trained" gives trained, train."""
    found = [word, singular(word)]
    if word in _IRREGULAR:
        found.append(_IRREGULAR[word])
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            found += [stem + "e", stem] if ending == "ing" else [stem, stem + "e"]
            if stem[-1] == stem[-2]:
                found.append(stem[:-1])
    if word.endswith("ied") and len(word) > 4:
        found.append(word[:-3] + "y")
    found += _spellings(found)
    return tuple(dict.fromkeys(found))


def known_form(word: str, known: Container[str]) -> str | None:
    """The first of a word's forms that is known, None if none is."""
    return next((form for form in forms(word) if form in known), None)


_BRITISH = (
    ("our", "or"),
    ("isation", "ization"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("tre", "ter"),
    ("ogramme", "ogram"),
    ("ality", "alty"),
)


def _spellings(found: list[str]) -> list[str]:
    """British words as Americans write them, and the reverse."""
    swaps = [*_BRITISH, *((american, british) for british, american in _BRITISH)]
    spelled = [form.replace(old, new) for form in found for old, new in swaps if old in form[1:]]
    doubled = [re.sub(r"ll(?=(?:ed|ing|er)$)", "l", form) for form in found]
    enrol = [form + "l" for form in found if form.endswith(("rol", "fil", "stal"))]
    return [form for form in [*spelled, *doubled, *enrol] if form not in found]
