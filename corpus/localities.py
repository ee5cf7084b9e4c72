"""The places of China with their names, as data/regions.txt and data/region_traps.txt have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from corpus.records import Region

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


_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,3}?[市县区旗](?=[\u4e00-\u9fff\d（(]|$)")
_NO_PLACE = re.compile(
    r".*(?:[全本我各该两三多城都超门股早夜校社园小灾景地林牧矿郊市辖片教街厂属跨]|试验|开发|高新|示范|自治|保护)[市区县旗]"
)


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


@lru_cache(maxsize=8192)
def short_name(name: str) -> str:
    """A place's name without its suffix (杭州市 → 杭州, 阿坝藏族羌族自治州 → 阿坝), never under two characters."""
    for pattern in (_AUTONOMOUS, _SUFFIX, _LAST):
        short = pattern.sub("", name)
        if short != name and len(short) > 1:
            return short
    return name


def unknown_places(text: str) -> tuple[str, ...]:
    """Names with which a text begins that look like those of a city, county or district, one in the other.

    For places that no gazetteer knows; 全市, 校区, 开发区 and the like are none.
    """
    found: list[str] = []
    at = 0
    while len(found) < 2 and (match := _UNKNOWN.match(text, at)) and not _NO_PLACE.fullmatch(match[0]):
        if found and match[0].endswith("市"):
            break
        found.append(match[0])
        at = match.end()
    return tuple(found)


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
def traps() -> dict[str, frozenset[str]]:
    """The words of data/region_traps.txt by section: "never", "ordinary" and "longer"."""
    text = (_DATA / "region_traps.txt").read_text(encoding="utf-8")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    sections = (section.split("]") for section in body.split("[")[1:])
    return {name: frozenset(words.split()) for name, words in sections}
