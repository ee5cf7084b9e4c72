"""Pinyin and English names of places: Hangzhou, Xicheng District, Inner Mongolia."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from corpus.localities import Locality, localities
from corpus.records import Region

_PINYIN = Path(__file__).parent / "data" / "region_pinyin.tsv"
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")
_ENDINGS = {
    "province": "省",
    "municipality": "市",
    "region": "区",
    "city": "市",
    "prefecture": "州",
    "league": "盟",
    "district": "区",
    "county": "县",
    "banner": "旗",
    "area": "新区",
}
"""What a place's Chinese name ends with when its English one ends with this word."""
_NO_START = frozenset({"the", "of", "in"})
_SMALLER = frozenset({"town", "township", "village", "street", "subdistrict", "road", "river", "lake", "mountain"})
"""Words behind a pinyin name that make it the name of something else than a county."""
_SHORTEST_LOWER_CASE = 6
"""Letters that an English name needs to be believed without capital, or as a county without "County" behind it."""


def is_latin(name: str) -> bool:
    """Whether a name is written in Latin letters."""
    return _LATIN.match(name) is not None


def resolve_english(name: str) -> tuple[Region, ...]:
    """The places that a pinyin or English name can mean, widest first; () if none."""
    return _resolve(tuple(_LATIN.findall(name)))


def english_places(text: str) -> Iterator[tuple[tuple[Region, ...], int, int]]:
    """Places named in Latin letters: what each can mean, start and end, in order."""
    words = [(m[0], m.start(), m.end()) for m in _LATIN.finditer(text)]
    at = 0
    while at < len(words):
        taken = next((n for n in range(min(4, len(words) - at), 0, -1) if _believable(words[at : at + n], text)), 0)
        if taken:
            regions = _resolve(tuple([word for word, _, _ in words[at : at + taken]]))
            yield regions, words[at][1], words[at + taken - 1][2]
        at += taken or 1


def english_of(place: Locality) -> tuple[str, ...]:
    """A place's English names: those of the data, else the pinyin of its short name."""
    return place.english or (_pinyin()[place.short],)


@cache
def _pinyin() -> dict[str, str]:
    """Capitalised pinyin by short name, made by benchmarks/make_pinyin.py: pypinyin's own tables take long to load."""
    lines = _PINYIN.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@cache
def _by_english_key() -> dict[str, tuple[Locality, ...]]:
    found: dict[str, list[Locality]] = {}
    for place in localities():
        for key in {_key(name) for name in english_of(place)}:
            found.setdefault(key, []).append(place)
    return {key: tuple(places) for key, places in found.items()}


@lru_cache(maxsize=16_384)
def _key(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if c.isalpha())


@lru_cache(maxsize=16_384)
def _resolve(words: tuple[str, ...]) -> tuple[Region, ...]:
    ending = ""
    rest = [word for word in words if word.casefold() not in {"the", "autonomous", "new"} or len(words) == 1]
    if len(rest) > 1 and rest[-1].casefold() in _ENDINGS:
        ending = _ENDINGS[rest.pop().casefold()]
    places = _by_english_key().get(_key("".join(rest)), ()) or _by_english_key().get(_key("".join(words)), ())
    return tuple(place.region for place in places if place.name.endswith(ending))


def _believable(words: Sequence[tuple[str, int, int]], text: str) -> bool:
    if words[0][0].casefold() in _NO_START:
        return False
    spaced = all(text[a[2] : b[1]].isspace() for a, b in pairwise(words))
    regions = _resolve(tuple([word for word, _, _ in words])) if spaced else ()
    if not regions:
        return False
    first, last = words[0][0], words[-1][0]
    if len(words) > 1 and last.casefold() in _ENDINGS:
        return True
    narrow = all(region.county for region in regions)
    behind = _LATIN.match(text, words[-1][2] + 1)
    if narrow and behind and behind[0].casefold() in _SMALLER:
        return False
    long = sum(len(word) for word, _, _ in words) >= _SHORTEST_LOWER_CASE
    return (first[0].isupper() or long) if not narrow else (first[0].isupper() and long)
