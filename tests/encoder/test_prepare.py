"""What the encoder learns from."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.altered import MOST, altered
from encoder.cloze import clozes, question
from encoder.comprehension import comprehension
from encoder.crops import crops
from encoder.datafiles import lines
from encoder.domain import COPIES, domain
from encoder.errors import RecipeError
from encoder.gloss import glosses, in_rough_english
from encoder.laws import laws
from encoder.prepare import groups, pairs
from encoder.records import Group, Pair, Query, read_groups, read_pairs, write_groups, write_pairs
from encoder.settings import load_settings
from encoder.texts import cut, packed, sentences
from encoder.twins import twins
from encoder.written import written
from tests.encoder.conftest import ROOT, recipe

HAN = re.compile("[\u4e00-\u9fff]")
TEXT = st.text("甲乙2019年。；！？\n”a ", max_size=60)


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


@given(TEXT)
def test_sentences_join_to_the_text(text: str) -> None:
    """Nothing is lost between sentences."""
    assert "".join(sentences(text)) == text


@given(st.lists(st.text("文", min_size=1, max_size=9)), st.integers(1, 30))
def test_packed_spans_follow_each_other(parts: list[str], size: int) -> None:
    """Spans cover all parts in order, and only a single part may be longer than the size."""
    spans = list(packed(parts, size))
    assert [at for start, end in spans for at in range(start, end)] == list(range(len(parts)))
    assert all(end - start == 1 or sum(map(len, parts[start:end])) <= size for start, end in spans)


@given(st.text("校人2019.年 ", max_size=30), st.integers(0, 99))
def test_altered_texts_differ_from_the_original(text: str, seed: int) -> None:
    """No altered form says the same, and there are never more than agreed."""
    forms = altered(text, np.random.default_rng(seed))
    assert text not in forms
    assert len(set(forms)) == len(forms) <= MOST


def test_a_changed_year_stays_a_year_and_a_name_becomes_another() -> None:
    """2021 becomes a year close by; the school becomes the one that is offered."""
    years = [form.removeprefix("在").removesuffix("年") for form in altered("在2021年", rng())]
    assert years
    assert all(0 < abs(int(year) - 2021) <= 4 for year in years)
    assert altered("青禾的教师", rng(), names=[("青禾", "云溪")]) == ("云溪的教师",)
    assert altered("没有数字", rng()) == ()


def test_groups_and_pairs_survive_their_files(tmp_path: Path) -> None:
    """What is read is what was written."""
    group = Group("s", "c", "第一行\n第二行", (Query("问？", "答", lenient=True, altered=("他问？",)), Query("q")))
    assert write_groups(tmp_path / "g", [group]) == 1
    assert read_groups(tmp_path / "g") == [group]
    assert write_pairs(tmp_path / "p", [Pair("s", "中", "en\u2028glish")]) == 1
    assert read_pairs(tmp_path / "p") == [Pair("s", "中", "en\u2028glish")]


def test_a_piece_keeps_the_questions_that_only_it_answers(data: Path) -> None:
    """The answer of each question stands in its passage, and what is cut says what it is about."""
    made = [group for seed in range(8) for group in comprehension(data, "cmrc2018_train", np.random.default_rng(seed))]
    assert {len(group.passage) > 320 for group in made} == {True, False}
    for group in made:
        assert all(query.answer in group.passage for query in group.queries)


def test_domain_passages_come_bare_and_under_a_title(data: Path) -> None:
    """Each triple gives so many groups of one topic, the question in both languages, other schools as wrong forms."""
    made = list(domain(data, rng()))
    assert len(made) == COPIES * 20
    bare, titled = made[0], made[20]
    assert titled.passage.endswith(f"\n{bare.passage}")
    assert bare.cluster == titled.cluster == "domain 教师"
    chinese, english = bare.queries
    assert (chinese.lenient, english.lenient) == (True, False)
    assert all("qinghe" not in form or "2020" not in form for form in english.altered)


def test_laws_are_asked_by_heading_and_by_their_wording(data: Path) -> None:
    """A passage of a law gets its chapter as query, a clause of it, and a question made from its wording."""
    made = [group for seed in range(6) for group in laws(data, np.random.default_rng(seed))]
    asked = {query.text for group in made for query in group.queries}
    assert any("哪些职责" in text for text in asked)
    assert any("职责" in text and "条例" in text for text in asked)
    assert {group.cluster for group in made} == {"laws 学校条例"}
    clauses = [query for group in made for query in group.queries if query.answer]
    assert clauses
    assert all(query.answer in group.passage for group in made for query in group.queries)


def test_english_sentences_ask_for_the_paragraph_with_their_twin(data: Path) -> None:
    """Every query is English or a clause of the passage, and its twin stands in the passage."""
    for group in twins(data, "law_tw", 20, rng()):
        assert all(query.answer in group.passage for query in group.queries)
        assert any(query.text.isascii() for query in group.queries)


def test_rough_english_takes_the_longest_words(data: Path) -> None:
    """Words of the dictionary become English, figures stay, and a name goes into pinyin or stays."""
    words = glosses(data)
    rough = in_rough_english("青禾学校有多少教师?", words, rng())
    assert rough.lower() in {"qinghe school have how many teachers?", "青禾 school have how many teachers?"}
    assert in_rough_english("2020年", words, rng()) == "2020 year"
    assert in_rough_english("学校", words, rng(), share=0.0) == "学校"


def test_the_same_seed_prepares_the_same(data: Path, tmp_path: Path) -> None:
    """Every source takes part, and a second run draws the same."""
    settings = recipe(tmp_path, tmp_path).prepare
    first, again = list(groups(data, settings)), list(groups(data, settings))
    assert first == again
    named = {"cmrc2018_train", "cloze cmrc2018_train.passages", "domain", "laws", "twins law_tw"}
    assert {group.source for group in first} == named | {"written articles", "written government", "written schools"}
    assert list(pairs(data, settings)) == list(pairs(data, settings))
    assert len(list(pairs(data, settings))) == 100


def test_missing_data_are_named(tmp_path: Path) -> None:
    """A folder without the file is refused with the option to give."""
    with pytest.raises(RecipeError, match="--data"):
        list(lines(tmp_path, "law_tw.tsv"))


def test_settings_are_checked(tmp_path: Path) -> None:
    """The recipe's own settings load; a missing, an unknown and an unreadable one are refused by name."""
    text = (ROOT / "encoder" / "recipe.toml").read_text(encoding="utf-8")
    for file in sorted((ROOT / "encoder").glob("*.toml")):
        assert load_settings(file).contrast.pieces == 320
    wrong = tmp_path / "wrong.toml"
    for changed, name in [
        (text.replace("rough = 0.35", ""), "rough"),
        (text.replace("rough =", "smooth = 1\nrough ="), "smooth"),
        (text.replace("warmup", "warm"), "warmup"),
        ("[", "can't be read"),
    ]:
        wrong.write_text(changed, encoding="utf-8")
        with pytest.raises(RecipeError, match=name):
            load_settings(wrong)


