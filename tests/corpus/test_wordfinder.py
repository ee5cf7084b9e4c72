"""All occurrences of many words are found as a search word by word finds them."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.wordfinder import WordFinder

words = st.sets(st.text(alphabet="职业教育a", max_size=4), max_size=6)
texts = st.text(alphabet="职业教育a ", max_size=30)


@given(words, texts)
def test_occurrences(known: set[str], text: str) -> None:
    """Every place where a word stands is found once, and none else."""
    everywhere = {(i, j) for i in range(len(text)) for j in range(i + 1, len(text) + 1) if text[i:j] in known}
    found = list(WordFinder(known).occurrences(text))
    assert set(found) == everywhere
    assert len(found) == len(everywhere)


@given(words, texts)
def test_longest(known: set[str], text: str) -> None:
    """Of overlapping words the leftmost is taken, and of those that begin together the longest."""
    expected, at = [], 0
    while at < len(text):
        ends = [j for j in range(len(text), at, -1) if text[at:j] in known]
        if ends:
            expected.append((at, ends[0]))
        at = ends[0] if ends else at + 1
    assert list(WordFinder(known).longest(text)) == expected
