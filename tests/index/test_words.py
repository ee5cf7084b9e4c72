"""How text is cut into terms."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.fold import fold
from index import words
from index.words import term_spans, terms

CHINESE = "职业教育质量年度报告学校教师待处理的专业建设产教融合实训基地就业率提高万元青禾云溪县第一中学校企合作"


@pytest.fixture(scope="module")
def cutters() -> tuple[words.Cutter, words.Cutter]:
    """Rjieba and jieba, both taught."""
    fast, reference = words._Fast(), words._Reference()
    for word in words.taught_words():
        fast.teach(word)
        reference.teach(word)
    return fast, reference


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("待处理的案件", {"处理", "待处理"}),
        ("行动计划", {"行动", "计划", "行动计划"}),
        ("双师型教师", {"双师型", "教师"}),
        ("職業教育", {"职业", "教育"}),
        ("推进1+X证书试点", {"1+x", "证书", "试点"}),
        ("３Ｄ打印与5G", {"3d", "打印", "5g"}),
        ("就业率98. 5 %", {"就业率", "就业", "98.5%", "98.5"}),
        ("占85.32%，共1,234人", {"85.32%", "85.32", "1234"}),
        ("2019-2020学年", {"2019", "2020", "学年"}),
        ("The school's e-learning", {"the", "school", "e-learning", "learning"}),
        ("COVID-19", {"covid-19", "covid", "19"}),
    ],
)
def test_terms_that_must_be_found(text: str, wanted: set[str]) -> None:
    """Words inside words, figures, shares, years and mixed tokens come out whole and folded."""
    assert wanted <= set(terms(text))


def test_a_name_is_cut_the_same_everywhere() -> None:
    """A name that no dictionary has gives the same terms whatever stands beside it."""
    assert set(terms("青禾")) <= set(terms("青禾第7职业学校")) & set(terms("在青禾举行"))


def test_own_words_are_taught(tmp_path: Path) -> None:
    """A file of one's own makes a word of its lines, and another fingerprint."""
    own = tmp_path / "own.txt"
    own.write_text("青禾匠心杯\n", encoding="utf-8")
    script = "from index.words import *; print('青禾匠心杯' in terms('举办青禾匠心杯大赛'), tokenizer_fingerprint())"
    taught = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, words.DICTIONARY_VARIABLE: str(own)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert taught[0] == "True"
    assert taught[1] != words.tokenizer_fingerprint()
    assert "青禾匠心杯" not in terms("举办青禾匠心杯大赛")


def test_nothing_is_stopped() -> None:
    """Every Chinese character and every Latin word is in some term: no stop words, nothing too long or short."""
    text = "的是在一了x和" + "a" * 60
    assert set(text) == set("".join(terms(text)))


def test_punctuation_is_no_term() -> None:
    """What holds no letter and no digit gives nothing."""
    assert terms("，。！——……《》（） \n\t%+-'.,") == []


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=80) | st.text(alphabet=CHINESE + "0123456789.,% +x年人", max_size=80))
def test_spans_hold_their_terms(text: str) -> None:
    """A span is the place of its term: folded, without blanks and thousands separators, the text there is the term."""
    for term, start, end in term_spans(text):
        there = "".join(fold(text[start:end]).split())
        assert there in {term, term + "'s"} or there.replace(",", "") == term


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet=CHINESE + "1x+2.%, a", max_size=60))
def test_cutting_terms_again_gives_them_again(text: str) -> None:
    """A Latin word or figure that was cut out of a text is cut whole when it is asked for alone."""
    assert all(term in terms(term) for term in terms(text) if term.isascii())


@settings(deadline=None)  # the machine may be busy
@example("中青")  # one word or two, according to how often all words together stand in the dictionary
@given(st.text(alphabet=CHINESE + "一二三四五六七八九十百千万亿人民共和国政府工作报告改革开放高质量发展", max_size=60))
def test_fast_and_reference_cutter_agree(cutters: tuple[words.Cutter, words.Cutter], text: str) -> None:
    """The fast cutter cuts runs of Chinese characters exactly as jieba does, and knows the same words."""
    fast, reference = cutters
    cut = fast.cut(text)
    assert cut == reference.cut(text)
    assert all(fast.knows(word) == reference.knows(word) for word in (*cut, text[:3], text[1:3]))


@pytest.mark.shared
def test_cutters_agree_on_real_reports(cutters: tuple[words.Cutter, words.Cutter]) -> None:
    """The same on every run of Chinese characters in the real reports."""
    shared = Path(__file__).parents[3] / "shared" / "reports" / "vocational"
    runs = {
        match.group()
        for path in sorted(shared.glob("*.txt"))
        for match in words.TOKEN.finditer(fold(path.read_text(encoding="utf-8", errors="replace")))
        if match.lastgroup == "chinese"
    }
    assert runs
    fast, reference = cutters
    assert [run for run in sorted(runs) if fast.cut(run) != reference.cut(run)] == []
