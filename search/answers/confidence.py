"""How sure an answer is, and what to say when it is not given."""

from __future__ import annotations

from math import exp

from search.answers.inquiry import Inquiry, Reply

ENOUGH = 0.0
"""Confidence from which an answer is given."""


def of(inquiry: Inquiry, reply: Reply) -> float:
    """The probability, 0 to 1, that the hits answer the question and `reply` is the place."""
    best = inquiry.hits[0].score if inquiry.hits else 0.0
    evidence = 3.0 * reply.reach + 2.0 * reply.own + 1.5 * reply.named + 1.0 * reply.dated + reply.fit + best
    return 1 / (1 + exp(4.0 - evidence))


def silence(inquiry: Inquiry) -> str:
    """That the reports don't say."""
    return "报告中没有提到。" if inquiry.query.language == "zh" else "The reports don't say."
