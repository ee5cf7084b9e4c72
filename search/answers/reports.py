"""Lists whose items are the reports' own places: which provinces, cities, districts or reports say something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.fold import fold
from corpus.gazetteer import short_name
from index.records import StoredReport
from search.answers.evidence import Evidence, gather
from search.answers.grounds import weakest
from search.answers.inquiry import Inquiry, Reply
from search.answers.listed import Listed, size_fits
from search.answers.pieces import Piece, clauses
from search.answers.wording import colon
from search.records import Item

_LEVELS = (
    ("province", r"哪(?:些|几个?)(?:省|自治区|直辖市)|\bwhich (?:\S+ )?(?:provinces|regions)\b"),
    ("city", r"哪(?:些|几[个座]?)(?:城市|市(?!场|民|级))|\bwhich (?:\S+ )?cities\b"),
    ("county", r"哪(?:些|几个?)(?:区县?|县)|\bwhich (?:\S+ )?(?:districts|counties)\b"),
    ("place", r"哪(?:些|几个?)(?:地方|地区)|\bwhich (?:\S+ )?places\b"),
    ("report", r"哪(?:些|几[份个篇]?)(?:报告|年报|总结)|\bwhich (?:\S+ )?reports\b"),
)
_NEAR = 0.75
"""Share of the best sentence's words that another report's must hold for it to say the same."""
_ENOUGH = 0.6
"""The same for the clause alone."""
_ITS_OWN = 0.5
"""What such a list adds to the score of its best sentence: it is what the question asks for by name."""
_AS_SURELY, _LOOKED_AT = 0.8, 60
"""Share of what the weightiest thing is found with in the best of so many sentences that another must reach."""
_MOST, _LONGEST = 80, 260
"""Characters of a clause that is shown, and of an answer that shows them all."""


def places_that_say(inquiry: Inquiry) -> Iterator[Listed]:
    """For each report that says it, its place or name with the clause that bears it out."""
    question = fold(inquiry.query.question)
    level = next((level for level, cue in _LEVELS if re.search(cue, question)), "")
    found = list(_bearing(inquiry)) if level else []
    items = {}
    for evidence, clause in found:
        name = _name(evidence.hit.passage.report, level)
        if name and name not in items and name not in inquiry.query.names:
            text = clause.text[:_MOST].rstrip("，；。：:")
            items[name] = Item(name, text, (evidence.cite(clause),))
    if items:
        yield _listed(inquiry, found[0][0], list(items.values()))


def _bearing(inquiry: Inquiry) -> Iterator[tuple[Evidence, Piece]]:
    """The best sentence of each report that says what is asked, with the clause that does."""
    wide = gather(inquiry.query, inquiry.terms, inquiry.hits, len(inquiry.hits))
    best = max((one.grounds.own for one in wide), default=0.0)
    near = [one for one in wide if one.grounds.own >= _NEAR * best and _says(inquiry, one, wide)]
    found = [(one, clause) for one in near if (clause := _clause(inquiry, one)) is not None]
    most = max((inquiry.terms.coverage(clause.folded) for _, clause in found), default=0.0)
    seen: set[str] = set()
    for evidence, clause in found:
        report = evidence.hit.passage.report.id
        if report not in seen and inquiry.terms.coverage(clause.folded) >= _ENOUGH * most:
            seen.add(report)
            yield evidence, clause


def _says(inquiry: Inquiry, one: Evidence, all_of_them: Sequence[Evidence]) -> bool:
    """Whether a sentence holds the weightiest thing asked for about as surely as any other does."""
    terms = inquiry.terms
    pivot = max(range(len(terms.worth)), key=lambda at: terms.worth[at])
    found = [terms.found(other.sentence.folded)[pivot] for other in all_of_them[:_LOOKED_AT]]
    return terms.found(one.sentence.folded)[pivot] >= _AS_SURELY * max(found, default=0.0)


def _clause(inquiry: Inquiry, evidence: Evidence) -> Piece | None:
    """The clause with most of the question and all of its figures; None where no clause has these."""
    years = {str(year) for year in inquiry.query.years}
    figures = [number for number in inquiry.asked.numbers if number not in years]
    fitting = [
        part
        for part in clauses(evidence.sentence)
        if all(re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.])", part.folded) for figure in figures)
    ]
    return max(fitting, key=lambda part: inquiry.terms.coverage(part.folded), default=None)


def _name(report: StoredReport, level: str) -> str:
    """What an item is called: the place of the level asked for where the report says it, or the report's title."""
    meta = report.metadata
    if level == "report":
        return meta.title.value if meta.title else report.name
    region = meta.region.value if meta.region else None
    if region is None or (level == "province" and (region.city or region.county)):
        return ""
    municipality = region.province if region.province and region.province.endswith("市") else None
    found = {"province": region.province, "city": region.city or municipality, "county": region.county}
    return found.get(level, region.names[-1] if region.names else "") or ""


def _listed(inquiry: Inquiry, best: Evidence, items: Sequence[Item]) -> Listed:
    mark = colon(inquiry.query.language)
    full = "；".join(f"{item.name}{mark}{item.text}" for item in items)
    reply = Reply(
        kind="list",
        text=full if len(full) <= _LONGEST else "、".join(short_name(item.name) for item in items),
        citations=tuple(citation for item in items for citation in item.citations),
        items=tuple(items),
        grounds=weakest([best.grounds]),
    )
    return Listed(reply, best.score + _ITS_OWN + size_fits(inquiry.asked, len(items)))
