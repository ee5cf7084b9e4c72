"""Where a text speaks of places in China, and what their names mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.english_places import english_of, english_places, is_latin, resolve_english
from corpus.fold import fold
from corpus.localities import Locality, localities, short_name, traps
from corpus.records import Region
from corpus.wordfinder import WordFinder

__all__ = [
    "Locality",
    "RegionMention",
    "english_names",
    "find_regions",
    "localities",
    "resolve",
    "short_name",
]


REMEMBERED = 200
"""Characters of the longest text whose places are kept: a question is searched for them several times over."""


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A place named in `text[start:end]`.

    Where nothing in the text tells which of several `candidates` is meant (西湖区 of Hangzhou or of Nanchang), `region`
    holds what they have in common.
    """

    region: Region
    start: int
    end: int
    candidates: tuple[Region, ...] = ()


def find_regions(text: str) -> list[RegionMention]:
    """Places named in a text, in order; 浙江省杭州市西湖区 is one mention, of the narrowest place.

    Short names count (杭州, 永康), those that are ordinary words too (和平, 东方) only right behind the place they
    belong to, and a city's (大庆) where the text has its full name. Pinyin and English names count where they are
    capitalised or long.
    """
    return list(_remembered(text)) if len(text) <= REMEMBERED else _found(text)


@lru_cache(maxsize=1024)
def _remembered(text: str) -> tuple[RegionMention, ...]:
    return tuple(_found(text))


def _found(text: str) -> list[RegionMention]:
    folded = fold(text)
    chains = _chains(folded, _occurrences(folded))
    said = {name for options, _, _ in chains if len(options) == 1 for name in options[0].region.names}
    mentions = [_mention([place.region for place in _fitting(o, said)], start, end) for o, start, end in chains]
    mentions += [_mention(regions, start, end) for regions, start, end in english_places(text)]
    return sorted(mentions, key=lambda mention: mention.start)


def resolve(name: str) -> tuple[Region, ...]:
    """The places that a full, short, pinyin or English name can mean, widest first; () if none."""
    if is_latin(name):
        return resolve_english(name)
    found = _by_chinese_name().get(fold(name).replace(" ", ""))
    if found:
        return tuple(place.region for place in found)
    whole = [m for m in find_regions(name) if (m.start, m.end) == (0, len(name))]
    return whole[0].candidates or (whole[0].region,) if whole else ()


def english_names(name: str) -> tuple[str, ...]:
    """English and pinyin names of the places that a full or short Chinese name can mean; () if it means none."""
    places = _by_chinese_name().get(fold(name), ())
    return tuple(dict.fromkeys(english for place in places for english in english_of(place)))


# ── names ───────────────────────────────────────────────────────────────────────────────────────────


@cache
def _by_chinese_name() -> dict[str, tuple[Locality, ...]]:
    """Folded full and short names; where a short name is shared, a province hides all others, a city the counties."""
    full: dict[str, list[Locality]] = {}
    short: dict[str, list[Locality]] = {}
    for place in localities():
        full.setdefault(fold(place.name), []).append(place)
        if place.short not in traps()["never"]:
            short.setdefault(fold(place.short), []).append(place)
    short |= {"内蒙": short["内蒙古"]}
    ranked = {name: _widest(places) for name, places in short.items()}
    ordinary = traps()["ordinary"]
    ranked |= {name: places for name, places in short.items() if name in ordinary}
    return {name: tuple(places) for name, places in (ranked | full).items()}


def _widest(places: Sequence[Locality]) -> list[Locality]:
    order = ("province", "city", "county")
    level = min((place.level for place in places), key=order.index)
    return [place for place in places if place.level == level]


# ── Chinese names in a text ──────────────────────────────────────────────────────────────────────────

_LONGEST_TRAP = 16
_Chain = tuple[Sequence[Locality], int, int]


@cache
def _finder() -> WordFinder:
    return WordFinder(traps()["longer"] | _by_chinese_name().keys())


def _occurrences(text: str) -> Iterator[tuple[str, int, int]]:
    """Names in a folded text, leftmost and longest first, without those that a longer word explains."""
    longer = traps()["longer"]
    found = [(text[start:end], start, end) for start, end in _finder().occurrences(text)]
    covering = sorted((start, end) for word, start, end in found if word in longer)
    free = sorted(
        ((w, s, e) for w, s, e in found if w not in longer and not _is_explained(s, e, covering)),
        key=lambda item: (item[1], -item[2]),
    )
    reached = 0
    for word, start, end in free:
        if start >= reached:
            yield word, start, end
            reached = end


def _is_explained(start: int, end: int, covering: Sequence[tuple[int, int]]) -> bool:
    """Whether one of these longer words, in order, overlaps a name without lying inside it."""
    near = covering[bisect_left(covering, (start - _LONGEST_TRAP, 0)) : bisect_left(covering, (end, 0))]
    return any(start < trap_end and not (start <= trap_start and trap_end <= end) for trap_start, trap_end in near)


def _chains(text: str, occurrences: Iterable[tuple[str, int, int]]) -> list[_Chain]:
    """Names that follow each other from the wider to the narrower place, joined."""
    ordinary, names = traps()["ordinary"], _by_chinese_name()
    chains: list[_Chain] = []
    for word, start, end in occurrences:
        options: Sequence[Locality] = names[word]
        if chains and chains[-1][2] == start:
            wider, first, _ = chains[-1]
            steps = 1 if word in ordinary else 2
            within = [p for p in options if any(_is_within(p.region, w.region, steps) for w in wider)]
            if within:
                chains[-1] = (within, first, end)
                continue
        if word not in ordinary or any(place.level == "city" and place.name in text for place in options):
            chains.append((options, start, end))
    return chains


def _is_within(inner: Region, outer: Region, steps: int) -> bool:
    """Whether a place lies in another, at most so many levels below it."""
    return 0 < len(inner.names) - len(outer.names) <= steps and set(outer.names) <= set(inner.names)


def _fitting(options: Sequence[Locality], said: set[str]) -> Sequence[Locality]:
    """Those of several places whose city or province the text names elsewhere; all, if that decides nothing."""
    if len(options) == 1:
        return options
    support = [sum(name in said for name in place.region.names[:-1]) for place in options]
    return [place for place, count in zip(options, support, strict=True) if count == max(support)]


def _mention(regions: Sequence[Region], start: int, end: int) -> RegionMention:
    if len(regions) == 1:
        return RegionMention(regions[0], start, end)

    def common(pick: Callable[[Region], str | None]) -> str | None:
        values = {pick(region) for region in regions}
        return values.pop() if len(values) == 1 else None

    shared = Region(common(lambda r: r.province), common(lambda r: r.city), common(lambda r: r.county))
    return RegionMention(shared, start, end, tuple(regions))
