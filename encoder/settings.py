"""The settings of the recipe, read from TOML and checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from encoder.errors import RecipeError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PrepareSettings:
    """What is taken of each source."""

    seed: int
    comprehension: tuple[str, ...]
    twins: dict[str, int]
    """Parallel file to the paragraphs taken of it."""
    crops: dict[str, int]
    """File of running text to the passages taken of it."""
    clozes: dict[str, int]
    """File of running text to the passages of it that are asked for with their own sentences."""
    pairs: dict[str, int]
    """Parallel file to the pairs taken of it."""
    rough: float
    """Share of Chinese questions that are also asked in rough English."""
    swapped: float
    """Share of the passages with questions or clozes that come once more, several times, with other names in them."""
    longest: int
    """Characters of a sentence, at most."""


@dataclass(frozen=True, slots=True)
class TokenizerSettings:
    """The vocabulary, and the model whose body and rows the student starts with."""

    teacher: str
    """Folder of an English sentence-transformers model, or an installed package that carries one."""
    pieces: int
    lines: int
    """Lines of both languages that the vocabulary is trained on."""
    positions: int
    """Longest text in pieces."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long and how fast a stage learns."""

    seed: int
    steps: int
    warmup: int
    """First steps, over which the rate rises."""
    cooldown: int
    """Last steps, over which it falls to nothing."""
    rate: float
    """AdamW's rate for the layers."""
    row_rate: float
    """The same for the embedding's rows: a row is met rarely."""
    average: float
    """Decay of the moving average of the weights, a step."""
    minutes: float
    """Time between two checkpoints."""
    threads: int


@dataclass(frozen=True, slots=True)
class DistilSettings:
    """The stage that brings Chinese to where the teacher puts the English."""

    pace: Pace
    start: str
    """Model folder it starts from."""
    pairs: int
    """Sentence pairs in a batch."""
    pieces: int
    """Longest sentence."""
    english: float
    """Share of the English sentences that the student sees as well."""
    temperature: float


@dataclass(frozen=True, slots=True)
class WhitenSettings:
    """How far the directions of the vectors are evened out."""

    seed: int
    start: str
    """Model folder that gets the map."""
    texts: int
    """Passages, as many queries, and as many sentences of both languages together that tell what is common to texts."""
    power: float
    """Of its variance by which a direction is divided: 0.5 gives all the same."""
    centre: float
    """Share of the texts' mean that is taken away."""


@dataclass(frozen=True, slots=True)
class ContrastSettings:
    """The stage of questions and passages."""

    pace: Pace
    start: str
    """Model folder it starts from."""
    frozen: int
    """Lowest layers that keep their weights, the embedding with them; with 0 everything is trained."""
    late: float
    """Share of the loss that learns from late interaction instead of from which passage was asked about."""
    temperature: float
    pieces: int
    """Longest passage."""
    batch_pieces: int
    """Pieces of the passages of one step, about."""
    parts: int
    """Draws that a step's passages come from, each of one source."""
    queries: int
    """Questions of one passage in a batch, at most."""
    cuts: float
    """Share of the places between two characters where half of the texts are cut before they are put in pieces."""
    margin: float
    """A negative that scores so much above the gold passage is taken for a false one."""
    translation: int
    """Sentence pairs of a step."""
    translation_pieces: int
    """Longest sentence of a pair."""
    mined: tuple[str, ...]
    """Sources whose neighbours are mined, "translation" for pairs; elsewhere groups of a cluster are each other's."""
    mixture: dict[str, float]
    """Source to its share of the draws."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One record a command."""

    prepare: PrepareSettings
    tokenizer: TokenizerSettings
    distil: DistilSettings
    whiten: WhitenSettings
    contrast: ContrastSettings


def load_settings(path: Path) -> Settings:
    """The settings in a TOML file.

    Raises:
        RecipeError: the file can't be read, or a setting is missing or unknown.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RecipeError(
            f"The settings in {path} can't be read: {error}", "Give a TOML file with --config."
        ) from error
    return _record(Settings, tables, path.name)


def _record(kind: type[T], table: dict[str, Any], name: str) -> T:
    """The record `kind` of a table, its own records from tables in the table."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # the callers' kinds are dataclasses
    if set(table) != known:
        wrong = ", ".join(sorted(set(table) ^ known))
        raise RecipeError(f"{name} lacks these settings or doesn't know them: {wrong}.", "Compare encoder/recipe.toml.")
    hints = get_type_hints(kind)
    return kind(**{key: _value(hints[key], value, f"{name}, {key}") for key, value in table.items()})


def _value(kind: Any, value: Any, name: str) -> Any:  # noqa: ANN401 - whatever TOML holds
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, value if isinstance(value, dict) else {}, name)
    return tuple(value) if isinstance(value, list) else value
