"""Batches, losses, checkpoints: what a step is made of."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder import checkpoints, late, losses
from encoder.batches import Sampler, by_cluster, schedule
from encoder.checkpoints import Checkpoint
from encoder.contrast import distinct, translation_batch
from encoder.losses import Altered, Scores
from encoder.neighbours import NEAREST_PAIRS, mined_pairs
from encoder.records import Group, Pair, Query
from encoder.settings import Pace
from encoder.student import Student
from encoder.training import share_of_rate
from index.encoder import load_encoder
from tests.encoder.conftest import recipe

ANY = torch.ones(2, 3, dtype=torch.bool)
COSINES = torch.tensor([[0.9, 0.2, 0.1], [0.3, 0.5, 0.8]])
GOLD = torch.tensor([0, 1])


def group(number: int) -> Group:
    return Group("s", f"c{number % 4}", f"第{number}段" * (1 + number % 5), tuple(Query(str(q)) for q in range(4)))


def sampler(count: int) -> Sampler:
    groups = [group(number) for number in range(count)]
    return Sampler(groups, by_cluster(groups), seed=3, pieces=40, longest=30, queries=2)


@given(st.integers(3, 40), st.integers(0, 5))
def test_an_epoch_has_every_group_at_most_once(count: int, number: int) -> None:
    """No group comes twice; what is missing would have stood alone, without a negative."""
    batches = sampler(count).epoch(number)
    drawn = [at for batch in batches for at in batch]
    assert len(drawn) == len(set(drawn)) >= count - 1
    assert all(len(batch) > 1 for batch in batches)


def test_batches_gather_neighbours_and_are_the_same_each_time() -> None:
    """A batch holds mostly one cluster; its number alone decides what is in it, over the end of an epoch."""
    made = sampler(40)
    assert [made.batch(n) for n in range(12)] == [sampler(40).batch(n) for n in range(12)]
    assert made.batch(0) != made.batch(len(made.epoch(0)))
    assert all(len(queries) == 2 for queries in made.batch(0).queries)
    clusters = [[made.groups[at].cluster for at in batch] for batch in made.epoch(0)]
    alone = sum(1 - max(map(batch.count, batch)) / len(batch) for batch in clusters) / len(clusters)
    assert alone < 0.5


@settings(max_examples=20)
@given(st.integers(1, 50), st.integers(0, 50))
def test_a_longer_schedule_begins_like_a_shorter_one(steps: int, more: int) -> None:
    """So the number of steps can be raised between two runs."""
    mixture = {"a": 0.5, "b": 0.3, "c": 0.2}
    plan = schedule(mixture, steps + more, 1)
    assert plan[:steps] == schedule(mixture, steps, 1)
    for name in mixture:
        assert [number for source, number in plan if source == name] == list(range(sum(s == name for s, _ in plan)))


def test_the_rate_rises_stays_and_falls() -> None:
    """Up over two steps, level, down over four to nothing."""
    pace = Pace(1, 10, 2, 4, 1e-3, 1e-3, 0.9, 5, 1)
    assert [share_of_rate(step, pace) for step in range(10)] == [0.5, 1, 1, 1, 1, 1, 1, 0.75, 0.5, 0.25]


def test_contrast_is_the_cross_entropy_of_the_gold_passage() -> None:
    """As arithmetic, with a negative that is not allowed, and one that beats the gold by more than the margin."""
    allowed = torch.tensor([[True, True, False], [True, True, True]])
    first = -math.log(math.exp(9) / (math.exp(9) + math.exp(2)))
    second = -math.log(math.exp(5) / (math.exp(3) + math.exp(5)))
    loss = losses.contrast(Scores(COSINES, GOLD, allowed), temperature=0.1, margin=0.2)
    assert float(loss) == pytest.approx((first + second) / 2, rel=1e-5)
    wide = losses.contrast(Scores(COSINES, GOLD, allowed), temperature=0.1, margin=0.4)
    assert float(wide) > float(loss)


def test_the_way_back_counts_other_queries_and_altered_ones() -> None:
    """A passage's logit for its query stands against the other query's, and against the altered form of its own."""
    altered = Altered(torch.tensor([0.4]), torch.tensor([1]))
    first = -math.log(math.exp(9) / (math.exp(9) + math.exp(3)))
    second = -math.log(math.exp(5) / (math.exp(5) + math.exp(2) + math.exp(4)))
    loss = losses.contrast_back(Scores(COSINES, GOLD, ANY), altered, temperature=0.1)
    assert float(loss) == pytest.approx((first + second) / 2, rel=1e-5)
    none = Altered(torch.empty(0), torch.empty(0, dtype=torch.int64))
    assert float(losses.contrast_back(Scores(COSINES, GOLD, ANY), none, temperature=0.1)) < float(loss)


def test_two_questions_of_one_passage_are_no_negatives() -> None:
    """Both have the same gold passage, so neither stands against the other."""
    both = Scores(torch.tensor([[0.6, 0.1], [0.5, 0.2]]), torch.tensor([0, 0]), torch.ones(2, 2, dtype=torch.bool))
    none = Altered(torch.empty(0), torch.empty(0, dtype=torch.int64))
    assert float(losses.contrast_back(both, none, temperature=0.1)) == pytest.approx(0.0, abs=1e-6)


def test_translation_is_least_where_twins_are_nearest() -> None:
    """Twins at the same place cost almost nothing, swapped ones much."""
    vectors = torch.eye(4)
    assert float(losses.translation(vectors, vectors, 0.05)) < 1e-6
    assert float(losses.translation(vectors, vectors.roll(1, 0), 0.05)) == pytest.approx(20, rel=1e-3)


def test_late_interaction_is_the_mean_of_the_greatest_cosines() -> None:
    """Over a query's pieces without their marks, each with the nearest piece of a passage; as loops compute it."""
    rng = np.random.default_rng(1)
    texts = [[rng.standard_normal((length, 8)) for length in lengths] for lengths in ((4, 2, 6), (5, 3, 9, 4))]
    found = late.late_interaction(*(late.tokens([torch.tensor(text) for text in side]) for side in texts))
    for row, query in enumerate(texts[0]):
        for column, passage in enumerate(texts[1]):
            inner = [text[1:-1] if len(text) > 2 else text for text in (query, passage)]
            a, b = (text / np.linalg.norm(text, axis=1, keepdims=True) for text in inner)
            assert float(found[row, column]) == pytest.approx((a @ b.T).max(axis=1).mean(), abs=0.02)


