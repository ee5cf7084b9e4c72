"""How text is cut into terms."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.fold import fold
from index import words
from index.words import term_spans, terms

CHINESE = "职业教育质量年度报告学校教师待处理的专业建设产教融合实训基地就业率提高万元青禾云溪县第一中学校企合作"

FAST, REFERENCE = words._fast(), words._reference()


@pytest.fixture(scope="module", autouse=True)
def _dictionaries() -> None:
    """Both cutters read their dictionaries before any test is timed."""
    FAST("暖机")
    REFERENCE("暖机")
    terms("暖机")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("待处理的案件", {"处理", "待处理"}),
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
@given(st.text(alphabet=CHINESE + "一二三四五六七八九十百千万亿人民共和国政府工作报告改革开放高质量发展", max_size=60))
def test_fast_and_reference_cutter_agree(text: str) -> None:
    """Rjieba cuts runs of Chinese characters exactly as jieba does."""
    assert FAST(text) == REFERENCE(text)


@pytest.mark.shared
def test_cutters_agree_on_real_reports() -> None:
    """The same on every run of Chinese characters in the real reports."""
    shared = Path(__file__).parents[3] / "shared" / "reports" / "vocational"
    runs = {
        match.group()
        for path in sorted(shared.glob("*.txt"))
        for match in words.TOKEN.finditer(fold(path.read_text(encoding="utf-8", errors="replace")))
        if match.lastgroup == "chinese"
    }
    assert runs
    assert [run for run in sorted(runs) if FAST(run) != REFERENCE(run)] == []
