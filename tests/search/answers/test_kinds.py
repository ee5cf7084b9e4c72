"""What kind of names a question asks for, which a text has, and which of them mean the same."""

from __future__ import annotations

import pytest

from corpus.fold import fold
from search.answers.denial import asks_who_does_not, denied_of, denies
from search.answers.kinds import kind_asked, names_kind, names_of, same_name


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("哪些学校开了茶艺专业？", "school"),
        ("是哪三所学校在试点？", "school"),
        ("云台职校的合作企业有哪些？", "company"),
        ("云台职校有哪些社团？", ""),
        ("云台技工学校有哪些专业？", ""),
        ("Which three schools joined?", "school"),
        ("Which companies donated machines?", "company"),
        ("Which school joined?", ""),
    ],
)
def test_kind_is_read_from_what_which_asks_for(question: str, kind: str) -> None:
    """The noun behind "which" tells the kind, the name of the school asked about doesn't."""
    assert kind_asked(fold(question)) == kind


def test_schools_are_found_as_reports_shorten_them() -> None:
    """Without a place and with a plain type a name is still one where it can begin; kinds of schools are none."""
    assert names_of("school", "届时能源工业学校、卫生学校整体搬入，其余6所试点学校不动。") == [
        "能源工业学校",
        "卫生学校",
    ]
    assert names_of("school", "引导学校和企业人才双向流通，形成学校商贸专业认证体系。") == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("卫生学校", "青溪市卫生职业学校", True),
        ("纺织学校", "南湖区纺织工业职业学校", True),
        ("青溪市卫生学校", "白河市卫生职业学校", False),
        ("卫生学校", "青溪市船舶职业技术学校", False),
    ],
)
def test_short_names_mean_full_ones(one: str, other: str, *, same: bool) -> None:
    """A school is told by what it teaches, unless both names have their own place."""
    assert same_name(one, other) is same


def test_column_headings_name_a_kind() -> None:
    """学校名称 stands above schools, 合作专业 above no companies."""
    assert names_kind("school", "学校名称")
    assert names_kind("company", "合作企业")
    assert not names_kind("company", "合作专业")
    assert not names_kind("", "学校")


def test_denials_are_heard() -> None:
    """Asking who has not joined wants sentences that deny it; 未来 denies nothing."""
    assert asks_who_does_not("哪些学校还没有参加试点")
    assert not asks_who_does_not("哪些学校参加了试点")
    assert denies("其余6所学校没有参加试点")
    assert not denies("面向未来开展试点")
    assert denied_of("其余6所学校没有参加试点", ["试点"])
    assert not denied_of("没有浪费，全部学校参加了今年的第一批国家级试点", ["试点"])
