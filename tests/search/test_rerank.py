"""A CrossEncoder as a setting, with a tiny one that is made here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import EncoderError
from index.reranker import load_reranker
from search.rerank import RERANKER_VARIABLE, SHARE
from search.service import Service, open_service


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer and random weights that scores pairs of texts, in sentence-transformers format."""
    import torch
    from sentence_transformers import CrossEncoder
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from tokenizers.processors import BertProcessing
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("reranker")
    characters = "双师型教师比例学校试点证书的是有一年"
    special = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    vocabulary = {piece: number for number, piece in enumerate([*special.values(), *dict.fromkeys(characters)])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token=special["unk_token"]))
    tokenizer.pre_tokenizer = Split("", "isolated")
    tokenizer.post_processor = BertProcessing(("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"]))
    whole = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # theirs
        tokenizer_object=tokenizer, model_max_length=128, **special
    )
    whole.save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(vocab_size=64, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32)
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    made = tmp_path_factory.mktemp("saved")
    CrossEncoder(str(folder)).save_pretrained(str(made))
    return made


@pytest.fixture
def service(samples_index: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv(RERANKER_VARIABLE, str(model))
    with open_service(samples_index) as opened:
        yield opened


def test_scores_are_between_0_and_1_and_of_the_pair(model: Path) -> None:
    """The same pair has the same score, alone or among others; no passages, no scores."""
    reranker = load_reranker(str(model))
    several = reranker.scores("双师型教师比例", ["教师的比例", "学校试点证书", "一年"])
    assert several.shape == (3,)
    assert ((several > 0) & (several < 1)).all()
    assert reranker.scores("双师型教师比例", ["学校试点证书"])[0] == pytest.approx(several[1], abs=1e-5)
    assert reranker.scores("双师型教师比例", []).shape == (0,)


def test_the_reranker_takes_part_in_the_score(service: Service) -> None:
    """It stands among the parts, which still add up; hits stay in the order of their scores."""
    hits = service.search("双师型教师比例").hits
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    for hit in hits:
        assert hit.parts["reranker"] == pytest.approx(SHARE * hit.features["reranker"])
        assert sum(hit.parts.values()) == pytest.approx(hit.score)


def test_a_model_that_is_no_reranker_is_refused(tmp_path: Path) -> None:
    """The message names the setting's value."""
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderError, match=str(tmp_path)):
        load_reranker(str(tmp_path)).scores("问", ["答"])
    with pytest.raises(EncoderError, match="no model"):
        load_reranker(str(tmp_path.parent))
