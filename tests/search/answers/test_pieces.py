"""Sentences and clauses that know where they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.answers.pieces import clauses, piece, sentences

TEXT = st.text(alphabet="学校有，。；：“”（）《》0123456789,.\n \u3000甲乙", max_size=120)


@given(TEXT, st.integers(0, 1000))
def test_pieces_are_slices_of_the_text(text: str, start: int) -> None:
    """Every sentence and clause is the text at its own place, and nothing but space lies between sentences."""
    whole = piece(text, start)
    kept = 0
    for sentence in sentences(whole):
        assert text[sentence.start - start : sentence.end - start] == sentence.text
        kept += len(sentence.text)
        for clause in clauses(sentence):
            assert text[clause.start - start : clause.end - start] == clause.text
    assert kept >= len("".join(text.split())) - text.count(" ")


def test_commas_in_brackets_and_figures_cut_nothing() -> None:
    """A comma inside brackets or a figure doesn't end a clause."""
    found = clauses(piece("共有3,020人（男生，女生），其中住校1,200人。", 0))
    assert [clause.text for clause in found] == ["共有3,020人（男生，女生），", "其中住校1,200人。"]