def test_a_score_of_late_interaction_hangs_on_two_texts_alone() -> None:
    """Texts that are left out, or stand beside it, change nothing."""
    rng = np.random.default_rng(2)
    texts = [torch.tensor(rng.standard_normal((length, 8))) for length in (5, 4, 6)]
    every = late.late_interaction(late.tokens(texts), late.tokens(texts))
    first = late.late_interaction(late.tokens(texts).first(1), late.tokens(texts[:2]))
    assert first.tolist() == every[:1, :2].tolist()


def test_a_student_that_chooses_as_its_teacher_has_nothing_to_learn() -> None:
    """The divergence is none at the teacher's own order and spacing, and the entropies' difference elsewhere."""
    assert float(losses.distil(COSINES, COSINES * 2, 0.1, 0.2)) == pytest.approx(0.0, abs=1e-6)
    teacher, student = (
        np.exp(of) / np.exp(of).sum(1, keepdims=True) for of in (COSINES.numpy() / 0.2, np.zeros((2, 3)))
    )
    expected = (teacher * np.log(teacher / student)).sum(1).mean()
    assert float(losses.distil(torch.zeros(2, 3), COSINES, 0.1, 0.2)) == pytest.approx(expected, rel=1e-5)


def test_frozen_layers_learn_nothing(teacher: Path) -> None:
    """The embedding and the lowest layer get no gradient, the layer above does; with 0 everything does."""
    student = Student(teacher)
    student.freeze(0)
    assert all(parameter.requires_grad for parameter in student.body.parameters())
    student.freeze(1)
    student.vectors(["青禾学校有教师107。"], 64).sum().backward()  # type: ignore[no-untyped-call]
    learning = {name for name, parameter in student.body.named_parameters() if parameter.grad is not None}
    assert learning
    assert all(name.startswith("encoder.layer.1.") for name in learning)


