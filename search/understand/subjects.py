"""About whom a question asks: the places and schools it names that reports of this index are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.fold import fold
from corpus.gazetteer import find_regions, short_name
from corpus.glossary import glossary
from corpus.mentions import Mention
from corpus.records import Region
from corpus.schools import FULL_TYPES, SHORT_TYPES
from index.records import StoredReport
from search.records import Concept
from search.understand.abbreviations import abbreviated

WITHIN = 0.6
"""What a report of a district or school counts for a question about its city, beside the city's own report."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A place or school by its full name, the words that name it, and how much each report is about it."""

    field: Literal["region", "school"]
    name: str
    text: str
    start: int
    """Where it stands in the folded question."""
    reports: dict[str, float]


@dataclass(frozen=True, slots=True)
class Subjects:
    """What the reports of one index are about, by the folded names people use for it."""

    names: dict[str, tuple[tuple[Literal["region", "school"], str], ...]]
    about: dict[str, dict[str, float]]
    """Reports by full name, with how much they are about it."""
    longest_first: tuple[str, ...]
    """The names, the longest first."""

    def find(self, question: str, concepts: Sequence[Concept], named: Sequence[Mention]) -> tuple[Subject, ...]:
        """The subjects of a question in its order.

        `named` are the schools in it, known or not as the subject of a report; `concepts` bring names of places in
        the other language.
        """
        folded = fold(question)
        schools = [self._subject("school", m.canonical, m.text, m.start) for m in named if m.kind == "school"]
        found = [
            *schools,
            *self._places(question),
            *self._spelled(folded),
            *self._translated(folded, concepts),
            *self._abbreviated(folded),
        ]
        best: dict[str, Subject] = {}
        for subject in found:
            best.setdefault(subject.name, subject)
        return _outermost(best.values())

    def reports(self, names: Iterable[str]) -> dict[str, float]:
        """Reports about any of these full names, and how much each is."""
        found: dict[str, float] = {}
        for name in names:
            for report, share in self.about.get(name, {}).items():
                found[report] = max(share, found.get(report, 0.0))
        return found

    def _places(self, question: str) -> Iterable[Subject]:
        for mention in find_regions(question):
            text = question[mention.start : mention.end]
            for region in mention.candidates or (mention.region,):
                if region.names and region.names[-1] in self.about:
                    yield self._subject("region", region.names[-1], text, mention.start)

    def _spelled(self, folded: str) -> Iterable[Subject]:
        for name in self.longest_first:
            at = folded.find(name)
            if at >= 0:
                yield from (self._subject(field, full, name, at) for field, full in self.names[name])

    def _translated(self, folded: str, concepts: Sequence[Concept]) -> Iterable[Subject]:
        for concept in concepts:
            for form, _ in concept.forms:
                at = folded.find(concept.text.split(" ")[0])
                for field, full in self.names.get(form, ()):
                    yield self._subject(field, full, concept.text, max(at, 0))

    def _abbreviated(self, folded: str) -> Iterable[Subject]:
        for full, text, start in abbreviated(folded):
            if full in self.about:
                yield self._subject("region", full, text, start)

    def _subject(self, field: Literal["region", "school"], full: str, text: str, start: int) -> Subject:
        return Subject(field, full, text, start, self.about.get(full, {}))


def subjects_of(reports: Iterable[StoredReport]) -> Subjects:
    """The places and schools that the reports say they are about."""
    names: dict[str, dict[tuple[Literal["region", "school"], str], None]] = {}
    about: dict[str, dict[str, float]] = {}
    for report in reports:
        region, school = report.metadata.region, report.metadata.school
        for full, share in _regions(region.value if region else Region()):
            about.setdefault(full, {})[report.id] = share
            for name in (full, short_name(full), *_nicknames().get(full, ())):
                names.setdefault(fold(name), {})["region", full] = None
        if school is not None:
            about.setdefault(school.value, {})[report.id] = 1.0
            for name in school_names(school.value):
                names.setdefault(fold(name), {})["school", school.value] = None
    longest_first = tuple(sorted(names, key=len, reverse=True))
    return Subjects({name: tuple(fulls) for name, fulls in names.items()}, about, longest_first)


@cache
def _nicknames() -> dict[str, tuple[str, ...]]:
    """Other names of places: 申城, 八桂."""
    return {
        term.zh: tuple(name for name in term.aliases_zh if len(name) > 1) for term in glossary() if term.kind == "place"
    }


def school_names(school: str) -> tuple[str, ...]:
    """The full name of a school, the name without its place, and its bare core; a type alone is nobody's name."""
    mention = next((m for m in find_regions(school) if m.start == 0), None)
    bare = school[mention.end :] if mention else school
    whole = bare if len(bare) > 1 else school
    kind = next((kind for kind in (*FULL_TYPES, *SHORT_TYPES) if whole.endswith(kind)), "")
    core = whole.removesuffix(kind)
    return tuple(dict.fromkeys(name for name in (school, whole, core) if len(name) > 1 and name != kind))


def _regions(region: Region) -> Iterable[tuple[str, float]]:
    names = region.names
    return ((name, WITHIN ** (len(names) - place)) for place, name in enumerate(names, start=1))


def _outermost(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """In order of place; a name inside a longer one is left out."""
    kept: list[Subject] = []
    for subject in sorted(subjects, key=lambda s: (s.start, -len(s.text))):
        if not any(s.start <= subject.start and _end(subject) <= _end(s) and s.text != subject.text for s in kept):
            kept.append(subject)
    return tuple(kept)


def _end(subject: Subject) -> int:
    return subject.start + len(subject.text)
