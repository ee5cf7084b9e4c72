"""Near copies of a report are told from other reports."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fold import fold
from index.build import add, build
from index.likeness import SHINGLE, likeness, sketch_of
from tests.index.conftest import LetterEncoder, Write

WORDS = "职业教育质量年度报告学校教师专业建设产教融合实训基地就业率提高万元青禾云溪县第一中企合作培养学生技能竞赛"


def shared(one: str, other: str) -> float:
    """The share of shingles in common, counted out."""
    sets = []
    for text in (one, other):
        plain = "".join(fold(text).split())
        sets.append({plain[at : at + SHINGLE] for at in range(len(plain) - SHINGLE + 1)})
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


@pytest.mark.parametrize("changes", [0, 5, 20, 60, 200])
def test_the_estimate_is_near_the_share(changes: int) -> None:
    """Within four standard errors of what counting gives, for texts with more or fewer characters changed."""
    draw = random.Random(changes)  # noqa: S311 - nothing to keep secret
    text = "".join(draw.choices(WORDS, k=4000))
    letters = list(text)
    for at in draw.sample(range(4000), changes):
        letters[at] = draw.choice(WORDS)
    other = "".join(letters)
    wanted = shared(text, other)
    assert likeness(sketch_of(text), sketch_of(other)) == pytest.approx(wanted, abs=4 * (0.25 / 128) ** 0.5)


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_symmetric_and_one_for_the_same(one: str, other: str) -> None:
    """White space, width and script make no difference."""
    assert likeness(sketch_of(one), sketch_of(other)) == likeness(sketch_of(other), sketch_of(one))
    if len("".join(one.split())) >= SHINGLE:
        assert likeness(sketch_of(one), sketch_of(f" {one}\n")) == 1.0


def test_near_copies_are_told_and_both_kept(
    write: Write, reports: Path, directory: Path, encoder: LetterEncoder
) -> None:
    """A report with a few words changed is named with the other and its likeness; reports of one mould are not."""
    draw = random.Random(8)  # noqa: S311 - nothing to keep secret
    text = "青禾职业学校2021年度质量报告\n" + "".join(draw.choices(WORDS + "。", k=3000))
    write(1)
    write(2)
    (reports / "a.txt").write_text(text, encoding="utf-8")
    assert build([reports], directory, encoder=encoder).duplicates == ()
    changed = reports / "b.txt"
    changed.write_text(text.replace(text[500:504], "订单班级"), encoding="utf-8")
    summary = add([changed], directory, encoder=encoder)
    (duplicate,) = summary.duplicates
    assert (duplicate.name, duplicate.of, summary.reports) == ("b.txt", "a.txt", 4)
    assert 0.9 < duplicate.likeness < 1
    again = build([reports], directory, encoder=encoder)
    assert again.duplicates == ()
