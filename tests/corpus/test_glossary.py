"""The glossary's data keep the promises that expansion relies on."""

import re
from collections import Counter
from typing import get_args

from corpus.glossary import TermKind, glossary, synonyms

HAN = re.compile("[\u4e00-\u9fff]")


def test_every_term_is_there_once() -> None:
    """No Chinese name has two entries, and the glossary is as large as it is said to be."""
    assert max(Counter(term.zh for term in glossary()).values()) == 1
    assert len(glossary()) > 3400


def test_sides_are_not_mixed_up() -> None:
    """Chinese names hold Han characters or are known abbreviations; English names hold none."""
    for term in glossary():
        assert HAN.search(term.zh) or term.zh.isascii()
        assert term.en.strip() == term.en != ""
        assert not any(HAN.search(name) for name in term.names_en)


def test_aliases_are_other_names() -> None:
    """An alias is neither empty nor the name itself nor given twice."""
    for term in glossary():
        assert len(set(term.names_zh)) == len(term.names_zh)
        assert len({name.lower() for name in term.names_en}) == len(term.names_en)
        assert "" not in term.names_zh + term.names_en


def test_kinds_are_known() -> None:
    """Every kind of the type occurs, and no other."""
    assert {term.kind for term in glossary()} == set(get_args(TermKind))


def test_synonyms_are_groups() -> None:
    """A group has two words or more, and a word stands in one group only, so expansion is symmetric."""
    words = [word for group in synonyms() for word in group]
    assert all(len(group) > 1 for group in synonyms())
    assert len(set(words)) == len(words)
    assert all(word.strip() == word != "" for word in words)
