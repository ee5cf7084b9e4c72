"""From ranked passages to an answer: citations first, or an honest "the reports don't say"."""

from __future__ import annotations

from search.answers.compose import answer

__all__ = ["answer"]
