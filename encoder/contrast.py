"""`python -m encoder.contrast --work FOLDER`: questions against passages, with a step of translation now and then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from encoder import late, losses
from encoder.batches import Batch, Sampler, by_cluster, schedule
from encoder.console import options
from encoder.late import Tokens
from encoder.neighbours import read_neighbours
from encoder.prepare import GROUPS, PAIRS
from encoder.records import Group, Pair, Query, read_groups, read_pairs
from encoder.settings import ContrastSettings, load_settings
from encoder.student import Student, Text
from encoder.texts import cut
from encoder.training import train

if TYPE_CHECKING:
    import torch

QUERY_PIECES = 96
RUN = 8
"""Pairs on end in a translation batch."""
BACK = 0.5
"""Weight of the direction from passage to query; what is used later is the other one."""
TRANSLATION = "translation"
SOFTNESS = 0.02
"""The teacher's temperature: its scores, means over pieces, lie close together."""
MISPAIRED = 0.25
"""A sentence that beats the given twin by so much shows that the pair is wrong, as one in fifteen of jiyu is."""


def main() -> None:
    """Trains until the settings' steps are done, from the last checkpoint if there is one."""
    given = options(__doc__ or "")
    settings = load_settings(given.config).contrast
    student = Student(Path(settings.start))
    student.freeze(settings.frozen)
    train(Contrast(settings, student, given.work), student, settings.pace, given.work)


@dataclass(frozen=True, slots=True)
class Known:
    """The passages of an earlier batch."""

    groups: tuple[Group, ...]
    vectors: torch.Tensor
    tokens: Tokens


class Contrast:
    """The stage over what `encoder.prepare` and `encoder.neighbours` left in a work folder."""

    name = "contrast"

    def __init__(self, settings: ContrastSettings, student: Student, work: Path) -> None:
        self._settings = settings
        self._student = student
        self._plan = schedule(settings.mixture, settings.pace.steps, settings.pace.seed)
        self._pairs = sorted(read_pairs(work / PAIRS), key=lambda pair: pair.en)
        self._samplers = _samplers(read_groups(work / GROUPS), settings, work)
        self._queue: list[Known] = []
        self._twins: list[tuple[Pair, torch.Tensor, torch.Tensor]] = []

    def loss(self, step: int) -> tuple[str, torch.Tensor]:
        """The step's source and loss."""
        source, number = self._plan[step]
        return source, self._translation(number) if source == TRANSLATION else self._retrieval(source, number)

    def _translation(self, number: int) -> torch.Tensor:
        import torch

        settings = self._settings
        batch = translation_batch(self._pairs, number, settings)
        vectors = self._student.vectors([p.zh for p in batch] + [p.en for p in batch], settings.translation_pieces)
        zh, en = vectors[: len(batch)], vectors[len(batch) :]
        allowed = distinct(batch, [pair for pair, _, _ in self._twins])
        gold = torch.arange(len(batch))
        every_zh = torch.cat([zh, *(vector[None] for _, vector, _ in self._twins)])
        every_en = torch.cat([en, *(vector[None] for _, _, vector in self._twins)])
        found = [losses.Scores(zh @ every_en.T, gold, allowed), losses.Scores(en @ every_zh.T, gold, allowed)]
        fresh = list(zip(batch, zh.detach(), en.detach(), strict=True))
        self._twins = (fresh + self._twins)[: settings.translation_queue]
        return sum((losses.contrast(each, settings.temperature, MISPAIRED) for each in found), torch.zeros(())) / 2

    def _retrieval(self, source: str, number: int) -> torch.Tensor:
        import torch

        settings = self._settings
        batch = self._samplers[source].batch(number)
        queries = [query for drawn in batch.queries for query in drawn]
        altered = [(at, form) for at, query in enumerate(queries) for form in query.altered]
        rng = np.random.default_rng([settings.pace.seed, number])
        texts = self._cut([q.text for q in queries] + [form for _, form in altered], rng)
        asked = self._student.encoded(texts, QUERY_PIECES)
        passages = self._student.encoded(self._cut([g.passage for g in batch.groups], rng), settings.pieces)
        cosines = asked.vectors[: len(queries)] @ torch.cat([passages.vectors, *(k.vectors for k in self._queue)]).T
        related = _relations(batch, [group for known in self._queue for group in known.groups])
        scores = losses.Scores(cosines, *related)
        belongs = torch.tensor([at for at, _ in altered], dtype=torch.int64)
        wrong = losses.Altered((asked.vectors[len(queries) :] * passages.vectors[scores.gold[belongs]]).sum(1), belongs)
        forward = losses.contrast(scores, settings.temperature, settings.margin)
        back = losses.contrast_back(scores, wrong, settings.temperature)
        taught = torch.zeros(())
        if settings.late:
            everything = late.joined([passages.tokens, *(known.tokens for known in self._queue)])
            judged = late.late_interaction(asked.tokens.first(len(queries)), everything)
            taught = losses.distil(cosines, judged, settings.temperature, SOFTNESS)
        self._queue = _newest(
            [Known(batch.groups, passages.vectors.detach(), passages.tokens), *self._queue], settings.queue
        )
        return settings.late * taught + (1 - settings.late) * forward + BACK * back

    def _cut(self, texts: Sequence[str], rng: np.random.Generator) -> list[Text]:
        """Half of the texts in other pieces than the tokenizer's choice (subword regularisation, Kudo 2018)."""
        share = self._settings.cuts
        return [cut(text, share, rng) if share and rng.random() < 0.5 else text for text in texts]


