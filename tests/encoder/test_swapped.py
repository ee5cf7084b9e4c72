"""Passages with other names in them: what changes, what stays, and who asks."""

from __future__ import annotations

import numpy as np
import pytest

from encoder.records import Group, Query
from encoder.swapped import VARIANTS, swapped, with_swapped

PASSAGE = "李明华出生于南京，后来在杭州任教。他在南京写了三本书，其中一本在1990年出版。"
GROUP = Group(
    "s",
    "c",
    PASSAGE,
    (
        Query("李明华出生在哪里？", "南京"),
        Query("书是哪一年出版的？", "1990年"),
        Query("Where was 李明华 born?", "南京"),
    ),
)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(4)


def test_a_variant_differs_in_names_alone(rng: np.random.Generator) -> None:
    """The name that is asked for is another one in each, of the same length, wherever it stood."""
    found = swapped(GROUP, rng)
    assert len({variant.passage for variant in found}) == VARIANTS
    for variant in found:
        assert (variant.source, variant.cluster, len(variant.passage)) == ("s", "c", len(PASSAGE))
        (query,) = variant.queries
        name = query.text.removesuffix("出生在哪里？")
        assert name != "李明华"
        assert variant.passage.startswith(name)
        assert "三本书，其中一本在1990年出版" in variant.passage


def test_a_name_that_comes_twice_changes_twice(rng: np.random.Generator) -> None:
    """Both places get the same new name, so that a variant contradicts itself nowhere."""
    kept = [(v.passage[6:8], v.passage[19:21]) for _ in range(20) for v in swapped(GROUP, rng)]
    assert all(first == second for first, second in kept)
    assert {first for first, _ in kept} > {"南京"}


def test_only_who_names_something_asks_for_a_variant(rng: np.random.Generator) -> None:
    """Not a question that fits all of them, nor an English one; answers, which all contain, are left out."""
    assert all([query.answer for query in variant.queries] == [""] for variant in swapped(GROUP, rng))
    assert swapped(Group("s", "c", PASSAGE, GROUP.queries[1:]), rng) == []


def test_every_group_stays_and_its_variants_follow_it(rng: np.random.Generator) -> None:
    """All of them, or as many as the share says."""
    found = list(with_swapped([GROUP] * 50, 0.5, rng))
    assert found.count(GROUP) == 50
    assert 10 * VARIANTS < len(found) - 50 < 40 * VARIANTS
    assert list(with_swapped([GROUP], 0.0, rng)) == [GROUP]
