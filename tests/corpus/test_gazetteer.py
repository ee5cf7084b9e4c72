"""Places are found by any of their names, with the right parents, and ordinary words are left alone."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.gazetteer import Locality, find_regions, localities, resolve, short_name
from corpus.records import Region

places = st.sampled_from(localities())


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[m.start : m.end], m.region.names) for m in find_regions(text)]


def test_the_country_is_complete() -> None:
    """34 provinces, 333 prefectures on the mainland and more than 2,800 counties, each with its parent once."""
    counts = Counter(place.level for place in localities())
    assert counts["province"] == 34
    assert sum(p.level == "city" and p.region.province != "台湾省" for p in localities()) == 333
    assert counts["county"] > 2800
    assert len({place.region for place in localities()}) == len(localities())


@settings(deadline=None)
@given(places)
def test_every_full_name_is_found(place: Locality) -> None:
    """A place written out from its province down is one mention of exactly that place."""
    text = "".join(place.region.names)
    (mention,) = find_regions(text)
    assert (mention.region, mention.start, mention.end) == (place.region, 0, len(text))
    assert place.region in resolve(text)


@settings(deadline=None)
@given(places)
def test_full_and_short_names_resolve(place: Locality) -> None:
    """A full name alone always leads to its place, among others where it is shared."""
    assert place.region in resolve(place.name)


@settings(deadline=None)  # the first text loads the tables
@given(st.text(alphabet="杭州市西湖区北京省和平东方新ab ,，", max_size=30))
def test_mentions_are_ordered_slices(text: str) -> None:
    """Mentions lie in the text, in order, and never overlap."""
    mentions = find_regions(text)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("北京市西城区教委", [("北京市西城区", ("北京市", "西城区"))]),
        ("北京西城", [("北京西城", ("北京市", "西城区"))]),
        ("北京市与朝阳区", [("北京市", ("北京市",)), ("朝阳区", ("北京市", "朝阳区"))]),
        ("西湖区", [("西湖区", ("西湖区",))]),
        ("南昌的西湖区", [("南昌", ("江西省", "南昌市")), ("西湖区", ("江西省", "南昌市", "西湖区"))]),
        ("吉林省吉林市", [("吉林省吉林市", ("吉林省", "吉林市"))]),
        ("济源市和仙桃", [("济源市", ("河南省", "济源市")), ("仙桃", ("湖北省", "仙桃市"))]),
        ("內蒙古呼和浩特", [("內蒙古呼和浩特", ("内蒙古自治区", "呼和浩特市"))]),
        ("天津和平", [("天津和平", ("天津市", "和平区"))]),
        ("杭州市场", [("杭州", ("浙江省", "杭州市"))]),
        ("河北区域经济", [("河北", ("河北省",))]),
        (
            "Yueqing and Xicheng District",
            [("Yueqing", ("浙江省", "温州市", "乐清市")), ("Xicheng District", ("北京市", "西城区"))],
        ),
        ("schools in inner mongolia", [("inner mongolia", ("内蒙古自治区",))]),
    ],
)
def test_examples(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """Chains are one mention, context decides between namesakes, English and traditional forms count."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "隆重庆祝建校六十周年，确保长治久安",
        "顺应城市发展，新增城镇就业，超大城市治理",
        "校长治校，确保定期开展推广安全教育，普通化学课",
        "东方文化，和平环境，振兴乡村，校企合作",
        "示范县创建提出了更高要求，投资中国",
        "交通职高新增两个专业，开发新课程",
        "in the long run we should plan ahead",
    ],
)
def test_false_friends(text: str) -> None:
    """Ordinary words and words cut across by a place's name give no place."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hangzhou", Region("浙江省", "杭州市")),
        ("hangzhou city", Region("浙江省", "杭州市")),
        ("Inner Mongolia", Region("内蒙古自治区")),
        ("Yueqing", Region("浙江省", "温州市", "乐清市")),
        ("West Lake District", Region("浙江省", "杭州市", "西湖区")),
        ("Xihu", Region("浙江省", "杭州市", "西湖区")),
        ("Wucheng", Region("浙江省", "金华市", "婺城区")),
        ("Xi'an", Region("陕西省", "西安市")),
        ("Lüliang", Region("山西省", "吕梁市")),
        ("西城", Region("北京市", county="西城区")),
        ("浙江", Region("浙江省")),
    ],
)
def test_resolve(name: str, expected: Region) -> None:
    """Full, short, pinyin and English names lead to the place."""
    assert expected in resolve(name)


def test_resolve_knows_nothing_else() -> None:
    """Words that name no place give none, and a level word narrows the choice."""
    assert resolve("Atlantis") == resolve("技能大赛") == resolve("") == ()
    assert {region.county for region in resolve("Chaoyang District")} == {"朝阳区", "潮阳区"}
    assert resolve("Hebei Province") == (Region("河北省"),)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("杭州市", "杭州"),
        ("阿坝藏族羌族自治州", "阿坝"),
        ("蔚县", "蔚县"),
        ("内蒙古自治区", "内蒙古"),
        ("东乡族自治县", "东乡"),
        ("清新区", "清新"),
        ("浦东新区", "浦东"),
    ],
)
def test_short_name(name: str, short: str) -> None:
    """Suffixes and peoples' names go, unless too little would be left."""
    assert short_name(name) == short
