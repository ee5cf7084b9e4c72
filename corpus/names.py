"""Which names mean the same school or company, within a report and across all of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from corpus.companies import CompanyName, parse_company, same_company
from corpus.english_names import WORD, has_school_word, name_keys, phrase_key, phrases, wanted_family
from corpus.mentions import Mention, NameKind, find_names
from corpus.schools import SHORT_TYPES, SchoolName, abbreviates, family, parse_school, same_school

__all__ = ["Entry", "Mention", "Register", "Sighting", "find_names", "sightings"]

_DECLARED = re.compile(
    r"[（(]\s*(?:以下)?(?:统一)?简称[:：为]?\s*[“\"「]?(?P<alias>[\u4e00-\u9fff]{2,10})[”\"」]?\s*[)）]"
)
_SEVERAL = re.compile(r"[（(]\s*以下分别简称\s*(?P<aliases>(?:[“\"「][\u4e00-\u9fff]{2,10}[”\"」][、和]?)+)\s*[)）]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_DECLARED_REACH = 12
"""Characters that may stand between a full name and the bracket that shortens it."""
_OWN_NAME_REACH = 400
"""Characters from the top of a report in which a school's own report names it."""
_NO_OWN_SHORT = frozenset("高中普在兼任本专公挂述履求双教技全就辞入离升内外")
"""Characters whose 职 is a word of its own: 高职, 中职, 在职."""

_Name = SchoolName | CompanyName
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name that a report uses: how often, and the full name that the report itself explains it by, if any."""

    kind: NameKind
    text: str
    count: int
    declared: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One school or company: its canonical name, all its names that occur, and the reports that name it."""

    kind: NameKind
    canonical: str
    aliases: tuple[str, ...]
    reports: tuple[int, ...]


def sightings(text: str) -> tuple[Sighting, ...]:
    """Names of schools and companies in one report, for a register over many; each name once, in order of first use."""
    mentions = [m for m in find_names(text) if m.kind in ("school", "company")]
    declared = dict(_declared(text, mentions))
    counts = Counter((m.kind, m.text) for m in mentions)
    own = _own_school(mentions)
    short = _own_short(own, text) if own else ""
    if short:
        declared[short] = own
    found = [Sighting(kind, name, count, declared.pop(name, "")) for (kind, name), count in counts.items()]
    kinds = {name: kind for kind, name in counts}
    return (*found, *(Sighting(kinds[full], alias, text.count(alias), full) for alias, full in declared.items()))


