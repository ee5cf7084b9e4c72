"""`python -m encoder.contrast --work FOLDER`: questions against passages, and sentences against their twins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from encoder import late, losses
from encoder.batches import Batch, Sampler, by_cluster, joined, schedule
from encoder.console import options
from encoder.neighbours import TRANSLATION, read_neighbours
from encoder.prepare import GROUPS, PAIRS
from encoder.records import Group, Pair, Query, read_groups, read_pairs
from encoder.settings import ContrastSettings, load_settings
from encoder.student import Student, Text
from encoder.texts import cut
from encoder.training import train
from encoder.whiten import LONGEST, sample

if TYPE_CHECKING:
    import torch

QUERY_PIECES = 96
NEAR = 3
"""Pairs that follow one into a translation batch."""
BACK = 0.5
"""Weight of the direction from passage to query; what is used later is the other one."""
SOFTNESS = 0.02
"""The teacher's temperature: its scores, means over pieces, lie close together."""
MISPAIRED = 0.25
"""A sentence that beats the given twin by so much shows that the pair is wrong, as one in fifteen of jiyu is."""


def main() -> None:
    """Trains until the settings' steps are done, from the last checkpoint if there is one."""
    given = options(__doc__ or "")
    settings = load_settings(given.config)
    contrast = settings.contrast
    student = Student(Path(contrast.start))
    student.freeze(contrast.frozen)
    student.follow(sample(given.work, settings.whiten), LONGEST, settings.whiten)
    train(Contrast(contrast, student, given.work), student, contrast.pace, given.work)


class Contrast:
    """The stage over what `encoder.prepare` and `encoder.neighbours` left in a work folder."""

    name = "contrast"

    def __init__(self, settings: ContrastSettings, student: Student, work: Path) -> None:
        self._settings = settings
        self._student = student
        self._plan = schedule(settings.mixture, settings.pace.steps * settings.parts, settings.pace.seed)
        self._pairs = read_pairs(work / PAIRS)
        self._near = read_neighbours(work, TRANSLATION)
        self._samplers = _samplers(read_groups(work / GROUPS), settings, work)

    def losses(self, step: int) -> dict[str, torch.Tensor]:
        """Questions against the passages of several sources, and sentences against their twins."""
        parts = self._settings.parts
        batches = [self._samplers[name].batch(number) for name, number in self._plan[step * parts : (step + 1) * parts]]
        found = self._retrieval(joined(batches), step) | {"translation": self._translation(step)}
        self._student.even_out()
        return found

    def _translation(self, step: int) -> torch.Tensor:
        import torch

        settings = self._settings
        batch = translation_batch(self._pairs, self._near, step, settings)
        vectors = self._student.vectors([p.zh for p in batch] + [p.en for p in batch], settings.translation_pieces)
        cosines = vectors[: len(batch)] @ vectors[len(batch) :].T
        gold, allowed = torch.arange(len(batch)), distinct(batch)
        found = [losses.Scores(cosines, gold, allowed), losses.Scores(cosines.T, gold, allowed)]
        return torch.stack([losses.contrast(each, settings.temperature, MISPAIRED) for each in found]).mean()

    def _retrieval(self, batch: Batch, step: int) -> dict[str, torch.Tensor]:
        import torch

        settings = self._settings
        queries = [query for drawn in batch.queries for query in drawn]
        altered = [(at, form) for at, query in enumerate(queries) for form in query.altered]
        rng = np.random.default_rng([settings.pace.seed, step])
        texts = self._cut([q.text for q in queries] + [form for _, form in altered], rng)
        asked = self._student.encoded(texts, QUERY_PIECES)
        passages = self._student.encoded(self._cut([g.passage for g in batch.groups], rng), settings.pieces)
        cosines = asked.vectors[: len(queries)] @ passages.vectors.T
        scores = losses.Scores(cosines, *_relations(batch))
        belongs = torch.tensor([at for at, _ in altered], dtype=torch.int64)
        wrong = losses.Altered((asked.vectors[len(queries) :] * passages.vectors[scores.gold[belongs]]).sum(1), belongs)
        found = {
            "forward": (1 - settings.late) * losses.contrast(scores, settings.temperature, settings.margin),
            "back": BACK * losses.contrast_back(scores, wrong, settings.temperature),
        }
        if settings.late:
            judged = late.late_interaction(asked.tokens.first(len(queries)), passages.tokens)
            found["late"] = settings.late * losses.distil(cosines, judged, settings.temperature, SOFTNESS)
        return found

    def _cut(self, texts: Sequence[str], rng: np.random.Generator) -> list[Text]:
        """Half of the texts in other pieces than the tokenizer's choice (subword regularisation, Kudo 2018)."""
        share = self._settings.cuts
        return [cut(text, share, rng) if share and rng.random() < 0.5 else text for text in texts]


def translation_batch(
    pairs: Sequence[Pair], near: Sequence[Sequence[int]] | None, step: int, settings: ContrastSettings
) -> list[Pair]:
    """Pairs, each followed by those that are nearest to it: sentences that say almost the same teach most.

    `near` has their numbers; without it the next in order are taken. The same step gives the same batch. No sentence
    comes twice.
    """
    rng = np.random.default_rng([settings.pace.seed, step])
    found: dict[str, Pair] = {}
    while len(found) < min(settings.translation, len(pairs) // 2):
        at = int(rng.integers(len(pairs)))
        run = [at, *near[at][:NEAR]] if near else range(at, min(at + 1 + NEAR, len(pairs)))
        found |= {pairs[each].en: pairs[each] for each in run}
    return list({pair.zh: pair for pair in found.values()}.values())[: settings.translation]


def distinct(batch: Sequence[Pair]) -> torch.Tensor:
    """(pairs, pairs) bool: whose twin may stand against a pair's; not those that share a sentence with it."""
    import torch

    zh, en = np.array([pair.zh for pair in batch]), np.array([pair.en for pair in batch])
    same = (zh[:, None] == zh[None]) | (en[:, None] == en[None])
    return torch.from_numpy(~same | np.eye(len(batch), dtype=bool))


def _relations(batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """The gold column of each query, and which passages may stand against it."""
    import torch

    gold, allowed = [], []
    for at, (own, drawn) in enumerate(zip(batch.groups, batch.queries, strict=True)):
        for query in drawn:
            gold.append(at)
            allowed.append([column == at or _negative(query, own, other) for column, other in enumerate(batch.groups)])
    return torch.tensor(gold), torch.tensor(allowed)


def _negative(query: Query, own: Group, other: Group) -> bool:
    if other.passage == own.passage or (query.lenient and other.cluster == own.cluster):
        return False
    if any(query.text == asked.text for asked in other.queries):
        return False
    return not query.answer or query.answer not in other.passage


def _samplers(groups: Sequence[Group], settings: ContrastSettings, work: Path) -> dict[str, Sampler]:
    """One for each name of the mixture: the sources that begin with it."""
    samplers = {}
    for name in settings.mixture:
        own = [group for group in groups if group.source.startswith(name)]
        if own:
            near = read_neighbours(work, name) or by_cluster(own)
            size = (settings.batch_pieces // settings.parts, settings.pieces)
            samplers[name] = Sampler(own, near, settings.pace.seed, *size, settings.queries)
    return samplers


if __name__ == "__main__":
    main()
