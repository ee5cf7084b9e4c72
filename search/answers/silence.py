"""What to say when the reports don't answer: that they don't, and what is missing."""

from __future__ import annotations

from corpus.fold import fold
from search.answers.inquiry import Inquiry
from search.answers.terms import merge

_KNOWN = 0.5
"""How surely something must speak of a name or a year for it not to be missing."""
_WORDS = 2
"""Words of the question that are named as missing, at most."""


def silence(inquiry: Inquiry) -> str:
    """One sentence: "报告中没有提到…" or "The reports don't mention …"."""
    missing = _missing(inquiry)
    if inquiry.query.language == "zh":
        return f"报告中没有提到{'、'.join(missing)}。" if missing else "报告中没有找到这个问题的答案。"
    return f"The reports don't mention {', '.join(missing)}." if missing else "The reports don't say."


def _missing(inquiry: Inquiry) -> list[str]:
    """The name, the year or the words of the question that no sentence of the hits speaks of."""
    query, evidence = inquiry.query, inquiry.evidence
    if inquiry.asked.strangers:
        return [_quoted(name, inquiry) for name in inquiry.asked.strangers]
    if not any(one.grounds.named >= _KNOWN for one in evidence) and query.names:
        return [_quoted(name, inquiry) for name in query.names]
    here = [one for one in evidence if one.grounds.named >= _KNOWN]
    if not any(one.grounds.dated >= _KNOWN for one in here) and query.years:
        return [f"{year}年" if query.language == "zh" else str(year) for year in query.years]
    found = [inquiry.terms.found(one.sentence.folded) for one in here]
    lost = inquiry.terms.missing(merge(*found)) if found else ()
    said = fold(" ".join(reading.text for reading in query.readings))
    return [_quoted(word, inquiry) for word in [word for word in lost if word not in said][:_WORDS]]


def _quoted(word: str, inquiry: Inquiry) -> str:
    return f"“{word}”" if inquiry.query.language == "zh" else f'"{word}"'
