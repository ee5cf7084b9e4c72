"""Concurrent calls share batches, and each gets its own vectors."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.records import Vectors
from index.together import MOST, Together


class Slow:
    """Encodes a text as its length; the first batch waits until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        self.batches.append(list(texts))
        self.begun.set()
        assert self.go.wait(10)
        if "bad" in texts:
            raise ValueError("bad")
        return np.array([[len(text)] for text in texts], np.float32)


def test_a_lone_call_goes_alone_and_those_who_wait_go_together() -> None:
    """What comes while a batch runs makes up the next one, in order, and everybody gets the rows of their texts."""
    slow = Slow()
    together = Together(slow)
    with ThreadPoolExecutor(20) as pool:
        first = pool.submit(together.encode, ["a"])
        assert slow.begun.wait(10)
        later = [pool.submit(together.encode, ["x" * length, "y" * (length + 1)]) for length in range(1, 11)]
        while together.waiting < 10:
            pass
        slow.go.set()
        assert first.result(10).tolist() == [[1.0]]
        for length, future in enumerate(later, 1):
            assert future.result(10).tolist() == [[length], [length + 1]]
    assert slow.batches[0] == ["a"]
    assert len(slow.batches) == 2
    assert len(slow.batches[1]) == 20


def test_a_batch_has_its_limits() -> None:
    """More than fit wait for the next batch; a single call is never parted."""
    slow = Slow()
    together = Together(slow)
    slow.go.set()
    assert together.encode(["z"] * (MOST + 5)).shape == (MOST + 5, 1)
    slow.go.clear()
    slow.begun.clear()
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(together.encode, ["a"])]
        assert slow.begun.wait(10)
        futures += [pool.submit(together.encode, ["b"] * (MOST // 2)) for _ in range(5)]
        while together.waiting < 5:
            pass
        slow.go.set()
        assert [len(future.result(10)) for future in futures] == [1, *[MOST // 2] * 5]
    assert [len(batch) for batch in slow.batches[2:]] == [MOST, MOST, MOST // 2]


def test_all_who_share_a_batch_hear_of_its_failure() -> None:
    """The error reaches each of them, and the next call goes through."""
    slow = Slow()
    slow.go.set()
    together = Together(slow)
    with pytest.raises(ValueError, match="bad"):
        together.encode(["bad"])
    assert together.encode(["good"]).tolist() == [[4.0]]
    assert together.waiting == 0
