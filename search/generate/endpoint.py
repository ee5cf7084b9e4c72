"""Where a language model is; imported by every command, so it imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

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