def _declared(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Short names that a report introduces in brackets behind the full ones."""
    for match in _DECLARED.finditer(text):
        full = [m for m in mentions if match.start() - _DECLARED_REACH <= m.end <= match.start()]
        if full and full[-1].text != match["alias"]:
            yield match["alias"], full[-1].text
    for match in _SEVERAL.finditer(text):
        aliases = _HAN.findall(match["aliases"])
        aliases = [alias for alias in aliases if alias != "和"]
        fulls = [m.text for m in mentions if m.end <= match.start()][-len(aliases) :]
        if len(fulls) == len(aliases):
            yield from zip(aliases, fulls, strict=True)


def _own_school(mentions: Sequence[Mention]) -> str:
    """The school whose report it is: the only one named by its full name at the top."""
    top = {m.text for m in mentions if m.kind == "school" and m.end <= _OWN_NAME_REACH}
    full = {name for name in top if not name.endswith(SHORT_TYPES)}
    return full.pop() if len(full) == 1 else ""


def _own_short(own: str, text: str) -> str:
    """柳职 for 柳市职业技术学校: how a school's own report calls it, if it does."""
    name = parse_school(own)
    body = name.core or (name.places[-1] if name.places else "") if name else ""
    if not body or body[0] in _NO_OWN_SHORT:
        return ""
    used = re.search(rf"{body[0]}职(?![业工称责教员务场位能级生院校高中])", text)
    return used[0] if used else ""


class Register:
    """Names of schools and companies over many reports; reports are counted from 0 in the order they were given.

    A false merger is worse than a missed one: a short form that two schools could share means neither, but within a
    report that names only one of them, that one. `entries` is all there is to store.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._by_name: dict[str, list[Entry]] = defaultdict(list)
        self._finder: _Finder[Entry] = _Finder()
        self._by_key: dict[str, list[tuple[SchoolName, Entry]]] = {}
        self._loose: dict[str, NameKind] = {}
        for entry in self.entries:
            for alias in entry.aliases:
                self._by_name[alias].append(entry)
                if not _shows_itself(alias):
                    self._loose[alias] = entry.kind
            if name := _parse(entry.canonical):
                self._finder.add(name, entry)

    @classmethod
    def build(cls, texts: Iterable[str]) -> Register:
        """A register of the names in these canonical texts."""
        return cls.from_sightings(sightings(text) for text in texts)

    @classmethod
    def from_sightings(cls, reports: Iterable[Sequence[Sighting]]) -> Register:
        """A register of names collected from each report by `sightings`."""
        return cls(_entries([tuple(report) for report in reports]))

    def resolve(self, short: str, *, report: int | None = None) -> str | None:
        """The canonical name that a name means; None if it is unknown or could be one of several.

        `report` prefers what that report names. Forms that occur nowhere (中策职业学校) resolve by their parts.
        """
        found = self._by_name.get(short, [])
        if not found and (name := _parse(short)):
            found = self._finder.find(name)
        if len(found) > 1 and report is not None:
            found = [entry for entry in found if report in entry.reports]
        return found[0].canonical if len(found) == 1 else None

    def aliases(self, canonical: str) -> tuple[str, ...]:
        """All names that occur of a school or company, the canonical one first; () if there is none of this name."""
        return next((entry.aliases for entry in self._by_name.get(canonical, []) if entry.canonical == canonical), ())

    def mentions(self, text: str, *, report: int | None = None) -> list[Mention]:
        """The names in a text, in order, with their canonical forms.

        To those of `find_names` come short forms that only this register knows, and English names of one school.
        """
        found = find_names(text)
        for alias, kind in self._loose.items():
            found += [Mention(kind, alias, at, at + len(alias)) for at in _occurrences(text, alias)]
        named = [replace(m, canonical=self.resolve(m.text, report=report) or "") for m in _longest(found)]
        schools = self._english_mentions(text) if WORD.search(text) else ()
        return _longest([*schools, *named])

    def resolve_english(self, phrase: str) -> tuple[str, ...]:
        """The schools that an English or pinyin phrase can mean ("Zhongce Vocational School"); () if none."""
        words = WORD.findall(phrase)
        found = self._keys().get(phrase_key(words), [])
        if not has_school_word(words):
            found = [(name, entry) for name, entry in found if name.core]
        wanted = wanted_family(words)
        exact = [(name, entry) for name, entry in found if wanted and family(name.type) == wanted]
        return tuple(entry.canonical for _, entry in exact or found)

    def _english_mentions(self, text: str) -> Iterator[Mention]:
        for start, end, words in phrases(text):
            found = self.resolve_english(" ".join(words))
            if len(found) == 1:
                yield Mention("school", text[start:end], start, end, found[0])

    def _keys(self) -> dict[str, list[tuple[SchoolName, Entry]]]:
        """Schools by the English keys of their names, made when first asked for: pinyin takes long to load."""
        if not self._by_key:
            keys: dict[str, list[tuple[SchoolName, Entry]]] = defaultdict(list)
            for entry in self.entries:
                if entry.kind == "school" and (name := parse_school(entry.canonical)):
                    for key in name_keys(name):
                        keys[key].append((name, entry))
            self._by_key = dict(keys)
        return self._by_key


# ── putting names together ───────────────────────────────────────────────────────────────────────────


class _Finder(Generic[T]):
    """Finds, for a name, what was filed under names of the same school or company."""

    def __init__(self) -> None:
        self._by_body: dict[str, list[tuple[_Name, T]]] = defaultdict(list)
        self._by_short_body: dict[str, list[tuple[_Name, T]]] = defaultdict(list)
        self._by_prefix: dict[str, list[tuple[_Name, T]]] = defaultdict(list)

    def add(self, name: _Name, item: T) -> None:
        self._by_body[name.body].append((name, item))
        for body in name.bodies:
            self._by_short_body[body].append((name, item))
        for length in range(2, len(name.core)):
            self._by_prefix[name.core[:length]].append((name, item))

    def find(self, name: _Name) -> list[T]:
        """Items of the same name in another form, else of names that it abbreviates."""
        near = list(self._by_short_body[name.body])
        for body in name.bodies:
            near += self._by_body[body]
        same = [item for other, item in near if _same(name, other)]
        if not same:
            same = [item for other, item in self._by_prefix[name.core] if _abbreviates(name, other)]
        return list({id(item): item for item in same}.values())


def _entries(reports: Sequence[Sequence[Sighting]]) -> list[Entry]:
    seen: dict[str, set[int]] = defaultdict(set)
    kinds: dict[str, NameKind] = {}
    declared: dict[str, set[str]] = defaultdict(set)
    for number, report in enumerate(reports):
        for sighting in report:
            seen[sighting.text].add(number)
            kinds[sighting.text] = sighting.kind
            if sighting.declared:
                declared[sighting.text].add(sighting.declared)
    groups = _grouped(name for name in seen if name not in declared)
    owner = {name: group for group in groups for name in group}
    for alias, fulls in declared.items():
        for group in {id(owner[full]): owner[full] for full in fulls if full in owner}.values():
            group.append(alias)
    return [_entry(group, kinds, seen, declared) for group in groups]


def _entry(
    group: Sequence[str], kinds: Mapping[str, NameKind], seen: Mapping[str, set[int]], declared: Container[str]
) -> Entry:
    reports: set[int] = set()
    for name in group:
        if name not in declared:
            reports |= seen[name]
    return Entry(kinds[group[0]], group[0], tuple(dict.fromkeys(group)), tuple(sorted(reports)))


def _grouped(names: Iterable[str]) -> list[list[str]]:
    """Names put together that one school or company must share, the fullest of each first."""
    groups: list[list[str]] = []
    finder: _Finder[list[str]] = _Finder()
    for name in sorted(names, key=_fullness, reverse=True):
        parsed = _parse(name)
        fits = finder.find(parsed) if parsed else []
        for group in fits:
            group.append(name)
        if not fits:
            groups.append([name])
            if parsed:
                finder.add(parsed, groups[-1])
    return groups


def _fullness(name: str) -> tuple[bool, int, int, str]:
    parsed = _parse(name)
    places = len("".join(parsed.places)) if parsed else 0
    return not name.endswith(SHORT_TYPES), places, len(name), name


def _parse(name: str) -> _Name | None:
    return parse_school(name) or parse_company(name)


def _shows_itself(name: str) -> bool:
    """Whether `find_names` can see a name in a text by how it is made; 柳职 and 盐职校 must be known."""
    parsed = _parse(name)
    return parsed is not None and (bool(parsed.places) or len(parsed.core) > 1)


def _same(one: _Name, other: _Name) -> bool:
    if isinstance(one, SchoolName) and isinstance(other, SchoolName):
        return same_school(one, other)
    return isinstance(one, CompanyName) and isinstance(other, CompanyName) and same_company(one, other)


def _abbreviates(short: _Name, full: _Name) -> bool:
    return isinstance(short, SchoolName) and isinstance(full, SchoolName) and abbreviates(short, full)


def _occurrences(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions in order, of overlapping ones the first and longest."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
