"""Places of China: their names and parents, and where a text speaks of them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from corpus.fold import fold
from corpus.records import Region
from corpus.wordfinder import WordFinder

PlaceLevel = Literal["province", "city", "county"]

_DATA = Path(__file__).parent / "data"
_PEOPLES = (
    "(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土"
    "|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各)族"
)
_AUTONOMOUS = re.compile(
    rf"(?:(?:{_PEOPLES})+(?:自治[区州县旗]|区)|(?:维吾尔|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)自治[区州县])$"
)
_LAST = re.compile(r"[省市区县旗盟]$")
_SUFFIX = re.compile(r"(?:特别行政区|族?自治[区州县旗]|地区|林区|特区|新区|[省市区县旗盟])$")

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
_SHORTEST_LOWER_CASE = 6
"""Letters that an English name needs to be believed without capital, or as a county without "County" behind it."""


@dataclass(frozen=True, slots=True)
class Locality:
    """A place with its names; `english` is empty where the pinyin of the short name serves."""

    region: Region
    level: PlaceLevel
    name: str
    short: str
    """Name without 市, 区, 县 and the like; the full name where that would leave one character or none."""
    english: tuple[str, ...] = ()
    historic: bool = False


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
    folded = fold(text)
    chains = _chains(folded, _occurrences(folded))
    said = {name for options, _, _ in chains if len(options) == 1 for name in options[0].region.names}
    mentions = [_mention([place.region for place in _fitting(o, said)], start, end) for o, start, end in chains]
    return sorted(mentions + list(_english_mentions(text)), key=lambda mention: mention.start)


def resolve(name: str) -> tuple[Region, ...]:
    """The places that a full, short, pinyin or English name can mean, widest first; () if none."""
    if name.isascii() or _LATIN.match(name):
        return _resolve_english(_LATIN.findall(name))
    found = _by_chinese_name().get(fold(name).replace(" ", ""))
    if found:
        return tuple(place.region for place in found)
    whole = [m for m in find_regions(name) if (m.start, m.end) == (0, len(name))]
    return whole[0].candidates or (whole[0].region,) if whole else ()


@cache
def localities() -> tuple[Locality, ...]:
    """All places of data/regions.txt, parents before children."""
    found: list[Locality] = []
    province = ""
    for line in (_DATA / "regions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            province, _, english = line.strip("[]").partition(" ")
            found.append(_locality(Region(province), f"{province}={english}"))
        elif line and not line.startswith("#"):
            found += _prefecture(province, line)
    return tuple(found)


def english_names(name: str) -> tuple[str, ...]:
    """English and pinyin names of the places that a full or short Chinese name can mean; () if it means none."""
    places = _by_chinese_name().get(fold(name), ())
    return tuple(dict.fromkeys(english for place in places for english in _english_of(place)))


def short_name(name: str) -> str:
    """A place's name without its suffix (杭州市 → 杭州, 阿坝藏族羌族自治州 → 阿坝), never under two characters."""
    for pattern in (_AUTONOMOUS, _SUFFIX, _LAST):
        short = pattern.sub("", name)
        if short != name and len(short) > 1:
            return short
    return name


# ── the data files ───────────────────────────────────────────────────────────────────────────────────


def _prefecture(province: str, line: str) -> Iterator[Locality]:
    first, *counties = line.split(" ")
    city = None if first == "-" else first.partition("=")[0]
    if city is not None:
        yield _locality(Region(province, city), first)
    for entry in counties:
        yield _locality(Region(province, city, entry.partition("=")[0].removeprefix("†")), entry)


def _locality(region: Region, entry: str) -> Locality:
    english = entry.partition("=")[2].replace("_", " ")
    name = region.names[-1]
    return Locality(
        region=region,
        level="county" if region.county else "city" if region.city else "province",
        name=name,
        short=short_name(name),
        english=tuple(english.split(",")) if english else (),
        historic=entry.startswith("†"),
    )


@cache
def _traps() -> dict[str, frozenset[str]]:
    """The words of data/region_traps.txt by section: "never", "ordinary" and "longer"."""
    text = (_DATA / "region_traps.txt").read_text(encoding="utf-8")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    sections = (section.split("]") for section in body.split("[")[1:])
    return {name: frozenset(words.split()) for name, words in sections}


