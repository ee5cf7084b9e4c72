"""The embedded encoder, the light path beside it, and models by folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import encoder as encoders
from index import light
from index.encoder import SentenceEncoder, load_encoder
from index.errors import EncoderError
from index.processor import multiplies_bytes
from index.prompts import Prompts, prompts_of

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "index" / "models" / "wenbao-zh-en"

TEXTS = [
    "青禾职业学校有多少专任教师？",
    "How many full-time teachers does the school have?",
    "2021年就业率为98.5%，比上年提高0.3个百分点。",
    "1+X",
    "",
    " \n\t ",
    "Ⅷ①㎡ é 𠀀 😀",
    "学校与企业共建实训基地，开展订单培养。" * 60,
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return load_encoder()


def through_torch(texts: list[str]) -> np.ndarray:
    """The plain way of sentence-transformers, in fp32."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(MODEL), local_files_only=True, device="cpu")
    return np.asarray(model.encode(texts, show_progress_bar=False, convert_to_numpy=True))


@pytest.mark.parametrize(("in_bytes", "least"), [(False, 0.9999), (True, 0.98)])
def test_light_path_agrees_with_sentence_transformers(in_bytes: bool, least: float) -> None:  # noqa: FBT001 - a parameter
    """Every text, cut at the same length, has the same vector: to a cosine of 0.9999, with weights in bytes of 0.98."""
    if in_bytes and not multiplies_bytes():
        pytest.skip("this processor multiplies no bytes")
    cosines = np.sum(light.load(MODEL, in_bytes=in_bytes).encode(TEXTS) * through_torch(TEXTS), axis=1)
    assert cosines.min() > least


def test_passages_agree_whatever_way_they_go(encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches in bf16 give the vectors of fp32 to a cosine of 0.999, in the order of the texts."""
    monkeypatch.setattr(encoders, "_light_is_faster", lambda: False)
    monkeypatch.setattr(encoders, "LIGHT_CHARACTERS", -1)
    monkeypatch.setattr(encoders, "BATCH_PIECES", 100)
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.sum(vectors * through_torch(TEXTS), axis=1).min() > 0.999


def test_languages_share_a_space(encoder: SentenceEncoder) -> None:
    """An English question is nearer to its Chinese answer than to other sentences."""
    passages = encoder.encode_passages(["学校食堂提供三餐。", "全校共有专任教师121人。", "实训基地面积为三千平方米。"])
    (question,) = encoder.encode_queries(["How many teachers work at the school?"])
    assert int(np.argmax(passages @ question)) == 1


def test_a_question_loads_neither_torch_nor_sentence_transformers() -> None:
    """A question and a few passages are encoded without torch, and the first vector is there within a second."""
    script = (
        "import sys, time; from index.encoder import load_encoder; start = time.process_time(); it = load_encoder();"
        "it.encode_queries(['问']); it.encode_passages(['答']); it.fingerprint;"
        "print(time.process_time() - start < 1, {'torch', 'sentence_transformers', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "set()"]


def test_no_texts_no_vectors(encoder: SentenceEncoder) -> None:
    """The shape is still (0, dimension)."""
    assert encoder.encode_queries([]).shape == (0, 384)
    assert encoder.encode_passages([]).shape == (0, 384)


def test_a_folder_is_a_model(encoder: SentenceEncoder, tmp_path: Path) -> None:
    """A copy of the model elsewhere has the same fingerprint; other prompts have another, and reach the text."""
    folder = tmp_path / "copy"
    shutil.copytree(MODEL, folder)
    copy = load_encoder(str(folder))
    assert (copy.name, copy.fingerprint) == (str(folder), encoder.fingerprint)
    prompted = load_encoder(str(folder), query_prompt="query: ")
    assert prompted.fingerprint != encoder.fingerprint
    assert np.allclose(prompted.encode_queries(["师资"]), encoder.encode_queries(["query: 师资"]))
    assert np.allclose(prompted.encode_passages(["师资"]), encoder.encode_passages(["师资"]))


def test_a_model_of_another_kind_goes_through_torch(tmp_path: Path) -> None:
    """A folder that the light path doesn't know is read by sentence-transformers, as its own config says."""
    folder = tmp_path / "first-piece"
    shutil.copytree(MODEL, folder)
    pooling = folder / "1_Pooling" / "config.json"
    pooling.write_text(pooling.read_text(encoding="utf-8").replace('"mean"', '"cls"'), encoding="utf-8")
    assert light.fits(MODEL)
    assert not light.fits(folder)
    bent = tmp_path / "bent"
    shutil.copytree(MODEL, bent)
    dense = bent / "2_Dense" / "config.json"
    dense.write_text(dense.read_text(encoding="utf-8").replace("linear.Identity", "activation.Tanh"), encoding="utf-8")
    assert not light.fits(bent)
    other = load_encoder(str(folder))
    assert other.dimension == 384
    question = other.encode_queries(["专任教师"])
    assert np.linalg.norm(question) == pytest.approx(1.0, abs=1e-5)
    assert float((question @ load_encoder().encode_queries(["专任教师"]).T).item()) < 0.99


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("intfloat/multilingual-e5-small", Prompts("query: ", "passage: ")),
        ("BAAI/bge-large-zh-v1.5", Prompts("为这个句子生成表示以用于检索相关文章：")),
        ("BAAI/bge-m3", Prompts()),
        ("/models/e5-base-v2/", Prompts("query: ", "passage: ")),
    ],
)
def test_families_whose_prompts_are_known(tmp_path: Path, name: str, wanted: Prompts) -> None:
    """A model whose folder states no prompts gets those of its family."""
    assert prompts_of(tmp_path, name) == wanted


def test_stated_prompts_win(tmp_path: Path) -> None:
    """What the model's own configuration says comes before what is known of its family."""
    config = '{"prompts": {"query": "Q: ", "document": "D: "}}'
    (tmp_path / "config_sentence_transformers.json").write_text(config, encoding="utf-8")
    assert prompts_of(tmp_path, "intfloat/multilingual-e5-small") == Prompts("Q: ", "D: ")


def test_what_is_no_model_is_said_to_be_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, a name no hub can have, a hub out of reach, a folder with broken weights: each with a remedy."""
    with pytest.raises(EncoderError, match="holds no model"):
        load_encoder(str(tmp_path))
    with pytest.raises(EncoderError, match="no model folder"):
        load_encoder("no such/place/any where")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError, match="neither on this machine"):
        load_encoder("wenbao-tests/no-such-model")
    broken = tmp_path / "broken"
    shutil.copytree(MODEL, broken)
    (broken / light.WEIGHTS).write_bytes(b"cut short")
    with pytest.raises(EncoderError, match="can't be loaded"):
        load_encoder(str(broken)).encode_queries(["问"])