def test_written_passages_come_under_their_title_and_bare(tmp_path: Path) -> None:
    """Each is there twice with all its questions in both languages; passages of one topic share a cluster."""
    asked = ["2021年青禾市每个学生拨多少钱"]
    row = {
        "topic": "pay",
        "title": "青禾市2021年度质量报告",
        "section": "五 经费",
        "passage_zh": "生均拨款为1.2万元。",
        "questions_zh": asked,
        "questions_en": ["Funding per student in Qinghe, 2021"],
        "weak_zh": False,
    }
    (tmp_path / "a.jsonl").write_bytes(
        b"".join(orjson.dumps(r) + b"\n" for r in (row, row | {"passage_zh": "又一段。"}))
    )
    found = list(written(np.random.default_rng(1), tmp_path))
    assert [group.passage for group in found] == [
        "青禾市2021年度质量报告 五 经费\n生均拨款为1.2万元。",
        "生均拨款为1.2万元。",
        "青禾市2021年度质量报告 五 经费\n又一段。",
        "又一段。",
    ]
    assert {group.cluster for group in found} == {"written pay"}
    assert [query.text for query in found[1].queries] == [*asked, "funding per student in qinghe, 2021"]
    assert all(form != query.text for query in found[0].queries for form in query.altered)


def test_a_sentence_that_asks_is_not_in_its_passage(tmp_path: Path) -> None:
    """Of running text a sentence is taken out and asks for the rest; a clause that asks stays, and is its answer."""
    text = "".join(f"第{at}所学校今年招收了{at}名来自山区的学生，学校为他们修建了宿舍。" for at in range(100, 160))
    (tmp_path / "news.jsonl").write_bytes(orjson.dumps({"title": "青禾新闻", "heading": "招生", "text": text}) + b"\n")
    found = list(crops(tmp_path, "news", 3, rng()))
    assert len(found) == 3
    for group in found:
        lead, clause, *_ = group.queries
        assert lead.text not in group.passage
        assert clause.answer in group.passage
        assert clause.text.endswith(clause.answer)


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("由于河水上涨，石桥镇的渡口在1921年关闭。", "1921年"),
        ("学校图书馆现有阅览座位860个，每天开放到深夜。", "860"),
        ("这座灯塔的首任看守是名叫哈里·奥康德的苏格兰人。", "哈里·奥康德"),
        ("当地人每逢秋收都要演唱《稻花谣》，直到天亮。", "《稻花谣》"),
    ],
)
def test_a_sentence_asks_for_what_it_tells(sentence: str, answer: str) -> None:
    """Dates, numbers, names and titles give way to a question word; the rest of the wording stays."""
    made = [question(sentence, np.random.default_rng(seed)) for seed in range(20)]
    asked = [text for text, told in filter(None, made) if answer in told]
    assert asked
    for text in asked:
        assert text.endswith("？")
        assert answer not in text


def test_a_sentence_that_tells_nothing_asks_nothing() -> None:
    """Where no date, number, name or title stands there is no question."""
    assert question("大家都觉得这样很好。", rng()) is None


def test_questions_of_running_text_have_their_answer_in_the_passage(data: Path) -> None:
    """Every question made of a passage's own sentence is answered in it, and does not tell the answer."""
    found = list(clozes(data, "cmrc2018_train.passages", 20, rng()))
    assert found
    for group in found:
        assert all(query.answer in group.passage for query in group.queries)
        assert not any(query.answer and query.answer in query.text for query in group.queries)


@given(TEXT, st.floats(0, 1))
def test_parts_of_a_cut_text_join_to_it(text: str, share: float) -> None:
    """Cutting loses nothing, and cuts between Chinese characters alone."""
    parts = cut(text, share, rng())
    assert "".join(parts) == text
    for left, right in itertools.pairwise(parts):
        assert HAN.fullmatch(left[-1])
        assert HAN.fullmatch(right[0])


def test_the_written_passages_of_the_recipe_are_whole() -> None:
    """Every one has a passage of some length and questions in both languages, none of them twice."""
    groups = list(written(np.random.default_rng(1)))
    assert len(groups) > 1700
    for group in groups:
        assert len(group.passage) >= 40
        texts = [query.text for query in group.queries]
        assert len(set(texts)) == len(texts) >= 4
        assert any(HAN.search(text) for text in texts)
        assert not all(HAN.search(text) for text in texts)