@cache
def _by_chinese_name() -> dict[str, tuple[Locality, ...]]:
    """Folded full and short names; where a short name is shared, a province hides all others, a city the counties."""
    full: dict[str, list[Locality]] = {}
    short: dict[str, list[Locality]] = {}
    for place in localities():
        full.setdefault(fold(place.name), []).append(place)
        if place.short not in _traps()["never"]:
            short.setdefault(fold(place.short), []).append(place)
    short |= {"内蒙": short["内蒙古"]}
    ranked = {name: _widest(places) for name, places in short.items()}
    ordinary = _traps()["ordinary"]
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
    return WordFinder(_traps()["longer"] | _by_chinese_name().keys())


def _occurrences(text: str) -> Iterator[tuple[str, int, int]]:
    """Names in a folded text, leftmost and longest first, without those that a longer word explains."""
    longer = _traps()["longer"]
    found = [(text[start:end], start, end) for start, end in _finder().occurrences(text)]
    traps = sorted((start, end) for word, start, end in found if word in longer)
    free = sorted(
        ((w, s, e) for w, s, e in found if w not in longer and not _is_explained(s, e, traps)),
        key=lambda item: (item[1], -item[2]),
    )
    reached = 0
    for word, start, end in free:
        if start >= reached:
            yield word, start, end
            reached = end


def _is_explained(start: int, end: int, traps: Sequence[tuple[int, int]]) -> bool:
    """Whether a trap overlaps a name without lying inside it; `traps` are sorted."""
    near = traps[bisect_left(traps, (start - _LONGEST_TRAP, 0)) : bisect_left(traps, (end, 0))]
    return any(start < trap_end and not (start <= trap_start and trap_end <= end) for trap_start, trap_end in near)


def _chains(text: str, occurrences: Iterable[tuple[str, int, int]]) -> list[_Chain]:
    """Names that follow each other from the wider to the narrower place, joined."""
    ordinary, names = _traps()["ordinary"], _by_chinese_name()
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


# ── pinyin and English names ─────────────────────────────────────────────────────────────────────────


@cache
def _by_english_key() -> dict[str, tuple[Locality, ...]]:
    found: dict[str, list[Locality]] = {}
    for place in localities():
        for key in {_key(name) for name in _english_of(place)}:
            found.setdefault(key, []).append(place)
    return {key: tuple(places) for key, places in found.items()}


def _english_of(place: Locality) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return place.english or ("".join(lazy_pinyin(place.short)).capitalize(),)


def _key(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if c.isalpha())


def _resolve_english(words: Sequence[str]) -> tuple[Region, ...]:
    ending = ""
    rest = [word for word in words if word.casefold() not in {"the", "autonomous", "new"} or len(words) == 1]
    if len(rest) > 1 and rest[-1].casefold() in _ENDINGS:
        ending = _ENDINGS[rest.pop().casefold()]
    places = _by_english_key().get(_key("".join(rest)), ()) or _by_english_key().get(_key("".join(words)), ())
    return tuple(place.region for place in places if place.name.endswith(ending))


def _english_mentions(text: str) -> Iterator[RegionMention]:
    words = [(m[0], m.start(), m.end()) for m in _LATIN.finditer(text)]
    at = 0
    while at < len(words):
        taken = next((n for n in range(min(4, len(words) - at), 0, -1) if _believable(words[at : at + n], text)), 0)
        if taken:
            regions = _resolve_english([word for word, _, _ in words[at : at + taken]])
            yield _mention(regions, words[at][1], words[at + taken - 1][2])
        at += taken or 1


def _believable(words: Sequence[tuple[str, int, int]], text: str) -> bool:
    spaced = all(text[a[2] : b[1]].isspace() for a, b in pairwise(words))
    regions = _resolve_english([word for word, _, _ in words]) if spaced else ()
    if not regions:
        return False
    first, last = words[0][0], words[-1][0]
    if len(words) > 1 and last.casefold() in _ENDINGS:
        return True
    narrow = all(region.county for region in regions)
    long = sum(len(word) for word, _, _ in words) >= _SHORTEST_LOWER_CASE
    return (first[0].isupper() or long) if not narrow else (first[0].isupper() and long)