def test_a_student_encodes_as_wenbao_does(teacher: Path) -> None:
    """Its vectors, in any order of lengths, are those of wenbao's own path over the same folder."""
    texts = ["青禾学校有教师107。", "How many?", "书", "云溪学校有图书121，白石学校有电脑150。" * 3]
    theirs = load_encoder(str(teacher)).encode_queries(texts)
    assert np.sum(Student(teacher).encode(texts, 64) * theirs, axis=1) == pytest.approx(1.0, abs=2e-3)


def test_a_text_is_cut_before_its_last_piece(teacher: Path) -> None:
    """[CLS] and [SEP] stay when the middle goes."""
    student = Student(teacher)
    whole, cut = student.pieces(["青禾学校有教师107。"], 99)[0], student.pieces(["青禾学校有教师107。"], 5)[0]
    assert cut == [*whole[:4], whole[-1]]


def test_a_checkpoint_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Weights, average and optimiser come back; where there is none, None."""
    weights = {"w": torch.arange(3.0)}
    written = Checkpoint(4, 2.5, weights, {"w": torch.zeros(3)}, {"state": {0: {"step": torch.tensor(4.0)}}})
    checkpoints.save(written, tmp_path / "run.pt")
    found = checkpoints.load(tmp_path / "run.pt")
    assert found is not None
    assert (found.step, found.seconds, found.weights["w"].tolist()) == (4, 2.5, [0, 1, 2])
    assert [path.name for path in tmp_path.iterdir()] == ["run.pt"]
    assert checkpoints.load(tmp_path / "none.pt") is None


def test_the_average_moves_by_what_its_decay_leaves() -> None:
    """0.9 of the old and 0.1 of the new."""
    average = {"w": torch.tensor([1.0])}
    checkpoints.averaged(average, {"w": torch.tensor([2.0])}, 0.9)
    assert float(average["w"]) == pytest.approx(1.1)


def test_pairs_that_share_a_sentence_do_not_stand_against_each_other() -> None:
    """Neither with the same Chinese nor with the same English; a pair never excludes itself."""
    batch = [Pair("x", "甲", "a"), Pair("x", "乙", "b"), Pair("x", "丙", "a"), Pair("x", "乙", "d")]
    shared = torch.zeros(4, 4, dtype=torch.bool)
    shared[[0, 2, 1, 3], [2, 0, 3, 1]] = True
    assert torch.equal(distinct(batch), ~shared)


def test_a_translation_batch_gathers_pairs_that_are_near(tmp_path: Path) -> None:
    """A pair comes with its neighbours, a sentence only once, and the same step brings the same."""
    pairs = [Pair("x", f"甲{at}", f"a{at // 2}" if at < 4 else f"a{at}") for at in range(60)]
    near = [[(at + 30 + more) % 60 for more in range(NEAREST_PAIRS)] for at in range(60)]
    settings = recipe(tmp_path, tmp_path).contrast
    for step in range(20):
        batch = translation_batch(pairs, near, step, settings)
        assert batch == translation_batch(pairs, near, step, settings)
        assert len({pair.en for pair in batch}) == len({pair.zh for pair in batch}) == len(batch)
        apart = {(pairs.index(two) - pairs.index(one)) % 60 for one in batch[:1] for two in batch[1:2]}
        assert apart <= {29, 30, 31}


def test_neighbours_of_a_pair_are_the_nearest_in_english(teacher: Path) -> None:
    """As all cosines have it, but for the pair itself; where there are fewer, the pair stands for them."""
    student = Student(teacher)
    pairs = [
        Pair("x", "书", f"Qinghe School has {7 * at} {thing}.") for at in range(3) for thing in ("books", "teachers")
    ]
    found = mined_pairs(student, pairs, np.random.default_rng(0))
    english = student.encode([pair.en for pair in pairs], 64)
    for at, row in enumerate(found.tolist()):
        order = sorted(set(range(6)) - {at}, key=lambda other: -float(english[at] @ english[other]))
        assert row == [*order, at]
