"""What to say when the reports don't answer: that they don't, what is missing, and where the nearest passage stands."""

from __future__ import annotations

from corpus.fold import fold
from search.answers.evidence import Evidence
from search.answers.inquiry import Inquiry, Reply
from search.answers.terms import merge
from search.answers.unknown import unknown_words

_KNOWN = 0.5
"""How surely something must speak of a name or a year for it not to be missing."""
_WORDS = 2
"""Words of the question that are named as missing, at most."""
_WORTH = 0.12
"""Share of the question from which a word is worth naming: little words are not what is missing."""
_NEAR = 0.3
"""Score from which the best passage is near enough to be pointed to."""


def silence(inquiry: Inquiry, rejected: Reply | None = None) -> str:
    """One or two sentences: "报告中没有提到…" or "The reports don't mention …", and where the nearest passage stands.

    `rejected` is the best answer that was not good enough.
    """
    missing, zh = _missing(inquiry, rejected), inquiry.query.language == "zh"
    if not missing and rejected and (unmet := _unmet(inquiry, rejected)):
        said = f"报告中没有{'、'.join(unmet)}的数字。" if zh else f"The reports give no figure for {', '.join(unmet)}."
    elif zh:
        said = f"报告中没有提到{'、'.join(missing)}。" if missing else "报告中没有找到这个问题的答案。"
    else:
        said = f"The reports don't mention {', '.join(missing)}." if missing else "The reports don't say."
    place = _nearest(inquiry)
    return f"{said}{'最接近的段落：' if zh else ' Nearest passage: '}{place}" if place else said


def _missing(inquiry: Inquiry, rejected: Reply | None) -> list[str]:
    """The name, the year or the words of the question that no sentence of the hits speaks of."""
    query = inquiry.query
    if inquiry.asked.strangers:
        return [_quoted(name, inquiry) for name in inquiry.asked.strangers]
    here = [one for one in inquiry.evidence if one.grounds.named >= _KNOWN]
    if not here and query.names and not _known_in_tables(inquiry):
        return [_quoted(name, inquiry) for name in query.names]
    spoken = [one.grounds.dated for one in here] + ([rejected.grounds.dated] if rejected else [])
    if here and query.years and max(spoken) < _KNOWN:
        return _years(inquiry)
    if rejected and _unmet(inquiry, rejected):
        return []
    return [_quoted(word, inquiry) for word in [*unknown_words(query), *_lost(inquiry, here)][:_WORDS]]


def _unmet(inquiry: Inquiry, rejected: Reply) -> list[str]:
    """What the question restricts itself to and the best figure is not of: "女", "technician", "北京", 2021."""
    said = {reading.value: reading.text for reading in inquiry.query.readings}
    words = [_quoted(said.get(word, word).strip(), inquiry) for word in rejected.unmet if word]
    elsewhen = rejected.kind == "number" and rejected.grounds.dated < _KNOWN
    return words or (_years(inquiry) if elsewhen else [])


def _years(inquiry: Inquiry) -> list[str]:
    """The years that the question asks about, as the answer's language writes them."""
    return [f"{year}年" if inquiry.query.language == "zh" else str(year) for year in inquiry.query.years]


def _known_in_tables(inquiry: Inquiry) -> bool:
    """Whether a table among the hits names whom the question asks about."""
    names = [fold(name) for name in inquiry.query.names]
    return any(name in fold(hit.passage.text) for hit in inquiry.hits for name in names)


def _lost(inquiry: Inquiry, here: list[Evidence]) -> list[str]:
    """The words of some worth that no sentence about the right names holds, those of most worth first."""
    terms = inquiry.terms
    found = [terms.found(one.sentence.folded) for one in here]
    if not found:
        return []
    worth = {concept.text: share for concept, share in zip(terms.concepts, terms.worth, strict=True)}
    said = fold(" ".join(reading.text for reading in inquiry.query.readings))
    return [word for word in terms.missing(merge(*found)) if word not in said and worth[word] >= _WORTH]


def _nearest(inquiry: Inquiry) -> str:
    """Report and heading of the best passage, "" where none is near."""
    about = {one.hit.passage.id for one in inquiry.evidence if one.grounds.named >= _KNOWN}
    best = next((hit for hit in inquiry.hits if hit.passage.id in about), next(iter(inquiry.hits), None))
    if best is None or best.score < _NEAR:
        return ""
    title = best.passage.report.metadata.title
    name, path = title.value if title else best.passage.report.name, [part for part in best.passage.path if part]
    zh = inquiry.query.language == "zh"
    heading = (f"“{path[-1]}”" if zh else f' "{path[-1]}"') if path and path[-1] != name else ""
    end = "。" if zh else "."
    return f"《{name}》{heading}{end}"


def _quoted(word: str, inquiry: Inquiry) -> str:
    return f"“{word}”" if inquiry.query.language == "zh" else f'"{word}"'
