"""Training data of our own invention, small enough for a model of thousands of weights to learn in seconds."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from encoder.dense import FOLDER
from encoder.settings import Settings, load_settings
from encoder.tokenizer import train_tokenizer

ROOT = Path(__file__).parents[2]
EMBEDDED = ROOT / "index" / "models" / "wenbao-zh-en"

SCHOOLS = (("青禾", "Qinghe"), ("云溪", "Yunxi"), ("白石", "Baishi"), ("双河", "Shuanghe"))
THINGS = (("教师", "teachers"), ("学生", "students"), ("图书", "books"), ("电脑", "computers"), ("专业", "programmes"))
YEARS = range(2018, 2023)
GLOSSES = {"多少": "how many", "学校": "school", **dict(THINGS)}

RECIPE = """
[prepare]
seed = 1
comprehension = ["cmrc2018_train"]
twins = { law_tw = 20 }
crops = {}
clozes = { "cmrc2018_train.passages" = 20 }
pairs = { law_tw = 200 }
rough = 0.5
swapped = 0.5
longest = 200

[tokenizer]
teacher = "TEACHER"
pieces = 300
lines = 1000
positions = 64

[distil]
start = "WORK/start"
pairs = 16
pieces = 32
english = 0.5
temperature = 0.05

[distil.pace]
steps = 40
cooldown = 20
PACE

[whiten]
seed = 1
start = "WORK/start"
texts = 60
power = 0.25
centre = 0.5

[contrast]
start = "WORK/start"
frozen = 0
late = 0.0
temperature = 0.05
pieces = 64
batch_pieces = 600
parts = 2
queries = 2
cuts = 0.3
margin = 0.5
translation = 8
translation_pieces = 32
mined = ["cmrc2018_train", "translation"]
mixture = { cmrc2018_train = 0.4, domain = 0.2, laws = 0.1, cloze = 0.1, twins = 0.1 }

[contrast.pace]
steps = 30
cooldown = 10
PACE"""

PACE = """
seed = 1
warmup = 2
rate = 1e-3
row_rate = 3e-3
average = 0.8
minutes = 60
threads = 1
"""

Command = Callable[[Callable[[], None]], None]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training folder with a little of every kind of file."""
    folder = tmp_path_factory.mktemp("data")
    facts = [(s, t, 100 + 7 * at) for at, (s, t) in enumerate((s, t) for s in SCHOOLS for t in THINGS)]
    twins = [f"{s[0]}学校{y}年有{t[0]}{n}。\t{s[1]} School had {n} {t[1]} in {y}." for y in YEARS for s, t, n in facts]
    _lines(folder / "law_tw.tsv", twins)
    _lines(folder / "cedict_glosses.tsv", [f"{zh}\t{en}" for zh, en in GLOSSES.items()])
    _lines(folder / "glossary.tsv", ["zh\ten\tkind\taliases_zh\taliases_en", "教师\tteachers\tterm\t\t"])
    jsonl(folder / "cmrc2018_train.passages.jsonl", [_paragraph(at) for at in range(len(SCHOOLS))])
    jsonl(folder / "cmrc2018_train.questions.jsonl", [_question(at, thing) for at in range(4) for thing in range(5)])
    jsonl(folder / "domain_question_passage.jsonl", [_triple(s, t, n) for s, t, n in facts])
    articles = "\n".join(f"第{n}条 {s[0]}学校应当履行下列职责：{t[0]}管理，{t[0]}登记。" * 4 for s, t, n in facts)
    law = {
        "title": "青禾省学校条例(2020-01-02)",
        "path": "",
        "text": f"# 条例\n<!-- INFO END -->\n## 第一章 职责\n{articles}",
    }
    jsonl(folder / "laws_zh.jsonl", [law])
    return folder


@pytest.fixture(scope="session")
def teacher(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    """A model folder of two small layers with random weights, in the embedded model's format."""
    from torch import manual_seed
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("teacher") / "model"
    left = ("*.safetensors", "tokenizer.json", "README.md", FOLDER)
    shutil.copytree(EMBEDDED, folder, ignore=shutil.ignore_patterns(*left))
    listed = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    plain = [module for module in listed if module["path"] != FOLDER]
    (folder / "modules.json").write_text(json.dumps(plain), encoding="utf-8")
    lines = (data / "law_tw.tsv").read_text(encoding="utf-8").replace("\t", "\n").splitlines()
    settings = recipe(folder, folder).tokenizer
    tokenizer = train_tokenizer(lines, settings)
    tokenizer.save(str(folder / "tokenizer.json"))
    manual_seed(0)
    small = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
    )
    BertModel(small).save_pretrained(folder)
    return folder


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: Path, teacher: Path) -> Command:
    """Runs a command of the recipe on the data in the work folder `tmp_path`."""
    config = tmp_path / "recipe.toml"
    config.write_text(_recipe(teacher, tmp_path), encoding="utf-8")

    def run(main: Callable[[], None]) -> None:
        arguments = ["encoder", "--config", config, "--work", tmp_path, "--data", data]
        monkeypatch.setattr(sys, "argv", [str(argument) for argument in arguments])
        main()

    return run


def recipe(teacher: Path, work: Path) -> Settings:
    """The tiny settings."""
    file = work / "tiny.toml"
    file.write_text(_recipe(teacher, work), encoding="utf-8")
    settings = load_settings(file)
    file.unlink()
    return settings


def _recipe(teacher: Path, work: Path) -> str:
    return RECIPE.replace("PACE", PACE).replace("TEACHER", teacher.as_posix()).replace("WORK", work.as_posix())


def _paragraph(at: int) -> dict[str, Any]:
    name = SCHOOLS[at][0]
    kept = "由专人登记、保管和发放，每年清点两次，少了的要说明原因并且补上，坏了的送去修理，修不好的按规定报废。"
    sentences = [f"{name}学校现有{zh}{at}{number}件，都在新楼里，{kept}" for number, (zh, _) in enumerate(THINGS)]
    return {"pid": at, "text": "".join(sentences)}


def _question(at: int, thing: int) -> dict[str, Any]:
    name = SCHOOLS[at][0]
    asked = f"{name}学校有多少{THINGS[thing][0]}？"
    return {"qid": f"{at}-{thing}", "question": asked, "pid": at, "answers": [f"{at}{thing}件"], "title": name}


def _triple(school: tuple[str, str], thing: tuple[str, str], number: int) -> dict[str, Any]:
    return {
        "topic": thing[0],
        "q_zh": f"{school[0]}职业学校2020年有多少{thing[0]}？",
        "q_en": f"How many {thing[1]} did {school[1]} Vocational School have in 2020?",
        "passage_zh": f"2020年，{school[0]}职业学校共有{thing[0]}{number}，比上年多。",
        "weak_zh": number % 2 == 0,
    }


def _lines(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def jsonl(path: Path, rows: list[dict[str, Any]]) -> None:
    _lines(path, [json.dumps(row, ensure_ascii=False) for row in rows])
