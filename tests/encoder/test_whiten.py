"""The map behind the pooling: what it does to the vectors' directions, and that every way of encoding has it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from encoder import prepare, tokenizer, whiten
from encoder.settings import WhitenSettings
from encoder.student import Student
from encoder.whiten import sample, whitening
from index import light
from index.encoder import load_encoder
from index.records import Vectors
from tests.encoder.conftest import Command, recipe

TEXTS = ["青禾学校有教师107。", "How many?", "书", "云溪学校有图书121，白石学校有电脑150。" * 3]


def settings(**changed: float) -> WhitenSettings:
    """Those of the recipe, but for `changed`."""
    return WhitenSettings(**{"seed": 1, "start": "", "texts": 10, "power": 0.25, "centre": 0.5} | changed)  # type: ignore[arg-type]


def mapped(pooled: Vectors, chosen: WhitenSettings) -> Vectors:
    weight, bias = whitening(pooled, chosen)
    return pooled @ weight.T + bias


@pytest.fixture
def pooled() -> Vectors:
    """3,000 vectors of 6 numbers, correlated, far from the origin."""
    rng = np.random.default_rng(0)
    return np.asarray(rng.normal(size=(3000, 6)) @ rng.normal(size=(6, 6)) + 3.0, np.float32)


def test_whitened_to_the_end_all_directions_weigh_the_same(pooled: Vectors) -> None:
    """With the power 1/2 and the whole mean taken away, the covariance is a multiple of the identity."""
    vectors = mapped(pooled, settings(power=0.5, centre=1.0))
    covariance = np.cov(vectors.T)
    assert vectors.mean(axis=0) == pytest.approx(0.0, abs=1e-5)
    assert covariance / covariance[0, 0] == pytest.approx(np.eye(6), abs=1e-3)


def test_half_whitened_the_strongest_come_first(pooled: Vectors) -> None:
    """Variances fall from number to number as the square roots of the old ones; the mean length is 1."""
    vectors = mapped(pooled, settings())
    old = np.sort(np.linalg.eigvalsh(np.cov(pooled.T)))[::-1]
    assert np.var(vectors, axis=0) / np.var(vectors[:, 0]) == pytest.approx(np.sqrt(old / old[0]), rel=1e-3)
    assert np.linalg.norm(vectors, axis=1).mean() == pytest.approx(1.0, abs=1e-5)


def test_nothing_taken_away_and_no_power_only_turns(pooled: Vectors) -> None:
    """Cosines stay what they were."""
    unit = [
        each / np.linalg.norm(each, axis=1, keepdims=True)
        for each in (pooled, mapped(pooled, settings(power=0.0, centre=0.0)))
    ]
    assert unit[1][:50] @ unit[1][:50].T == pytest.approx(unit[0][:50] @ unit[0][:50].T, abs=1e-4)


@pytest.fixture
def whitened(command: Command, tmp_path: Path) -> Path:
    """A model folder with a map."""
    for main in (prepare.main, tokenizer.main, whiten.main):
        command(main)
    return tmp_path / "whitened"


def test_every_way_of_encoding_maps(command: Command, whitened: Path, tmp_path: Path) -> None:
    """The student, sentence-transformers and the light path give one vector, not the old one; mapped again it stays."""
    folder = whitened
    assert light.fits(folder)
    theirs = SentenceTransformer(str(folder), local_files_only=True, device="cpu").encode(TEXTS)
    own = light.load(folder, in_bytes=False).encode(TEXTS)
    assert np.sum(own * theirs, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert np.sum(Student(folder).encode(TEXTS, 64) * theirs, axis=1) == pytest.approx(1.0, abs=5e-3)
    assert np.sum(load_encoder(str(tmp_path / "start")).encode_queries(TEXTS) * theirs, axis=1).max() < 0.9
    folder.rename(tmp_path / "mapped")
    config = tmp_path / "recipe.toml"
    changed = config.read_text(encoding="utf-8").replace(f"{tmp_path}/start", f"{tmp_path}/mapped")
    config.write_text(changed, encoding="utf-8")
    command(whiten.main)
    assert light.load(folder, in_bytes=False).encode(TEXTS) == pytest.approx(own, abs=1e-2)


def test_the_sample_is_of_every_kind(command: Command, tmp_path: Path) -> None:
    """As many passages as queries, and as many Chinese as English sentences; the same seed draws the same."""
    command(prepare.main)
    texts = sample(tmp_path, settings())
    assert texts == sample(tmp_path, settings())
    assert len(texts) == 30
    assert [text.isascii() for text in texts[20:]] == [False] * 5 + [True] * 5


def test_a_map_that_follows_begins_as_the_one_made_of_the_same_texts(whitened: Path, tmp_path: Path) -> None:
    """It is turned back, so vectors differ and cosines don't; the rate of learning has no say in it."""
    made, following = Student(whitened), Student(whitened)
    following.follow(sample(tmp_path, recipe(whitened, tmp_path).whiten), 320, settings())
    cosines = [vectors @ vectors.T for vectors in (made.encode(TEXTS, 64), following.encode(TEXTS, 64))]
    assert cosines[1] == pytest.approx(cosines[0], abs=5e-3)
    learned = [name for name, parameter in following.body.named_parameters() if parameter.requires_grad]
    assert learned
    assert not [name for name in learned if name.startswith("dense.")]


def test_a_map_follows_the_texts_that_are_learned_from(whitened: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Met over and over, they alone decide what it evens out; texts that are only encoded have no part in it."""
    monkeypatch.setattr("encoder.student.FOLLOWED", 0.3)
    student = Student(whitened)
    student.follow(["书", "How many?", "青禾学校有教师107。"], 64, settings())
    before = student.encode(TEXTS, 64)
    student.even_out()
    assert student.encode(TEXTS, 64).tolist() == before.tolist()
    # Two texts differ in one direction alone: of the rest, nothing of the first texts may be left that counts.
    for _ in range(80):
        student.vectors(TEXTS[:2], 64)
    student.even_out()
    after = Student(whitened)
    after.follow(TEXTS[:2], 64, settings())
    cosines = [vectors @ vectors.T for vectors in (student.encode(TEXTS, 64), after.encode(TEXTS, 64))]
    assert cosines[0] == pytest.approx(cosines[1], abs=0.02)
    assert np.abs(cosines[0] - before @ before.T).max() > 0.05


def test_without_a_map_nothing_follows(teacher: Path) -> None:
    """A start as distillation leaves it is trained as it is."""
    student = Student(teacher)
    before = student.encode(TEXTS, 64)
    student.follow(TEXTS, 64, settings())
    student.vectors(TEXTS, 64)
    student.even_out()
    assert student.encode(TEXTS, 64).tolist() == before.tolist()
