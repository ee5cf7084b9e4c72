"""What is kept of what a language model writes."""

from __future__ import annotations

from dataclasses import dataclass

from search.generate.endpoint import Cause
from search.records import Citation, Language


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
