"""Small reports of our own invention and an encoder that needs no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from index.records import Vectors

DIMENSION = 64

PLACES = ("青禾", "云溪", "白石", "双河", "松岭", "晚湖", "长桥", "东篱")
TOPICS = (
    ("师资队伍", "学校有专任教师{n}人，其中双师型教师占{p}%，新引进企业工程师{m}名。"),
    ("产教融合", "与{m}家企业共建实训基地，开设订单班{m}个，覆盖学生{n}人。"),
    ("就业质量", "毕业生{n}人，初次就业率{p}%，对口就业率比上年提高{m}个百分点。"),
    ("经费投入", "全年投入{n}万元，其中设备购置{m}万元，生均经费继续增长。"),
)


class LetterEncoder:
    """Counts pairs of characters into a unit vector, the same in every process; remembers what it was given."""

    name = "letters"
    dimension = DIMENSION

    def __init__(self, version: str = "1") -> None:
        self.fingerprint = f"letters-{version}"
        self.seen: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit row for each text."""
        self.seen += texts
        return np.stack([_letters(text) for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The same, not remembered."""
        return np.stack([_letters(text) for text in texts])


def _letters(text: str) -> Vectors:
    vector = np.full(DIMENSION, 1e-3, np.float32)
    for pair in pairwise(text):
        vector[crc32("".join(pair).encode()) % DIMENSION] += 1
    unit: Vectors = vector / np.linalg.norm(vector)
    return unit


Write = Callable[..., Path]


@pytest.fixture
def encoder() -> LetterEncoder:
    return LetterEncoder()


def report_text(number: int, year: int = 2021) -> str:
    """A report of an invented school; no two numbers below 8,000 give the same text."""
    place = PLACES[number % len(PLACES)]
    lines = [f"{place}第{number}职业学校{year}年度质量报告", ""]
    for order, (topic, sentence) in enumerate(TOPICS):
        figures = {"n": 100 + number * 7 + order, "p": 50 + (number * 3 + order) % 49, "m": 2 + (number + order) % 17}
        lines += [f"{'一二三四'[order]}、{topic}", sentence.format(**figures) * 3, ""]
    return "\n".join(lines)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes report number `n` into the folder `reports`: `write(3)`, `write(3, name="x.txt")`."""
    folder = tmp_path / "reports"
    folder.mkdir()

    def written(number: int, *, year: int = 2021, name: str = "") -> Path:
        path = folder / (name or f"{number:03d}.txt")
        path.write_text(report_text(number, year), encoding="utf-8")
        return path

    return written


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """The folder that `write` writes into."""
    return tmp_path / "reports"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where the index goes."""
    return tmp_path / "index"
