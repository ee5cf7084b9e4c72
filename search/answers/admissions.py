"""What a report itself calls its problems: the section or the paragraph in which it admits them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.fold import fold
from corpus.records import Section
from index.records import StoredPassage
from search.answers.confidence import OF_THEM
from search.answers.grounds import grounds
from search.answers.inquiry import Inquiry, Reply
from search.answers.pieces import Piece, piece, sentences
from search.answers.support import about, dated, setting, short_forms
from search.answers.terms import merge
from search.records import Citation, Hit

_TROUBLES = r"问题|困难|挑战|短板|不足|毛病|难题|弱项|弱点"
_ASKS = re.compile(
    rf"(?:哪些|什么|哪几|[哪有][一二三四五六七八两]|几)[^，。？?]{{0,8}}(?:{_TROUBLES})"
    rf"|(?:{_TROUBLES})(?:是|有|包括|在于)?(?:什么|哪)"
    r"|\b(?:what|which)\b[^?]{0,60}\b(?:problems?|challenges?|weakness(?:es)?|shortcomings?|difficult(?:y|ies))\b"
)
_OTHERWISE = re.compile(r"解决|克服|破解|攻克|战胜|为什么|怎么|\b(?:solv\w+|overc[oa]m\w+|tackl\w+|why|how)\b")
"""Asks what became of problems, not which there are."""
_TITLE = re.compile(
    rf"(?:主要|存在|面临|目前|当前|现有|办学|发展|工作|人才培养|[一二三四五六七八两]个|中|的|和|与|及|、|之处|原因|对策|措施|建议|改进"
    rf"|应对|机遇|展望|计划|方向|下一步|{_TROUBLES})+"
)
"""A heading that says nothing but that problems stand below."""
_ADMITS = re.compile(
    rf"(?:认识|看|意识)到[^。]*(?:{_TROUBLES})|(?:{_TROUBLES})[^。]*不容忽视|(?:还|仍|依然)(?:存在|面临)[^。]*(?:{_TROUBLES})"
)
_LISTS = re.compile(r"主要[是有]|一是|[:：]")
_CALLED = "问题、困难、短板"
"""What the answer is, in the words of questions: it need not say so itself."""
_LONGEST = 380
"""Characters of an answer."""
_SHARE = 0.4
"""Share of what the best sentence holds of the question that the problems must hold: else others are asked for."""


def admitted(inquiry: Inquiry) -> Reply | None:
    """The problems that the report asked about names; None where the question asks for none, or it names none."""
    question = fold(inquiry.query.question)
    if not _ASKS.search(question) or _OTHERWISE.search(question):
        return None
    said = (_of_report(inquiry, hit) for hit in _of_the_subject(inquiry))
    return next((reply for reply in said if reply), None)


def _of_the_subject(inquiry: Inquiry) -> Iterator[Hit]:
    """The best hit of each report that is of the places, schools and years asked about."""
    query, seen = inquiry.query, set[str]()
    short = short_forms(query)
    for hit in inquiry.hits:
        around = setting(hit.passage)
        own = about(query.names, around.report, around, short) >= OF_THEM and dated(query.years, "", around) >= OF_THEM
        if own and hit.passage.report.id not in seen:
            seen.add(hit.passage.report.id)
            yield hit


def _of_report(inquiry: Inquiry, hit: Hit) -> Reply | None:
    text = inquiry.index.text(hit.passage.report.id)
    sections = inquiry.sections(hit.passage.report.id)
    headed = [one for one in sections if _is_of_troubles(one)]
    parts = _of_section(headed[-1], sections, text) if headed else _in_paragraphs(text)
    return _said(inquiry, hit, parts) if parts else None


def _is_of_troubles(section: Section) -> bool:
    title = fold(section.title)
    return bool(section.kind == "heading" and _TITLE.fullmatch(title) and re.search(_TROUBLES, title))


def _of_section(section: Section, sections: Sequence[Section], text: str) -> list[Piece]:
    """The section's own text as far as there is room, where it has none the headings right below."""
    own = piece(text[section.body : section.end], section.body).strip()
    if own.text:
        return _as_far(own)
    below = (one for one in sections if one.parent == section.id and one.title)
    return [piece(one.title, at) for one in below if (at := text.find(one.title, one.start, one.end)) >= 0]


def _in_paragraphs(text: str) -> list[Piece]:
    """The paragraph that admits problems and goes on to name them, from where it does."""
    for line in re.finditer(r"[^\n]+", text):
        folded = fold(line.group())
        found = _ADMITS.search(folded)
        if found and _LISTS.search(folded, found.start()):
            whole = piece(line.group(), line.start())
            start = next(part.start for part in sentences(whole) if part.end > line.start() + found.start())
            return _as_far(whole.part(start - whole.start, len(whole.text)))
    return []


def _as_far(whole: Piece) -> list[Piece]:
    """The first sentences of a text, as many as there is room for, as one piece."""
    ends = [part.end - whole.start for part in sentences(whole)]
    return [whole.part(0, max((end for end in ends if end <= _LONGEST), default=_LONGEST))]


def _said(inquiry: Inquiry, hit: Hit, parts: Sequence[Piece]) -> Reply | None:
    terms, around = inquiry.terms, setting(hit.passage)
    text = "；".join(part.text for part in parts)
    own = terms.found(fold(f"{text}\n{_CALLED}"))
    why = grounds(terms, own, merge(own, terms.found(around.known)))
    if why.own < _SHARE * max((one.grounds.own for one in inquiry.evidence[:3]), default=0.0):
        return None
    passages = inquiry.index.passages(inquiry.index.rows_of(hit.passage.report.id))
    return Reply("text", text, tuple(_cite(hit, passages, part) for part in parts), why)


def _cite(hit: Hit, passages: Sequence[StoredPassage], part: Piece) -> Citation:
    """A citation by the passage of the report that the part stands in."""
    inside = next((one.id for one in passages if one.start <= part.start < one.end), hit.passage.id)
    return Citation(inside, hit.passage.report.id, part.start, part.end, part.text)
