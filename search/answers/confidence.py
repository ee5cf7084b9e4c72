"""How sure an answer is, and what to say when it is not given."""

from __future__ import annotations

from math import exp

from search.answers.inquiry import Inquiry, Reply

ENOUGH = 0.0
"""Confidence from which an answer is given."""


def features(inquiry: Inquiry, reply: Reply) -> tuple[float, ...]:
    """What tells a right answer from a near miss, each between 0 and 1 (see `_WEIGHTS`)."""
    grounds = reply.grounds
    hits = [hit.score for hit in inquiry.hits[:5]]
    return (
        grounds.own,
        grounds.reach,
        grounds.gap,
        grounds.named,
        grounds.dated,
        max(0.0, reply.fit),
        hits[0],
        hits[0] - hits[-1],
        float(inquiry.asked.shape == "number" and reply.kind == "text"),
        float(inquiry.query.language == "en"),
    )


def of(inquiry: Inquiry, reply: Reply) -> float:
    """The probability, 0 to 1, that the hits answer the question and `reply` is the place."""
    total = sum(weight * value for weight, value in zip(_WEIGHTS, features(inquiry, reply), strict=True))
    return 1 / (1 + exp(-total - _BIAS))


_WEIGHTS = (2.0, 3.0, -3.0, 1.5, 1.0, 1.0, 1.0, 0.0, -1.0, 0.5)
_BIAS = -4.0


def silence(inquiry: Inquiry) -> str:
    """That the reports don't say."""
    return "报告中没有提到。" if inquiry.query.language == "zh" else "The reports don't say."