def translation_batch(pairs: Sequence[Pair], number: int, settings: ContrastSettings) -> list[Pair]:
    """Runs of pairs that follow each other in the alphabet: sentences that begin alike tell most.

    Pairs are sorted by their English; the same number gives the same batch. No sentence comes twice.
    """
    rng = np.random.default_rng([settings.pace.seed, number])
    found: dict[str, Pair] = {}
    while len(found) < min(settings.translation, len(pairs) // 2):
        start = int(rng.integers(len(pairs)))
        found |= {pair.en: pair for pair in pairs[start : start + RUN]}
    return list({pair.zh: pair for pair in found.values()}.values())[: settings.translation]


def distinct(batch: Sequence[Pair], known: Sequence[Pair]) -> torch.Tensor:
    """(batch, batch + known) bool: whose twin may stand against a pair's; not those that share a sentence with it."""
    import torch

    others = [*batch, *known]
    zh, en = np.array([pair.zh for pair in others]), np.array([pair.en for pair in others])
    same = (zh[: len(batch), None] == zh[None]) | (en[: len(batch), None] == en[None])
    same[np.arange(len(batch)), np.arange(len(batch))] = False
    return torch.from_numpy(~same)


def _relations(batch: Batch, known: Sequence[Group]) -> tuple[torch.Tensor, torch.Tensor]:
    """The gold column of each query, and which passages may stand against it."""
    import torch

    groups = [*batch.groups, *known]
    gold, allowed = [], []
    for at, drawn in enumerate(batch.queries):
        own = batch.groups[at]
        for query in drawn:
            gold.append(at)
            allowed.append([other is own or _negative(query, own, other) for other in groups])
    return torch.tensor(gold), torch.tensor(allowed)


def _negative(query: Query, own: Group, other: Group) -> bool:
    if other.passage == own.passage or (query.lenient and other.cluster == own.cluster):
        return False
    if any(query.text == asked.text for asked in other.queries):
        return False
    return not query.answer or query.answer not in other.passage


def _newest(known: Sequence[Known], passages: int) -> list[Known]:
    """As many batches, newest first, as hold no more than so many passages."""
    sizes = np.cumsum([len(each.groups) for each in known])
    return [each for each, size in zip(known, sizes, strict=True) if size <= passages]


def _samplers(groups: Sequence[Group], settings: ContrastSettings, work: Path) -> dict[str, Sampler]:
    """One for each name of the mixture: the sources that begin with it."""
    samplers = {}
    for name in settings.mixture:
        own = [group for group in groups if group.source.startswith(name)]
        if own:
            near = read_neighbours(work, name) or by_cluster(own)
            size = (settings.batch_pieces, settings.pieces)
            samplers[name] = Sampler(own, near, settings.pace.seed, *size, settings.queries)
    return samplers


if __name__ == "__main__":
    main()
