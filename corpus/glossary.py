"""Terms of the field in Chinese and English, and words that reports use for each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

TermKind = Literal["term", "major", "certificate", "org", "place", "policy", "abbr"]

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its English name; aliases serve expansion, so some are wider than the term itself."""

    zh: str
    en: str
    kind: TermKind
    aliases_zh: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()

    @property
    def names_zh(self) -> tuple[str, ...]:
        """The Chinese name, then its aliases."""
        return (self.zh, *self.aliases_zh)

    @property
    def names_en(self) -> tuple[str, ...]:
        """The English name, then its aliases."""
        return (self.en, *self.aliases_en)


@cache
def glossary() -> tuple[Term, ...]:
    """All terms of data/glossary.tsv, each Chinese name once, in the order of the file."""
    lines = (_DATA / "glossary.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(_term(line) for line in lines)


@cache
def synonyms() -> tuple[tuple[str, ...], ...]:
    """The groups of data/synonyms_zh.tsv; no word stands in two groups."""
    lines = (_DATA / "synonyms_zh.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines)


def _term(line: str) -> Term:
    zh, en, kind, aliases_zh, aliases_en = line.split("\t")
    return Term(zh, en, cast(TermKind, kind), _split(aliases_zh), _split(aliases_en))


def _split(aliases: str) -> tuple[str, ...]:
    return tuple(alias for alias in aliases.split("|") if alias)
