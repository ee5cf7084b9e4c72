"""Failures of a language model; they never reach a user as failures, the extractive answer stands in."""

from __future__ import annotations

from corpus.errors import WenbaoError
from search.generate.endpoint import Cause


class ModelError(WenbaoError):
    """A language model can't be reached, or its reply can't be used; `cause` says which."""

    def __init__(self, cause: Cause, message: str, remedy: str) -> None:
        super().__init__(message, remedy, code=cause)
        self.cause: Cause = cause
