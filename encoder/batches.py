"""Which texts meet in a batch: neighbours, because what is almost right teaches most."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from encoder.errors import RecipeError
from encoder.records import Group, Query

Neighbours = Sequence[Sequence[int]]
"""For each group the numbers of those most easily taken for it, nearest first."""

CHARACTERS_PER_PIECE = 1.55
"""Of Chinese passages under this tokenizer; only the sizes of batches hang on it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Groups that meet, each with the queries that were drawn of it."""

    groups: tuple[Group, ...]
    queries: tuple[tuple[Query, ...], ...]


def joined(batches: Sequence[Batch]) -> Batch:
    """All that meets in any of them."""
    chain = itertools.chain.from_iterable
    return Batch(tuple(chain(b.groups for b in batches)), tuple(chain(b.queries for b in batches)))


@dataclass(frozen=True, slots=True)
class Sampler:
    """Batches of one source; the same number always gives the same batch."""

    groups: Sequence[Group]
    neighbours: Neighbours
    seed: int
    pieces: int
    """Pieces of a batch's passages, about."""
    longest: int
    """Pieces of one passage that count."""
    queries: int
    run: int = 6
    """Neighbours that follow a passage into its batch."""
    _epochs: dict[int, list[list[int]]] = field(default_factory=dict, repr=False)

    def batch(self, number: int) -> Batch:
        """Batch `number` of the endless run of epochs."""
        epoch, place = 0, number
        while place >= len(batches := self._epoch(epoch)):
            epoch, place = epoch + 1, place - len(batches)
        rng = np.random.default_rng([self.seed, number])
        groups = tuple(self.groups[at] for at in batches[place])
        return Batch(groups, tuple(self._drawn(group, rng) for group in groups))

    def epoch(self, number: int) -> list[list[int]]:
        """The groups' numbers in batches, every group once.

        Raises:
            RecipeError: there are too few groups for a single batch.
        """
        rng = np.random.default_rng([self.seed, number])
        batches: list[list[int]] = [[]]
        size = 0
        for at in self._order(rng):
            pieces = min(self.longest, int(len(self.groups[at].passage) / CHARACTERS_PER_PIECE) + 2)
            if batches[-1] and size + pieces > self.pieces:
                batches.append([])
                size = 0
            batches[-1].append(at)
            size += pieces
        order = rng.permutation(len(batches))
        full = [batches[at] for at in order if len(batches[at]) > 1]
        if not full:
            raise RecipeError(
                f"{len(self.groups)} passages make no batch of {self.pieces} pieces.",
                "Give the source more data, raise batch_pieces, or take the source out of the mixture.",
            )
        return full

    def _epoch(self, number: int) -> list[list[int]]:
        if number not in self._epochs:
            self._epochs[number] = self.epoch(number)
        return self._epochs[number]

    def _drawn(self, group: Group, rng: np.random.Generator) -> tuple[Query, ...]:
        order = rng.permutation(len(group.queries))[: self.queries]
        return tuple(group.queries[at] for at in order)

    def _order(self, rng: np.random.Generator) -> list[int]:
        left = np.ones(len(self.groups), bool)
        order: list[int] = []
        for at in rng.permutation(len(self.groups)).tolist():
            if not left[at]:
                continue
            near = [other for other in self.neighbours[at] if left[other] and other != at][: self.run]
            order += [at, *near]
            left[order[-len(near) - 1 :]] = False
        return order


def by_cluster(groups: Sequence[Group]) -> list[list[int]]:
    """Neighbours where nothing better is known: the groups of the same cluster."""
    members: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        members.setdefault(group.cluster, []).append(at)
    return [[other for other in members[group.cluster] if other != at] for at, group in enumerate(groups)]


def schedule(mixture: Mapping[str, float], batches: int, seed: int) -> list[tuple[str, int]]:
    """For each batch its source and how many of that source came before; longer schedules begin alike."""
    rng = np.random.default_rng(seed)
    names = sorted(mixture)
    shares = np.array([mixture[name] for name in names])
    seen = dict.fromkeys(names, 0)
    plan = []
    for draw in rng.random(batches):
        name = names[min(int(np.searchsorted(np.cumsum(shares) / shares.sum(), draw)), len(names) - 1)]
        plan.append((name, seen[name]))
        seen[name] += 1
    return plan
