"""What can go wrong in the recipe."""

from __future__ import annotations

from corpus.errors import WenbaoError


class RecipeError(WenbaoError):
    """Data, settings or a checkpoint aren't what a step of the recipe needs."""
