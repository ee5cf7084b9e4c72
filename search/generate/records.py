"""Where a language model is, and what is kept of what it writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from search.records import Citation, Language

TIMEOUT = 60.0
"""Seconds for a whole reply: a small model on two cores writes about five words a second."""

Cause = Literal[
    "model-unreachable",
    "model-timeout",
    "model-status",
    "model-reply",
    "model-cut-off",
    "model-unsupported",
    "unanswered",
]
"""Why there is no generated answer: no connection, too slow, an HTTP error, not the protocol, half a stream, nothing
that its citations bear out, or no answer in the reports to begin with."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible chat endpoint: Ollama, vLLM, llama.cpp or a service."""

    url: str
    """Up to and with the version: http://127.0.0.1:11434/v1."""
    model: str
    key: str = field(default="", repr=False)
    timeout: float = TIMEOUT
    """Seconds that a whole reply may take."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the model without its markers, and the spans that bear it out, one or more."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Fallback:
    """Why the extractive answer stands alone."""

    cause: Cause
    message: str


@dataclass(frozen=True, slots=True)
class Generated:
    """What is kept of a reply; without sentences `fallback` says why."""

    model: str
    language: Language
    sentences: tuple[Said, ...] = ()
    dropped: int = 0
    """Sentences that their citations did not bear out."""
    fallback: Fallback | None = None

    @property
    def text(self) -> str:
        """The sentences in one."""
        return ("" if self.language == "zh" else " ").join(said.text for said in self.sentences)
