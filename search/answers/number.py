"""A figure with its unit, and the clause it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.answers.asked import Asked
from search.answers.evidence import Evidence, Terms
from search.answers.pieces import Piece, clauses
from search.answers.values import Value, values

_SENTENCES = 12
_COUNTED = frozenset({"people", "things", "none", "time", "ratio"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be the answer; `clause` holds it, `score` is comparable within one question."""

    value: Value
    clause: Piece
    evidence: Evidence
    score: float


def figures(asked: Asked, terms: Terms, evidence: Sequence[Evidence], years: Sequence[int]) -> list[Figure]:
    """The figures of the best sentences, best first."""
    found = [figure for sentence in evidence[:_SENTENCES] for figure in _of_sentence(asked, terms, sentence, years)]
    return sorted(found, key=lambda figure: -figure.score)


def _of_sentence(asked: Asked, terms: Terms, evidence: Evidence, years: Sequence[int]) -> list[Figure]:
    result = []
    year_before = ""
    for clause in clauses(evidence.sentence):
        coverage = terms.coverage(clause.folded)
        for value in values(clause.folded):
            if value.kind == "date":
                if found := re.match(r"(?:19|20)\d\d", value.text):
                    year_before = found.group()
                continue
            fit = _fit(asked, value)
            if fit is None:
                continue
            near = terms.coverage(_around(clause.folded, value))
            right_year = 0.0 if not (years and year_before) else 0.15 if int(year_before) in years else -0.3
            score = evidence.score + 0.6 * coverage + 0.6 * near + 0.2 * fit + right_year
            result.append(Figure(value, clause, evidence, score))
    return result


def _fit(asked: Asked, value: Value) -> float | None:
    """How well a figure's unit suits the question, 0 to 1; None: it can't be the answer."""
    plain = value.text.rstrip("".join({value.unit}))
    if plain in asked.numbers and not value.unit:
        return None
    if asked.unit and value.unit == asked.unit:
        return 1.0
    if asked.kind == "none":
        return 0.0 if value.kind == "none" or value.worded else 0.4
    if value.kind == asked.kind:
        return 0.3 if value.worded else 0.8
    if asked.kind in _COUNTED and value.kind in _COUNTED and asked.kind != "ratio" and value.kind != "ratio":
        return 0.0 if asked.kind != "time" and value.kind != "time" else None
    return None


def _around(clause: str, value: Value) -> str:
    """The words that a figure belongs to: those before it up to the figure before, and a few after."""
    before = clause[: value.start]
    last = max((match.end() for match in re.finditer(r"\d[\d.%万亿]*", before)), default=0)
    after = re.match(r"[^\d，,、]{0,10}", clause[value.end :])
    return before[last:] + (after.group() if after else "")
